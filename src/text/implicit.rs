//! What a terminal that reorders by itself makes of a row: the model of PuTTY and of others in implicit mode. Used to
//! send rows that come out right there; the reader's own text never goes this way.

use unicode_normalization::UnicodeNormalization;

use super::analysis::mirrored;
use super::direction::Direction;
use super::levels::levels;
use super::reorder::visual_order;

/// A blank that is a strong left-to-right character (U+2800 BRAILLE PATTERN BLANK, Bidi_Class L): it parts
/// right-to-left runs, and nothing of it is seen.
pub const STRONG_BLANK: &str = "\u{2800}";

/// Where a cell of a row comes from, on a terminal that reorders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reordered {
    /// Index of the cell in the row as it was sent.
    pub cell: usize,
    /// Whether the terminal mirrors it (UAX #9, L4).
    pub mirrored: bool,
}

/// What terminals that reorder do otherwise than UAX #9.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Model {
    /// Nothing: PuTTY, VTE in implicit mode.
    #[default]
    Standard,
    /// Konsole: lines and boxes (U+2500–25FF) are strong left-to-right characters, and nothing is mirrored.
    Konsole,
}

/// The cells of a row in the order in which a terminal shows them that takes the row for a left-to-right paragraph
/// (UAX #9 with L1 and L2). `symbols` are the cells' clusters as sent, no empty ones.
pub fn implicit_order(symbols: &[&str], model: Model) -> Vec<Reordered> {
    let konsole = model == Model::Konsole;
    let strong = |c: char| if konsole && matches!(c, '\u{2500}'..='\u{25FF}') { 'l' } else { c };
    let text: String = symbols.iter().filter_map(|symbol| symbol.chars().next()).map(strong).collect();
    let by_byte = levels(&text, Direction::Ltr, &[]);
    let mut levels: Vec<u8> =
        text.char_indices().map(|(at, _)| by_byte.get(at).copied().unwrap_or(0)).collect();
    for (symbol, level) in symbols.iter().zip(&mut levels).rev() {
        if *symbol != " " {
            break;
        }
        *level = 0;
    }
    visual_order(&levels)
        .into_iter()
        .map(|cell| Reordered {
            cell,
            mirrored: !konsole && levels.get(cell).is_some_and(|level| level % 2 == 1),
        })
        .collect()
}

/// A cluster as it is drawn in a right-to-left run: mirrored, where it has a mirror image.
pub fn mirror(symbol: &str) -> String {
    let mut chars = symbol.chars();
    chars.next().map(mirrored).into_iter().chain(chars).collect()
}

/// A cluster in plain letters: presentation forms as the letters that they stand for (NFKC), lam-alef as two.
pub fn plain_letters(symbol: &str) -> String {
    let is_form = |c: char| matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    symbol.chars().map(|c| if is_form(c) { c.nfkc().collect() } else { c.to_string() }).collect()
}

/// Whether a character stands in the cell of the one before it (General_Category Mn, Me).
pub fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(row: &str) -> String {
        let symbols: Vec<String> = row.chars().map(String::from).collect();
        let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
        implicit_order(&symbols, Model::Standard)
            .into_iter()
            .map(|at| if at.mirrored { mirror(symbols[at.cell]) } else { symbols[at.cell].to_owned() })
            .collect()
    }

    #[test]
    fn rows_come_out_as_an_implicit_terminal_shows_them() {
        assert_eq!(shown("x ﺎﺑ"), "x ﺑﺎ");
        assert_eq!(shown("ﺎﺑ│ﺖﺟ"), "ﺟﺖ│ﺑﺎ", "two panes swap");
        assert_eq!(shown("ﺎﺑ\u{2800}ﺖﺟ"), "ﺑﺎ\u{2800}ﺟﺖ", "a strong blank parts them");
        assert_eq!(shown("ﺎﺑ)ﺎﺑ(ﺎﺑ  "), "ﺑﺎ)ﺑﺎ(ﺑﺎ  ");
        assert_eq!(shown("ﺎﺑ 20 ﺎﺑ"), "ﺑﺎ 20 ﺑﺎ");
    }

    #[test]
    fn the_strong_blank_is_strong() {
        assert_eq!(unicode_bidi::bidi_class('\u{2800}'), unicode_bidi::BidiClass::L);
        assert_eq!(STRONG_BLANK, "\u{2800}");
    }
}
