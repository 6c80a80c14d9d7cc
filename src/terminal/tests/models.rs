//! What terminals make of a row that was sent to them: each model once more, apart from the code that works against it.

use crate::app::Strategy as Sent;
use crate::text::implicit::{Model, STRONG_BLANK, implicit_order, mirror};

/// A row of cells as the person sees it on a terminal of the strategy: the terminal's own model, written once more.
pub(super) fn seen(row: &[(String, String)], strategy: Sent) -> Vec<String> {
    let texts: Vec<String> = row.iter().map(|(text, _)| text.clone()).collect();
    match strategy {
        Sent::Reversed => {
            let mut texts = texts;
            let is_bold = |at: usize| row[at].1.contains(" true false false false");
            let mut at = 0;
            while at < texts.len() {
                let is_run = |other: &usize| is_arabic(&row[*other].0) && is_bold(*other) == is_bold(at);
                let run = (at..texts.len()).take_while(is_run).count();
                texts[at..at + run].reverse();
                at += run.max(1);
            }
            texts
        }
        Sent::Precompensate => {
            let symbols: Vec<&str> =
                texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            let mut shown = Vec::new();
            for at in implicit_order(&symbols, Model::Standard) {
                let symbol = symbols[at.cell];
                let symbol = if at.mirrored { mirror(symbol) } else { symbol.to_owned() };
                let wide = "漢字".contains(&symbol);
                shown.push(symbol.replace(STRONG_BLANK, " "));
                shown.extend(wide.then(String::new));
            }
            shown
        }
        _ => texts,
    }
}

/// A row as a terminal shows it that reorders, through a multiplexer that keeps the marks of direction with their cells.
pub(super) fn seen_marked(screen: &vt100::Screen, row: u16) -> Vec<String> {
    let (_, columns) = screen.size();
    let mut symbols = Vec::new();
    for cell in (0..columns.get()).map(|column| screen.cell(row, column).unwrap()) {
        let text = if cell.contents().is_empty() { " " } else { cell.contents() };
        let plain = text.trim_end_matches('\u{200e}');
        symbols.extend((!cell.is_wide_continuation()).then(|| plain.to_owned()));
        symbols.extend((plain != text).then(|| "\u{200e}".to_owned()));
    }
    let sent: Vec<&str> = symbols.iter().map(String::as_str).collect();
    let mut shown = Vec::new();
    for at in implicit_order(&sent, Model::Standard) {
        let symbol = if at.mirrored { mirror(sent[at.cell]) } else { sent[at.cell].to_owned() };
        let wide = "漢字".contains(&symbol);
        shown.extend((symbol != "\u{200e}").then_some(symbol));
        shown.extend(wide.then(String::new));
    }
    shown
}

/// Whether a digit stands right of an Arabic letter with neither a blank nor a Latin letter between: it has no place in a
/// terminal that reorders, unless there are letters on its other side too. What is sent is as near as can be.
pub(super) fn has_stuck_digit(row: &[String]) -> bool {
    let is_digit = |text: &String| text == "5" || text == "٣";
    let neutral = |text: &&String| is_digit(text) || *text == "│";
    (0..row.len())
        .filter(|at| is_digit(&row[*at]))
        .any(|at| row[..at].iter().rev().find(|text| !neutral(text)).is_some_and(|text| is_arabic(text)))
}

fn is_arabic(text: &str) -> bool {
    text.chars().next().is_some_and(crate::text::is_rtl_char)
}

/// The column in which a terminal that reorders shows what was sent to column `sent`.
pub(super) fn shown_column(row: &[(String, String)], sent: usize) -> usize {
    let begins: Vec<usize> = (0..row.len()).filter(|at| !row[*at].0.is_empty()).collect();
    let symbols: Vec<&str> = begins.iter().map(|at| row[*at].0.as_str()).collect();
    let width = |cell: usize| begins.get(cell + 1).unwrap_or(&row.len()) - begins[cell];
    let order = implicit_order(&symbols, Model::Standard);
    let before = order.iter().take_while(|at| begins[at.cell] != sent);
    before.map(|at| width(at.cell)).sum()
}
