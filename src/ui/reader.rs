//! The article: rows that the layout placed, each from its own side, with matches and evidence lit.

use std::ops::Range;

use ratatui::style::Style;

use super::Theme;
use super::paint::{Painter, Rows, left_of};
use super::view::text_place;
use crate::app::{Area, Hints, Reader, State};
use crate::article::{Change, EmphasisKind, Span};
use crate::frame::LinkCells;
use crate::layout::{Part, Role, Row};
use crate::text::{Direction, direction_of};

/// Draws the article.
pub(super) fn draw(state: &State, area: Area, theme: &Theme, painter: &mut Painter<'_>) {
    let Some(reader) = &state.reader else { return };
    let place = text_place(painter, area, state.text_columns(), reader.flow.direction());
    let lit = lit_spans(state, reader, theme);
    for (at, row) in (0u16..).zip(&reader.window) {
        let here = painter.row(place, at);
        draw_row(row, here, &lit, theme, painter);
        links(reader, row, here, painter);
    }
    if let Some(hints) = &state.hints {
        draw_hints(reader, hints, place, theme, painter);
    }
}

/// The spans of the text that are lit, later ones over earlier ones.
fn lit_spans(state: &State, reader: &Reader, theme: &Theme) -> Vec<(Span, Style)> {
    let mut lit = words_with_styles(reader, theme);
    lit.extend(reader.changes.iter().map(|(span, change)| match change {
        Change::Added => (*span, theme.added),
        Change::Removed => (*span, theme.removed),
    }));
    if let Some(evidence) = &reader.evidence {
        let style = |span: &Span| {
            if Some(*span) == evidence.contradiction { theme.contradiction } else { theme.evidence }
        };
        lit.extend(evidence.places.iter().map(|span| (*span, style(span))));
    }
    if let Some(search) = &state.search {
        lit.extend(search.hits.iter().map(|hit| (*hit, theme.hit)));
        lit.extend(search.hits.get(search.current).map(|hit| (*hit, theme.hit_current)));
    }
    lit.extend(state.selection.iter().map(|selection| (selection.span(), theme.selection)));
    lit
}

/// Stress and links on the screen, each with its style. Arabic has no italics that terminals' fonts could draw.
fn words_with_styles(reader: &Reader, theme: &Theme) -> Vec<(Span, Style)> {
    let article = reader.flow.article();
    let shown =
        reader.window.iter().filter_map(Row::source).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    let Some(shown) = shown else { return Vec::new() };
    let inside = |span: &Span| span.start < shown.end && shown.start < span.end;
    let stressed = article.emphasis.iter().filter(|own| inside(&own.span)).map(|own| {
        let style = match own.kind {
            EmphasisKind::Strong => theme.strong,
            EmphasisKind::Code => theme.code,
            EmphasisKind::Stress if direction_of(own.span.of(&article.text)) == Some(Direction::Rtl) => {
                theme.stress
            }
            EmphasisKind::Stress => theme.italic,
        };
        (own.span, style)
    });
    let links =
        article.links.iter().map(|link| link.span).chain(article.references.iter().map(|own| own.span));
    let links = links.filter(inside).map(|span| (span, theme.link));
    stressed.chain(links).collect()
}

/// Numbers over the beginnings of links: the side that a link is read from.
fn draw_hints(reader: &Reader, hints: &Hints, place: Rows, theme: &Theme, painter: &mut Painter<'_>) {
    for (span, number) in hints.shown() {
        let found = (0u16..).zip(&reader.window).find_map(|(at, row)| {
            let part = row.parts.iter().find(|part| {
                part.source().is_some_and(|source| source.start <= span.start && span.start < source.end)
            })?;
            let first = part.columns_of(span.start..span.start + 1).into_iter().next().or_else(|| {
                // The first letter takes more than a byte.
                (2..=8).find_map(|bytes| part.columns_of(span.start..span.start + bytes).into_iter().next())
            })?;
            let here = painter.row(place, at);
            let left = left_of(here, &part.line, row.direction, part.start);
            let (from, to) = (left + first.start, left + first.end);
            let is_rtl = direction_of(span.of(&reader.flow.article().text)) == Some(Direction::Rtl);
            let from = if is_rtl { to.saturating_sub(number.len()) } else { from };
            Some((here, u16::try_from(from).ok()?))
        });
        if let Some((here, from)) = found {
            let columns = u16::try_from(number.len()).unwrap_or(1);
            let left = from.clamp(here.left, (here.left + here.columns).saturating_sub(columns));
            painter.over(Rows { left, columns, ..here }, &number, theme.hint);
        }
    }
}

/// Draws a row of a layout.
pub(super) fn draw_row(
    row: &Row,
    place: Rows,
    lit: &[(Span, Style)],
    theme: &Theme,
    painter: &mut Painter<'_>,
) {
    if row.role == Role::Rule {
        painter.repeat(place, "─", theme.line);
        return;
    }
    let style = style_of(row.role, theme);
    for part in &row.parts {
        let ranges = lit_columns(part, lit);
        painter.line_at(place, &part.line, row.direction, part.start, style, &ranges);
    }
}

fn lit_columns(part: &Part, lit: &[(Span, Style)]) -> Vec<(Range<usize>, Style)> {
    let Some(shown) = part.source() else { return Vec::new() };
    lit.iter()
        .filter(|(span, _)| span.start < shown.end && shown.start < span.end)
        .flat_map(|(span, style)| part.columns_of(span.range()).into_iter().map(|columns| (columns, *style)))
        .collect()
}

/// The cells of links, for terminals that show them.
fn links(reader: &Reader, row: &Row, place: Rows, painter: &mut Painter<'_>) {
    let article = reader.flow.article();
    let Some(shown) = row.source() else { return };
    let inside = |span: &Span| span.start < shown.end && shown.start < span.end;
    for link in article.links.iter().filter(|link| inside(&link.span)) {
        for part in &row.parts {
            let left = left_of(place, &part.line, row.direction, part.start);
            for columns in part.columns_of(link.span.range()) {
                let (Ok(from), Ok(to)) =
                    (u16::try_from(left + columns.start), u16::try_from(left + columns.end))
                else {
                    continue;
                };
                let cells = LinkCells { row: place.top, columns: from..to, url: link.url.clone() };
                painter.frame().links.push(cells);
            }
        }
    }
}

pub(super) fn style_of(role: Role, theme: &Theme) -> Style {
    match role {
        Role::Title => theme.title,
        Role::Byline => theme.dim,
        Role::Heading => theme.heading,
        Role::Quote | Role::Caption => theme.quote,
        Role::Code => theme.code,
        Role::TableHeader => theme.table_header,
        Role::Key => theme.key,
        Role::Value => theme.value,
        Role::Rule => theme.line,
        Role::Text | Role::Table | Role::Blank => theme.text,
    }
}
