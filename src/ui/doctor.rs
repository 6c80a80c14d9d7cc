//! The doctor's screen: the sample lines, letters, harakat, the keyboard, and the terminal's answers.

use super::Theme;
use super::paint::{Painter, Rows};
use super::status;
use crate::app::{Area, Layout, MARKS_TEXT, SAMPLE_TEXT, SWITCHES, Sample, State, Status, Strategy};
use crate::text::{Base, Direction, Harakat, Options, analyse};

/// Columns of the labels.
const LABEL: u16 = 32;

/// Draws the doctor's screen.
pub(super) fn draw(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let (columns, rows) = state.size;
    let head = painter.place(Area { start: 0, top: 0, columns, rows: 1 });
    painter.fill(head, theme.header);
    painter.label(head, " Doctor ", theme.header_name);
    let body = painter.place(Area { start: 0, top: 1, columns, rows: rows.saturating_sub(2) });
    let mut page = Page { body, at: 0, top: state.doctor_top };
    // What is asked comes first: a small screen shows the questions, and the answers as far as there is room.
    let examined = &state.examined;
    page.heading("Which of these lines reads right? Press its number.", theme, painter);
    for (number, sample) in examined.samples() {
        if let Some(row) = page.next(painter) {
            sample_line(sample, row, state, theme, painter);
            painter.frame().samples.push((row.top, number));
        }
    }
    page.text(&switches(), theme, painter);
    let letters = match examined.preference.letters {
        true => "Plain letters are sent: the key f joins them again.",
        false => "Do the letters join? If they are boxes or missing, press f.",
    };
    page.heading(letters, theme, painter);
    let marks = if examined.marks_in_place { "yes" } else { "no" };
    let marks = format!("Do harakat stand on their letters? Now «{marks}»; the key ; turns it.");
    page.heading(&marks, theme, painter);
    if let Some(row) = page.next(painter) {
        // Shown here whatever is set: the person is to see where they stand.
        let cells = painter.part(row, 2, row.columns.saturating_sub(2));
        let options = Options { harakat: Harakat::Shown, ..Options::default() };
        let line = analyse(MARKS_TEXT, &options).truncated(usize::from(cells.columns));
        let side = painter.direction();
        painter.line(cells, &line, side, 0, theme.text);
    }
    let layout = match state.keyboard.layout {
        Layout::Unknown => "not known",
        layout => layout.name(),
    };
    let keyboard = format!("Keyboard: {layout}. With an Arabic or Persian layout on, press the key B once.");
    page.heading(&keyboard, theme, painter);
    page.next(painter);
    for (label, text) in &examined.lines {
        let Some(row) = page.next(painter) else { continue };
        let taken = LABEL.min(columns / 2);
        painter.label(painter.part(row, 1, taken), label, theme.key);
        painter.label(painter.part(row, taken + 2, columns.saturating_sub(taken + 2)), text, theme.text);
    }
    let foot = painter.place(Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 });
    match &state.status {
        Status::Hints => {
            let keys = "0–9 choose a line · a as it answers · f letters · ; harakat · j k · q back";
            painter.label(foot, keys, theme.dim);
        }
        said => {
            let (text, style) = status::text_of(said, theme);
            painter.label(foot, text, style);
        }
    }
}

/// A sample, from the left in every interface, with a blank column before: some ways need it.
fn sample_line(sample: Sample, row: Rows, state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let label = format!("{}  ", sample.key);
    let text = format!("{SAMPLE_TEXT}   ");
    let mut column = 2;
    for (part, style) in [
        (label.as_str(), if is_in_use(sample.strategy, state) { theme.cursor } else { theme.key }),
        (text.as_str(), theme.text),
        (sample.strategy.name(), theme.dim),
    ] {
        let options =
            Options { base: Base::Fixed(Direction::Ltr), harakat: Harakat::Hidden, ..Options::default() };
        let room = row.columns.saturating_sub(column);
        let line = analyse(part, &options).truncated(usize::from(room));
        let cells = Rows { left: row.left + column, columns: room, ..row };
        column += painter.line(cells, &line, Direction::Ltr, 0, style);
    }
}

/// What the keys without a line of their own do.
fn switches() -> String {
    let named: Vec<String> =
        SWITCHES.iter().map(|switch| format!("{} {}", switch.key, switch.strategy.name())).collect();
    format!("Or line 1 with the terminal's own order off: {}.", named.join(", "))
}

/// Whether a sample's way is the one in use. The first line stands for all that switch the terminal's own order off.
fn is_in_use(strategy: Strategy, state: &State) -> bool {
    let used = state.examined.strategy;
    let switched = SWITCHES.iter().any(|switch| switch.strategy == used);
    used == strategy || (switched && strategy == Strategy::Visual)
}

/// Rows from the top on, of which the first ones may have been scrolled away.
struct Page {
    body: Rows,
    at: usize,
    top: usize,
}

impl Page {
    fn next(&mut self, painter: &Painter<'_>) -> Option<Rows> {
        let at = self.at;
        self.at += 1;
        let row = painter.row(self.body, u16::try_from(at.checked_sub(self.top)?).ok()?);
        (row.rows > 0).then_some(row)
    }

    fn heading(&mut self, text: &str, theme: &Theme, painter: &mut Painter<'_>) {
        self.write(text, theme.heading, painter);
    }

    fn text(&mut self, text: &str, theme: &Theme, painter: &mut Painter<'_>) {
        self.write(text, theme.text, painter);
    }

    fn write(&mut self, text: &str, style: ratatui::style::Style, painter: &mut Painter<'_>) {
        if let Some(row) = self.next(painter) {
            let row = painter.part(row, 1, row.columns.saturating_sub(1));
            painter.label(row, text, style);
        }
    }
}
