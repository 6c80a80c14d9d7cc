//! Flattened tables of three columns and more: rows that all have words and figures in the same order, so that each
//! figure is a cell and the words between two figures are one. Where the header does not fit, there is no table.

use super::words::{Word, agree};
use crate::extract::facts::vocabulary::{GENERIC, HEADER_ENTITIES, HEADER_KEYS, NUMBERS, UNITS};
use crate::text::is_number;

/// Rows of such a table, at the least, with a header and without one.
const LEAST_ROWS: (usize, usize) = (2, 3);

/// A table of several columns: whether its first row is a header, and where the cells of each row begin.
pub(crate) struct Grid {
    pub has_header: bool,
    /// For each row the index of the first word of each cell; the header may have one cell less than the rows.
    pub rows: Vec<Vec<usize>>,
    pub columns: usize,
}

/// The cells of a row: words that stand together are one, each figure with its unit is one.
fn cells(words: &[Word<'_>]) -> (Vec<usize>, Vec<bool>) {
    let (mut starts, mut figures) = (Vec::new(), Vec::new());
    for (at, word) in words.iter().enumerate() {
        let figure = is_figure(word.text);
        let unit =
            figures.last() == Some(&true) && (UNITS.contains(&word.folded) || NUMBERS.contains(&word.folded));
        if figure || (figures.last() != Some(&false) && !unit) {
            starts.push(at);
            figures.push(figure);
        }
    }
    (starts, figures)
}

fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(|c| is_number(*c)).count();
    digits > 0
        && text.chars().all(|c| {
            is_number(c)
                || matches!(
                    c,
                    '.' | ',' | ':' | '-' | '+' | '%' | '٫' | '٬' | '٪' | '°' | '−' | '/' | '$' | '€' | '–'
                )
        })
}

/// The table that rows are, from the first one on: as many rows as have the same order of words and figures.
pub(crate) fn grid(rows: &[Vec<Word<'_>>]) -> Option<Grid> {
    let first = rows.first()?;
    let has_header = !first.iter().any(Word::has_digit);
    let body = rows.get(usize::from(has_header)..)?;
    let (_, pattern) = cells(body.first()?);
    let columns = pattern.len();
    let numbers = pattern.iter().filter(|figure| **figure).count();
    let same: Vec<Vec<usize>> = body
        .iter()
        .map(|row| cells(row))
        .take_while(|(_, own)| *own == pattern)
        .map(|(starts, _)| starts)
        .collect();
    let least = if has_header { LEAST_ROWS.0 } else { LEAST_ROWS.1 };
    if columns < 3
        || numbers < 1
        || numbers == columns
        || same.len() < least
        || same.len() * 10 < body.len() * 6
    {
        return None;
    }
    let named = first
        .first()
        .is_some_and(|word| HEADER_KEYS.contains(&word.folded) || HEADER_ENTITIES.contains(&word.folded));
    // One figure between words is how values count things: only a header with a name for each column says otherwise.
    if numbers == 1 && !(has_header && named && same.len() >= 3 && fewest_names(first) == columns) {
        return None;
    }
    // «سوبر 98 2.70 درهم», then «ديزل 2.85 درهم»: names with a figure in them, and a header that names two columns.
    let breaks = body.get(same.len()).map(|row| cells(row).1);
    if has_header && breaks.as_deref() == Some(&[false, true]) && fewest_names(first) == 2 {
        return None;
    }
    if !has_header {
        let side_by_side = pattern.windows(2).any(|two| two == [true, true]);
        return (numbers >= 2 && side_by_side && !same_head(body, same.len())).then_some(Grid {
            has_header,
            rows: same,
            columns,
        });
    }
    // Names of columns: a word each, or two where an adjective or an idafa makes one name of them.
    let names = names(first, columns).or_else(|| {
        let known = first
            .first()
            .is_some_and(|word| HEADER_KEYS.contains(&word.folded) || HEADER_ENTITIES.contains(&word.folded));
        let corner = pattern.first() == Some(&false) && numbers + 1 == columns && !known;
        corner.then(|| names(first, columns - 1)).flatten()
    });
    if let Some(names) = names {
        return Some(Grid { has_header, rows: std::iter::once(names).chain(same).collect(), columns });
    }
    two_texts(first, body, &same, &pattern)
}

/// Where one more column is named than is seen: one of the columns is two of a word each.
fn two_texts(
    first: &[Word<'_>],
    body: &[Vec<Word<'_>>],
    same: &[Vec<usize>],
    pattern: &[bool],
) -> Option<Grid> {
    let columns = pattern.len() + 1;
    let header = names(first, columns).filter(|names| names.len() == first.len())?;
    let place = pattern.iter().position(|figure| !figure)?;
    let mut rows = vec![header];
    for (starts, words) in same.iter().zip(body) {
        let from = *starts.get(place)?;
        let end = starts.get(place + 1).copied().unwrap_or(words.len());
        if end - from != 2 {
            return None;
        }
        let mut starts = starts.clone();
        starts.insert(place + 1, from + 1);
        rows.push(starts);
    }
    Some(Grid { has_header: true, rows, columns })
}

/// Whether all rows begin with the same word: it is a part of their names then, as in «عيار 24».
fn same_head(body: &[Vec<Word<'_>>], many: usize) -> bool {
    let mut heads = body.iter().take(many).filter_map(|row| row.first());
    let first = heads.next();
    heads.all(|word| first.is_some_and(|first| first.folded == word.folded))
}

/// The words of a header as so many names.
fn names(words: &[Word<'_>], columns: usize) -> Option<Vec<usize>> {
    let mut starts: Vec<usize> = (0..words.len()).collect();
    // Joins of words to one name, the surest first.
    for join in [adjective, idafa] {
        while starts.len() > columns {
            let at = (1..starts.len()).find(|at| {
                let index = starts.get(*at).copied().unwrap_or(0);
                match (index.checked_sub(1).and_then(|before| words.get(before)), words.get(index)) {
                    (Some(noun), Some(word)) => join(noun, word),
                    _ => false,
                }
            });
            let Some(at) = at else { break };
            starts.remove(at);
        }
    }
    (starts.len() == columns && columns >= 2).then_some(starts)
}

/// The fewest names that the words of a header make.
fn fewest_names(words: &[Word<'_>]) -> usize {
    let joins = words.windows(2).filter(|two| match two {
        [noun, word] => adjective(noun, word) || idafa(noun, word),
        _ => false,
    });
    words.len() - joins.count()
}

fn adjective(noun: &Word<'_>, word: &Word<'_>) -> bool {
    noun.is_definite() && word.is_definite() && agree(noun, word) && !word.bare().ends_with("اط")
}

fn idafa(noun: &Word<'_>, word: &Word<'_>) -> bool {
    !noun.is_definite() && (word.is_definite() || GENERIC.contains(&noun.folded))
}
