//! The doctor's screen: the terminal's answers, the sample lines, harakat, and the keyboard.

use super::Theme;
use super::paint::{Painter, Rows};
use super::status;
use crate::app::{Area, Layout, MARKS_TEXT, SAMPLE_TEXT, SAMPLES, State, Status};
use crate::text::{Base, Direction, Harakat, Options, analyse};

/// Columns of the labels.
const LABEL: u16 = 30;

/// Draws the doctor's screen.
pub(super) fn draw(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let (columns, rows) = state.size;
    let head = painter.place(Area { start: 0, top: 0, columns, rows: 1 });
    painter.fill(head, theme.header);
    painter.label(head, " Doctor ", theme.header_name);
    let body = painter.place(Area { start: 0, top: 1, columns, rows: rows.saturating_sub(2) });
    let mut page = Page { body, at: 0 };
    // What is asked comes first: a small screen shows the questions, and the answers as far as there is room.
    page.heading("Which of these lines reads right? Press its number.", theme, painter);
    for (number, sample) in SAMPLES.iter().enumerate() {
        let Some(row) = page.next(painter) else { return };
        let label = format!("{}  ", sample.key);
        let text = format!("{SAMPLE_TEXT}   ");
        let in_use = is_in_use(sample.strategy, state);
        // From the left in every interface, with a blank column before: some ways need it.
        let mut column = 2;
        for (part, style) in [
            (label.as_str(), if in_use { theme.cursor } else { theme.key }),
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
        painter.frame().samples.push((row.top, number));
    }
    page.heading("Do the letters of that line join? If they are boxes or missing, press f.", theme, painter);
    page.heading("Do harakat stand on their letters? The key ; shows or hides them.", theme, painter);
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
    let keyboard =
        format!("Keyboard: {layout}. On an Arabic or Persian layout press the key B to tell which.");
    page.heading(&keyboard, theme, painter);
    page.next(painter);
    for (label, text) in &state.examined.lines {
        let Some(row) = page.next(painter) else { break };
        let taken = LABEL.min(columns / 2);
        painter.label(painter.part(row, 1, taken), label, theme.key);
        painter.label(painter.part(row, taken + 2, columns.saturating_sub(taken + 2)), text, theme.text);
    }
    let foot = painter.place(Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 });
    match &state.status {
        Status::Hints => {
            painter.label(foot, "1–6 choose a line · f forms · ; harakat · q back", theme.dim);
        }
        said => {
            let (text, style) = status::text_of(said, theme);
            painter.label(foot, text, style);
        }
    }
}

/// Whether a sample's way is the one in use. The first line stands for all that send cells as they are.
fn is_in_use(strategy: crate::app::Strategy, state: &State) -> bool {
    use crate::app::Strategy;
    let used = match state.examined.strategy {
        Strategy::Explicit | Strategy::Konsole | Strategy::Mlterm | Strategy::Split => Strategy::Visual,
        other => other,
    };
    used == strategy
}

/// Rows from the top on.
struct Page {
    body: Rows,
    at: u16,
}

impl Page {
    fn next(&mut self, painter: &Painter<'_>) -> Option<Rows> {
        let row = painter.row(self.body, self.at);
        self.at += 1;
        (row.rows > 0).then_some(row)
    }

    fn heading(&mut self, text: &str, theme: &Theme, painter: &mut Painter<'_>) {
        if let Some(row) = self.next(painter) {
            let row = painter.part(row, 1, row.columns.saturating_sub(1));
            painter.label(row, text, theme.heading);
        }
    }
}
