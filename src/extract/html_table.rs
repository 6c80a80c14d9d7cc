//! Tables of HTML: which of them hold facts or figures and which are layout, calendars or menus; rows and cells of the
//! former.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node, Selector};
use url::Url;

use super::build::{MOST_ROWS, Mark, MarkKind, NewCell, kind_of};
use super::flat::header;
use super::html::{collapsed, web_address};
use super::summary::is_header_pair;
use crate::article::{Span, TableKind};

/// Characters of a cell from which a table is layout.
const LONG_CELL: usize = 400;

/// A table that was read.
pub(super) struct ReadTable {
    pub kind: TableKind,
    pub rows: Vec<Vec<NewCell>>,
    pub caption: Option<String>,
}

/// Reads a `table`; `None` where it is layout, a calendar or a single column.
pub(super) fn table(table: ElementRef<'_>, base: Option<&Url>) -> Option<ReadTable> {
    let class = table.value().attr("class").unwrap_or("").to_ascii_lowercase();
    let role = table.value().attr("role");
    if matches!(role, Some("presentation" | "none"))
        || ["calendar", "navbox", "menu"].iter().any(|word| class.contains(word))
    {
        return None;
    }
    let nested = Selector::parse("table, form, input, iframe, pre").ok()?;
    if table.select(&nested).next().is_some() {
        return None;
    }
    let row_selector = Selector::parse("tr").ok()?;
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    for row in table.select(&row_selector).take(MOST_ROWS) {
        let cells: Vec<NewCell> = row.child_elements().filter_map(|own| cell(own, base)).collect();
        if cells.iter().any(|cell| cell.text.chars().count() > LONG_CELL) {
            return None;
        }
        if !cells.is_empty() {
            rows.push(cells);
        }
    }
    without_empty_columns(&mut rows);
    let widest = rows.iter().map(Vec::len).max()?;
    if widest < 2 || rows.len() < 2 || is_calendar(&rows) || is_menu(table, &rows) || is_code(table, &rows) {
        return None;
    }
    if is_gallery(table, &rows) {
        return None;
    }
    mark_headers(&mut rows);
    let kind = if is_numbered(&rows) { TableKind::Grid } else { kind_of(&rows) };
    let caption = Selector::parse("caption").ok().and_then(|selector| table.select(&selector).next());
    let caption = caption.map(|caption| collapsed(caption.text())).filter(|text| !text.is_empty());
    Some(ReadTable { kind, rows, caption })
}

/// Reads a `dl` as a table of keys and values; `None` where it has no pair.
pub(super) fn definitions(list: ElementRef<'_>, base: Option<&Url>) -> Option<ReadTable> {
    let selector = Selector::parse("dt, dd").ok()?;
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    for part in list.select(&selector).take(MOST_ROWS) {
        let (text, marks) = cell_with_links(part, base);
        match (part.value().name(), rows.last_mut()) {
            ("dt", _) => rows.push(vec![NewCell { text, marks, header: true, ..NewCell::default() }]),
            ("dd", Some(row)) if row.len() == 1 => row.push(NewCell { text, marks, ..NewCell::default() }),
            ("dd", Some(row)) => {
                if let Some(value) = row.last_mut() {
                    let at = value.text.len() + 1;
                    value.text = format!("{} {text}", value.text);
                    value
                        .marks
                        .extend(marks.into_iter().map(|own| Mark { span: own.span.shifted(at), ..own }));
                }
            }
            _ => {}
        }
    }
    rows.retain(|row| row.len() == 2);
    (!rows.is_empty()).then_some(ReadTable { kind: TableKind::KeyValue, rows, caption: None })
}

fn cell(element: ElementRef<'_>, base: Option<&Url>) -> Option<NewCell> {
    let name = element.value().name();
    if !matches!(name, "td" | "th") {
        return None;
    }
    let span = |attribute: &str| {
        let value = element.value().attr(attribute).and_then(|value| value.trim().parse().ok());
        value.unwrap_or(1usize).clamp(1, 1000)
    };
    let (text, marks) = cell_with_links(element, base);
    Some(NewCell {
        header: name == "th" || is_bold(element, &text),
        text,
        columns: span("colspan"),
        rows: span("rowspan"),
        marks,
    })
}

/// Whether all text of a cell is bold, as pages without `th` mark their labels.
fn is_bold(cell: ElementRef<'_>, text: &str) -> bool {
    let bold = Selector::parse("strong, b").ok().and_then(|selector| cell.select(&selector).next());
    !text.is_empty() && bold.is_some_and(|bold| collapsed(bold.text()) == text)
}

/// The text of a cell, its blocks and line breaks parted by a space.
pub(super) fn cell_text(element: ElementRef<'_>) -> String {
    cell_with_links(element, None).0
}

/// The text of a cell, and the links that stand on parts of it.
fn cell_with_links(element: ElementRef<'_>, base: Option<&Url>) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(own) => {
                    let inside =
                        node.parent().and_then(|parent| parent.value().as_element().map(|own| own.name()));
                    if !matches!(inside, Some("script" | "style")) {
                        push(&mut text, own);
                    }
                }
                Node::Element(own) if matches!(own.name(), "br" | "p" | "li" | "div" | "a") => {
                    push(&mut text, " ");
                    let href = own.attr("href").filter(|_| own.name() == "a");
                    if let Some(url) = href.and_then(|href| web_address(base, href)) {
                        open = Some((text.len(), url));
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                let is_link = node.value().as_element().is_some_and(|own| own.name() == "a");
                if let Some((start, url)) = open.take_if(|_| is_link) {
                    let end = text.trim_end().len();
                    if start < end {
                        marks.push(Mark { span: Span::new(start, end), kind: MarkKind::Link(url) });
                    }
                }
            }
        }
    }
    text.truncate(text.trim_end().len());
    (text, marks)
}

/// Adds a part of a text: white space as one space, no controls.
fn push(text: &mut String, part: &str) {
    for c in part.chars() {
        let c = if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}') { ' ' } else { c };
        if !c.is_control() && (c != ' ' || (!text.ends_with(' ') && !text.is_empty())) {
            text.push(c);
        }
    }
}

/// Rows of seven small numbers are days of a month; so is one under seven names of days.
fn is_calendar(rows: &[Vec<NewCell>]) -> bool {
    let is_day = |cell: &NewCell| cell.text.is_empty() || cell.text.parse::<u8>().is_ok_and(|day| day <= 31);
    let weeks = rows.iter().filter(|row| row.len() == 7 && row.iter().all(is_day)).count();
    let is_name = |cell: &NewCell| (1..=10).contains(&cell.text.chars().count()) && !is_day(cell);
    let named = rows.first().is_some_and(|row| row.len() == 7 && row.iter().all(is_name));
    weeks >= 3 || (named && weeks >= 1)
}

/// A table with a cell of code in each row is a listing with the numbers of its lines.
fn is_code(table: ElementRef<'_>, rows: &[Vec<NewCell>]) -> bool {
    let code = Selector::parse("code").ok();
    code.is_some_and(|code| table.select(&code).count() >= rows.len())
}

/// A table with a picture in each cell is a gallery, its texts are captions.
fn is_gallery(table: ElementRef<'_>, rows: &[Vec<NewCell>]) -> bool {
    let Ok(picture) = Selector::parse("img, amp-img, picture, video") else { return false };
    let cells = rows.iter().map(Vec::len).sum::<usize>();
    table.select(&picture).count() >= cells
}

/// Whether rows of two columns are numbered from one on and no header names the numbers: a list, no facts.
fn is_numbered(rows: &[Vec<NewCell>]) -> bool {
    let number = |(at, row): (usize, &Vec<NewCell>)| {
        let text = row.first().map_or("", |cell| cell.text.trim_matches(['.', '-', ')', '(', '#', ' ']));
        row.len() == 2 && text.parse() == Ok(at + 1)
    };
    rows.iter().enumerate().all(number)
}

/// A table whose cells are links all is a menu.
fn is_menu(table: ElementRef<'_>, rows: &[Vec<NewCell>]) -> bool {
    let many = rows.iter().flatten().filter(|cell| !cell.text.is_empty()).count();
    let Ok(links) = Selector::parse("a[href]") else { return false };
    let linked = table.select(&links).filter(|link| link.text().any(|text| !text.trim().is_empty())).count();
    let text: usize = rows.iter().flatten().map(|cell| cell.text.len()).sum();
    let in_links: usize =
        table.select(&links).flat_map(|link| link.text()).map(|text| text.trim().len()).sum();
    linked >= many && in_links * 10 >= text * 9
}

/// Takes out columns that hold icons alone.
fn without_empty_columns(rows: &mut [Vec<NewCell>]) {
    let Some(width) = rows.first().map(Vec::len) else { return };
    if rows.iter().any(|row| row.len() != width) {
        return;
    }
    for column in (0..width).rev() {
        let empty = |row: &Vec<NewCell>| row.get(column).is_some_and(|cell| cell.text.trim().is_empty());
        if rows.iter().all(empty) {
            for row in rows.iter_mut() {
                row.remove(column);
            }
        }
    }
}

/// Which rows of two columns are headers: those that say so where others do not, and those whose words say it.
fn mark_headers(rows: &mut [Vec<NewCell>]) {
    let all = rows.iter().filter(|row| row.len() == 2).all(|row| row.iter().all(|cell| cell.header));
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    let pairs: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let Some(first) = pairs.first().filter(|first| first.len() == 2) else { return };
    let named = header::is_header(&first.join(" ")) || is_header_pair(&pairs);
    for (row, texts) in rows.iter_mut().zip(&pairs) {
        if row.len() != 2 {
            continue;
        }
        if named && texts == first {
            row.iter_mut().for_each(|cell| cell.header = true);
        } else if all {
            // All is bold: then it says nothing of a row.
            row.iter_mut().skip(1).for_each(|cell| cell.header = false);
        }
    }
}
