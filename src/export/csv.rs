//! Rows of cells as CSV (RFC 4180, with a line feed at the end of a line, written by the caller). Cells come from outside
//! and are opened in spreadsheets: nothing in them is a formula, nor drives a terminal.

use super::harmless;

/// A row, without line end; a cell is on one line.
pub fn row<T: AsRef<str>>(cells: &[T]) -> String {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let cells = cells.iter().map(|cell| inert(&harmless(cell.as_ref()).replace(['\n', '\t'], " ")));
    // Writing to memory does not fail, and what was written is UTF-8 as its cells are.
    let _ = writer.write_record(cells);
    let mut line =
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    line.truncate(line.trim_end_matches('\n').len());
    line
}

/// A cell that a spreadsheet does not take for a formula: an apostrophe goes before one that begins like it and is no
/// number.
fn inert(cell: &str) -> String {
    let is_number = |rest: &str| rest.chars().all(|c| c.is_numeric() || " .,٫٬%٪()-".contains(c));
    let formula = match cell.chars().next() {
        Some('=' | '@') => true,
        Some(sign @ ('+' | '-')) => !is_number(cell.strip_prefix(sign).unwrap_or("")),
        _ => false,
    };
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_that_reads_back_and_runs_nothing() {
        for (cells, expect) in [
            (&["1", "الصين"][..], "1,الصين"),
            (&["a,b", "say \"so\"", ""], "\"a,b\",\"say \"\"so\"\"\","),
            (&["two\nlines\tand tab"], "two lines and tab"),
            (&["=HYPERLINK(1)", "@x", "+1+cmd|'/C x'!A0"], "'=HYPERLINK(1),'@x,'+1+cmd|'/C x'!A0"),
            (&["-5.5%", "+965 123-456", "-", "- بند"], "-5.5%,+965 123-456,-,'- بند"),
            (&["\u{1b}[2Jx\u{202e}"], "[2Jx"),
            (&["", ""], ","),
            (&[""], "\"\""),
        ] {
            assert_eq!(row(cells), expect);
        }
    }
}
