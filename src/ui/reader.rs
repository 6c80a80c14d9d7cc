//! The article: rows that the layout placed, each from its own side, with matches and evidence lit.

use std::ops::Range;

use ratatui::style::Style;

use super::Theme;
use super::paint::{Painter, Rows, left_of};
use super::view::text_place;
use crate::app::{Area, Reader, State};
use crate::article::Span;
use crate::frame::LinkCells;
use crate::layout::{Part, Role, Row};

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
}

/// The spans of the text that are lit, later ones over earlier ones.
fn lit_spans(state: &State, reader: &Reader, theme: &Theme) -> Vec<(Span, Style)> {
    let mut lit = Vec::new();
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
