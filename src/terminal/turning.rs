//! Rows with right-to-left text, changed so that a terminal that reorders, joins or splits them by itself shows the cells
//! of the frame. One function a strategy; why each is as it is stands in docs/terminals.md.

use compact_str::CompactString;
use ratatui::style::Color;

use super::identity::Colour;
use super::wire::{Sending, WireCell, WireRow};
use crate::app::Strategy;
use crate::text::implicit::{Model, STRONG_BLANK, implicit_order, is_mark, mirror, plain_letters};

/// Changes a row that holds right-to-left text.
pub(super) fn apply(row: &mut WireRow, sending: &Sending) {
    match sending.strategy {
        Strategy::Visual | Strategy::Explicit | Strategy::Konsole | Strategy::Mlterm => {}
        Strategy::Lrm => mark(row),
        Strategy::Osc66 => size(row),
        Strategy::Reversed => reverse(row),
        Strategy::Precompensate => {
            let (items, _) = compensated(row, sending.model);
            row.cells = cells_of(items);
        }
        Strategy::Split => split(row, &sending.colours),
        Strategy::Logical => logical(row),
    }
}

/// Letters instead of presentation forms. Lam-alef stays a form: two letters would take two columns.
pub(super) fn to_letters(row: &mut WireRow) {
    for cell in row.cells.iter_mut().filter(|cell| cell.is_rtl()) {
        let plain = plain_letters(&cell.text);
        let letters = plain.chars().filter(|c| !is_mark(*c)).count();
        if letters == 1 {
            cell.text = CompactString::from(plain);
        }
    }
}

/// A left-to-right mark behind each right-to-left cell, and each of an Arabic-Indic digit: each stands alone then.
fn mark(row: &mut WireRow) {
    for cell in row.cells.iter_mut().filter(|cell| cell.is_reordered()) {
        cell.text.push('\u{200e}');
    }
}

/// Right-to-left cells by turns plain and in a text-sizing sequence of one column with an alignment of its own: kitty
/// shapes and reorders runs of one alignment, so that each cell stands alone. A plain one that touches a sign or a digit
/// would be one run with it, so it gets another alignment.
fn size(row: &mut WireRow) {
    let plain = |cell: Option<&WireCell>| cell.is_some_and(|cell| cell.text != " " && !cell.is_rtl());
    let touching: Vec<bool> = (0..row.cells.len())
        .map(|at| plain(at.checked_sub(1).and_then(|at| row.cells.get(at))) || plain(row.cells.get(at + 1)))
        .collect();
    for (at, (cell, touches)) in row.cells.iter_mut().zip(touching).enumerate() {
        if cell.is_rtl() && (at % 2 == 0 || touches) {
            cell.text = CompactString::from(format!("\x1b]66;w=1:h={};{}\x07", 1 + at % 2, cell.text));
        }
    }
}

/// Runs of right-to-left cells turned round, styles staying in their places: kitty turns the letters of each run of one
/// font. What touches such a run is set in the other weight, which is another font, so that it is not turned with it.
fn reverse(row: &mut WireRow) {
    let mut at = 0;
    while at < row.cells.len() {
        let bold = row.cells.get(at).is_some_and(|cell| cell.pen.is_bold());
        let run =
            row.cells.iter().skip(at).take_while(|cell| cell.is_rtl() && cell.pen.is_bold() == bold).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let end = at + run;
        if let Some(cells) = row.cells.get_mut(at..end) {
            let texts: Vec<CompactString> = cells.iter().rev().map(|cell| cell.text.clone()).collect();
            for (cell, text) in cells.iter_mut().zip(texts) {
                cell.text = text;
            }
        }
        let glued = |cell: &&mut WireCell| cell.text != " " && !cell.is_rtl();
        for cell in row.cells.iter_mut().skip(end).take_while(glued) {
            cell.pen.set_bold(!bold);
        }
        for cell in row.cells.iter_mut().take(at).rev().take_while(glued) {
            cell.pen.set_bold(!bold);
        }
        at = end;
    }
}

/// The column of a row, as it was sent, that the terminal shows in column `shown`: where the cursor is to be put.
pub(super) fn sent_column(row: &WireRow, shown: usize, sending: &Sending) -> usize {
    if !row.rtl || sending.strategy != Strategy::Precompensate {
        return shown;
    }
    let items = items_of(&row.cells);
    let symbols: Vec<&str> = items.iter().map(|(cell, _)| cell.text.as_str()).collect();
    let mut column = 0;
    for at in implicit_order(&symbols, sending.model) {
        let width = items.get(at.cell).map_or(1, |(_, width)| *width);
        if (column..column + width).contains(&shown) {
            return items.iter().take(at.cell).map(|(_, width)| width).sum();
        }
        column += width;
    }
    shown
}

/// A cell and how many columns it takes.
type Item = (WireCell, usize);

/// The row in an order that the terminal's own reordering (UAX #9, left-to-right) turns back into the row, and how many
/// columns come out otherwise.
fn compensated(row: &WireRow, model: Model) -> (Vec<Item>, usize) {
    let mut wanted = items_of(&row.cells);
    // The first strong character decides the row's direction: this one is seen by nobody.
    if let Some((first, _)) = wanted.first_mut().filter(|(cell, _)| cell.text == " ") {
        first.text = CompactString::const_new(STRONG_BLANK);
    }
    let mut sent = turned(&wanted, model);
    let mut wrong = misplaced(&sent, &wanted, model);
    // Where digits or signs stand at the edge of a run they would be taken into another one: a strong blank in the place
    // of a blank parts them.
    let blanks: Vec<usize> =
        wanted.iter().enumerate().filter(|(_, (cell, _))| cell.text == " ").map(|(at, _)| at).collect();
    for at in blanks {
        if wrong == 0 {
            break;
        }
        let touches = |other: Option<&Item>| other.is_some_and(|(cell, _)| cell.text != " ");
        if !touches(at.checked_sub(1).and_then(|at| wanted.get(at))) && !touches(wanted.get(at + 1)) {
            continue;
        }
        let mut parted = wanted.clone();
        if let Some((cell, _)) = parted.get_mut(at) {
            cell.text = CompactString::const_new(STRONG_BLANK);
        }
        let order = turned(&parted, model);
        let left = misplaced(&order, &parted, model);
        if left < wrong {
            (wanted, sent, wrong) = (parted, order, left);
        }
    }
    (sent, wrong)
}

/// The items in the order, and mirrored, as a terminal that reorders shows them.
fn turned(items: &[Item], model: Model) -> Vec<Item> {
    let symbols: Vec<&str> = items.iter().map(|(cell, _)| cell.text.as_str()).collect();
    implicit_order(&symbols, model)
        .into_iter()
        .filter_map(|at| {
            let (mut cell, width) = items.get(at.cell)?.clone();
            if at.mirrored {
                cell.text = CompactString::from(mirror(&cell.text));
            }
            Some((cell, width))
        })
        .collect()
}

/// How many items of `sent` the terminal shows elsewhere than they are wanted.
fn misplaced(sent: &[Item], wanted: &[Item], model: Model) -> usize {
    turned(sent, model).iter().zip(wanted).filter(|(shown, wanted)| shown != wanted).count()
}

fn items_of(cells: &[WireCell]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(cells.len());
    for cell in cells {
        match items.last_mut() {
            Some((_, width)) if cell.text.is_empty() => *width += 1,
            _ => items.push((cell.clone(), 1)),
        }
    }
    items
}

fn cells_of(items: Vec<Item>) -> Vec<WireCell> {
    let mut cells = Vec::with_capacity(items.len());
    for (cell, width) in items {
        let behind = WireCell { text: CompactString::const_new(""), ..cell.clone() };
        cells.push(cell);
        cells.extend(std::iter::repeat_n(behind, width - 1));
    }
    cells
}

/// Neighbours in colours that differ by 1 in 255: qtermwidget hands runs of one style to a text engine that reorders.
fn split(row: &mut WireRow, colours: &[(Colour, (u8, u8, u8))]) {
    let find = |which: Colour| colours.iter().find(|(own, _)| *own == which).map(|(_, rgb)| *rgb);
    for (at, cell) in row.cells.iter_mut().enumerate().filter(|(_, cell)| cell.text != " ") {
        let known = match cell.pen.foreground() {
            Color::Rgb(red, green, blue) => Some((red, green, blue)),
            Color::Reset => find(Colour::Foreground),
            named => super::sgr::palette_number(named).and_then(|number| find(Colour::Palette(number))),
        };
        if let Some((red, green, blue)) = known {
            // One step towards the middle, so that no colour runs over.
            let other = if blue > 127 { blue - 1 } else { blue + 1 };
            let blue = if at % 2 == 0 { blue } else { other };
            cell.pen.set_foreground(Color::Rgb(red, green, blue));
        }
    }
}

/// The row as one piece of plain letters in logical order. Lam-alef takes two columns there: blanks at the start of the
/// row make room for them, and what has no room at its end is left out.
fn logical(row: &mut WireRow) {
    let columns = row.cells.len();
    let pen = row.cells.iter().find(|cell| cell.is_rtl()).map(|cell| cell.pen).unwrap_or_default();
    let items = turned(&items_of(&row.cells), Model::Standard);
    let text: String = items.iter().map(|(cell, _)| plain_letters(&cell.text)).collect();
    let text = text.trim_end();
    let letters = |cell: &WireCell| plain_letters(&cell.text).chars().filter(|c| !is_mark(*c)).count();
    let more: usize = items.iter().map(|(cell, width)| letters(cell).saturating_sub(*width)).sum();
    let blanks = text.len() - text.trim_start_matches(' ').len();
    let mut room = columns;
    let mut kept = String::from("\x1b[2K");
    for c in text.chars().skip(blanks.min(more)) {
        let width = if is_mark(c) { 0 } else { crate::text::width(c.encode_utf8(&mut [0; 4])) };
        if width > room {
            break;
        }
        room -= width;
        kept.push(c);
    }
    let whole = WireCell { text: CompactString::from(kept), pen, link: None };
    row.cells = cells_of(vec![(whole, columns.max(1))]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use crate::terminal::wire::wire_rows;

    fn row(text: &str) -> WireRow {
        let mut frame = Frame::new(u16::try_from(text.chars().count()).unwrap(), 1);
        for (at, c) in (0..).zip(text.chars()) {
            if let Some(cell) = frame.buffer.cell_mut((at, 0)) {
                cell.set_symbol(&c.to_string());
            }
        }
        WireRow::clone(&wire_rows(&frame, &Sending::from(Strategy::Visual), None)[0])
    }

    /// Rows as they stand on the screen of an Arabic article.
    const ROWS: [&str; 8] = [
        " ﺮﻬﺸﻟﺍ ﻲﻓ ﺓﺪﻌﻘﻟﺍ ﻭﺫ 15 ﻲﻓ",
        " ﺎﻳًﺮﻬﺷ 20$ ﺮﻌﺴﺑ GPT-5.2 ﻖﻠﻄﺗ OpenAI",
        " (2035 ﺔﻳﺅﺭ) ﻥّﺇ» :ﻝﺎﻗ",
        " ﺔﻨﻣﺎﺨﻟﺍ ﺔﻟﻮﺠﻟﺍ │ 2023 ﺮﻳﺍﺮﺒﻓ",
        " ﻥﺎﻛ 2023",
        " Weave ﺞﻣﺎﻧﺮﺑ, version 4.2 (ﺪﻳﺪﺟ)",
        " 3-1 ﺔﺠﻴﺘﻨﻟﺍ  •",
        " 15% ﻢﺼﺧ :ﺮﻌﺴﻟﺍ",
    ];

    #[test]
    fn rows_are_turned_so_that_the_terminal_turns_them_back() {
        for text in ROWS {
            let (sent, wrong) = compensated(&row(text), Model::Standard);
            let shown: String =
                turned(&sent, Model::Standard).iter().map(|(cell, _)| cell.text.as_str()).collect();
            assert_eq!(shown.replace(STRONG_BLANK, " "), *text, "{wrong} wrong");
        }
    }

    #[test]
    fn the_cursor_goes_where_its_cell_was_sent() {
        let sending = Sending::from(Strategy::Precompensate);
        let mut sent = row(" ab ﺖﺑﺍ");
        apply(&mut sent, &sending);
        let columns: Vec<usize> = (0..7).map(|shown| sent_column(&sent, shown, &sending)).collect();
        assert_eq!(columns, [0, 1, 2, 3, 6, 5, 4]);
    }

    #[test]
    fn a_run_is_turned_for_kitty_and_what_touches_it_changes_its_weight() {
        let mut turned = row("a ﺖﺑﺍ. ﻞﻛ");
        apply(&mut turned, &Sending::from(Strategy::Reversed));
        let text: String = turned.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(text, "a ﺍﺑﺖ. ﻛﻞ");
        let bold: Vec<usize> = (0..9).filter(|at| turned.cells[*at].pen.is_bold()).collect();
        assert_eq!(bold, [5], "the full stop alone");
    }

    #[test]
    fn neighbours_differ_by_a_hair() {
        let mut split = row(" ﺖﺑﺍ");
        let sending = Sending {
            strategy: Strategy::Split,
            colours: vec![(Colour::Foreground, (200, 200, 200))],
            ..Sending::default()
        };
        apply(&mut split, &sending);
        let colours: Vec<Color> = split.cells.iter().map(|cell| cell.pen.foreground()).collect();
        let near = Color::Rgb(200, 200, 199);
        assert_eq!(colours, [Color::Reset, near, Color::Rgb(200, 200, 200), near]);
    }

    #[test]
    fn fonts_without_forms_get_letters() {
        let mut plain = row(" ﻢﻟﺎﻌﻟﺍ ﻻﻭ");
        to_letters(&mut plain);
        let text: String = plain.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(text, " ملاعلا ﻻو", "visual order, one cell each");
    }

    #[test]
    fn the_last_resort_is_plain_letters_in_logical_order() {
        let mut plain = row("  ﻢﻟﺎﻌﻟﺍ ﻻﻭ   ");
        apply(&mut plain, &Sending::from(Strategy::Logical));
        assert_eq!(plain.cells[0].text, "\x1b[2K ولا العالم");
        assert!(plain.cells[1..].iter().all(|cell| cell.text.is_empty()));
    }
}
