//! Where the panes stand, by the size of the screen. Columns count from the interface's start side; `ui` turns them
//! into columns of the screen.

/// Rows below which a screen has no header row.
const HEADER_ROWS: u16 = 6;
/// Columns from which the list, the reader and the facts stand side by side.
pub const WIDE: u16 = 120;
/// Columns from which the reader and its facts stand side by side.
pub const MEDIUM: u16 = 80;
/// The least screen that the program can be used on.
pub const LEAST: (u16, u16) = (16, 4);

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Columns from the interface's start side.
    pub start: u16,
    /// Rows from the top.
    pub top: u16,
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Area {
    /// Whether a cell, counted from the start and from the top, is in it.
    pub fn holds(self, column: u16, row: u16) -> bool {
        let (columns, rows) = (
            self.start..self.start.saturating_add(self.columns),
            self.top..self.top.saturating_add(self.rows),
        );
        columns.contains(&column) && rows.contains(&row)
    }
}

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The reader.
    Reader,
    /// The facts.
    Facts,
}

/// What the panes depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// Which pane has the keys.
    pub focus: Focus,
    /// Whether an article is open.
    pub open: bool,
    /// Whether facts are wanted.
    pub facts: bool,
    /// Rows that the facts at hand take in a pane, and whether there are any.
    pub fact_rows: u16,
    /// The text alone.
    pub zen: bool,
    /// Only one pane may be on the screen.
    pub single: bool,
}

/// Where everything stands; what is `None` is not on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The row that says where we are.
    pub header: Option<Area>,
    /// The list.
    pub list: Option<Area>,
    /// The article.
    pub reader: Option<Area>,
    /// Its facts.
    pub facts: Option<Area>,
    /// Whether the facts stand under the reader, behind a rule of their own row.
    pub facts_below: bool,
    /// The last row: messages, hints, the prompt.
    pub status: Area,
}

impl Panes {
    /// The panes of a screen.
    pub fn of(wanted: Wanted) -> Self {
        let (columns, rows) = wanted.size;
        let zen = wanted.zen && wanted.open;
        let head = u16::from(rows >= HEADER_ROWS && !zen);
        let status = Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 };
        let header = (head == 1).then_some(Area { start: 0, top: 0, columns, rows: 1 });
        let body = Area { start: 0, top: head, columns, rows: rows.saturating_sub(head + 1) };
        let mut panes = Self { header, status, ..Self::default() };
        if zen {
            panes.reader = Some(body);
        } else if columns >= WIDE && !wanted.single {
            panes.wide(body, wanted);
        } else if !wanted.open {
            panes.list = Some(body);
        } else {
            panes.reading(body, wanted);
        }
        panes
    }

    /// List, reader and facts side by side, a column between.
    fn wide(&mut self, body: Area, wanted: Wanted) {
        let facts = if wanted.facts { (body.columns / 5).clamp(24, 40) } else { 0 };
        let list = (body.columns * 34 / 100).clamp(38, 72);
        let reader_start = list + 1;
        let taken = reader_start + if facts > 0 { facts + 1 } else { 0 };
        let reader = body.columns.saturating_sub(taken);
        self.list = Some(Area { columns: list, ..body });
        self.reader = Some(Area { start: reader_start, columns: reader, ..body });
        if facts > 0 {
            self.facts = Some(Area { start: reader_start + reader + 1, columns: facts, ..body });
        }
    }

    /// The reader, with its facts beside it or under it where there are any.
    fn reading(&mut self, body: Area, wanted: Wanted) {
        let facts = wanted.facts && wanted.fact_rows > 0;
        if facts && body.columns >= MEDIUM && !wanted.single {
            let width = (body.columns * 3 / 10).clamp(24, 32);
            let reader = body.columns - width - 1;
            self.reader = Some(Area { columns: reader, ..body });
            self.facts = Some(Area { start: reader + 1, columns: width, ..body });
        } else if facts && wanted.focus == Focus::Facts {
            self.facts = Some(body);
        } else if facts && body.rows >= 12 {
            let below = wanted.fact_rows.min(body.rows / 3);
            let reader = body.rows - below - 1;
            self.reader = Some(Area { rows: reader, ..body });
            self.facts = Some(Area { top: body.top + reader + 1, rows: below, ..body });
            self.facts_below = true;
        } else {
            self.reader = Some(body);
        }
    }
}

/// Columns of the marks at the start of a row of the list, the cursor's gutter included.
const MARKS: u16 = 4;
/// Columns of the day to come back at its end.
const DAY: u16 = 6;
/// Columns of the age at its end.
const AGE: u16 = 4;
/// Columns below which a row of the list has no source.
const SOURCE_FROM: u16 = 48;
/// Columns of a pinned fact.
const PIN: u16 = 14;
/// Columns that pinned facts leave to a title.
const LEAST_TITLE: u16 = 16;

/// The columns of a row of the list: where each begins, from the start, and how many it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListColumns {
    /// The title's.
    pub title: (u16, u16),
    /// The source's, where there is room for it.
    pub source: Option<(u16, u16)>,
    /// Those of pinned facts, where there is room for them.
    pub pins: [Option<(u16, u16)>; 2],
    /// The age's, or that of the day to come back.
    pub age: (u16, u16),
}

impl ListColumns {
    /// The columns of a row that has so many; with `days`, of one that shows a day to come back and a note;
    /// with so many pinned facts.
    pub fn of(columns: u16, days: bool, pinned: usize) -> Self {
        let width = if days { DAY } else { AGE };
        let age = columns.saturating_sub(width);
        let mut end = age.saturating_sub(1);
        let source = (columns >= SOURCE_FROM).then(|| {
            let own = if days { columns * 2 / 5 } else { (columns / 5).clamp(10, 18) };
            let start = end.saturating_sub(own);
            end = start.saturating_sub(1);
            (start, own)
        });
        let mut pins = [None; 2];
        for pin in pins.iter_mut().take(pinned).rev() {
            // A title keeps room for its first words.
            if end > MARKS + LEAST_TITLE + PIN {
                let start = end.saturating_sub(PIN);
                *pin = Some((start, PIN));
                end = start.saturating_sub(1);
            }
        }
        Self { title: (MARKS, end.saturating_sub(MARKS)), source, pins, age: (age, width) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panes(columns: u16, rows: u16, open: bool, focus: Focus) -> Panes {
        Panes::of(Wanted {
            size: (columns, rows),
            focus,
            open,
            facts: true,
            fact_rows: 8,
            zen: false,
            single: false,
        })
    }

    #[test]
    fn three_panes_tile_a_wide_screen() {
        let panes = panes(140, 40, false, Focus::List);
        let (list, reader, facts) = (panes.list.unwrap(), panes.reader.unwrap(), panes.facts.unwrap());
        assert_eq!(list.columns + 1, reader.start);
        assert_eq!(reader.start + reader.columns + 1, facts.start);
        assert_eq!(facts.start + facts.columns, 140);
        assert!(reader.columns >= 54, "{reader:?}");
    }

    #[test]
    fn a_medium_screen_shows_the_list_or_the_reader_with_facts() {
        assert!(panes(80, 24, false, Focus::List).reader.is_none());
        let reading = panes(80, 24, true, Focus::Reader);
        assert!(reading.list.is_none() && !reading.facts_below);
        assert_eq!(reading.facts.unwrap().start + reading.facts.unwrap().columns, 80);
    }

    #[test]
    fn a_narrow_screen_shows_one_pane_and_facts_under_it() {
        let reading = panes(60, 24, true, Focus::Reader);
        assert!(reading.facts_below && reading.facts.unwrap().rows <= 7);
        assert!(panes(40, 10, true, Focus::Reader).facts.is_none());
        assert!(panes(40, 10, true, Focus::Facts).reader.is_none());
    }

    #[test]
    fn no_size_makes_a_pane_leave_the_screen() {
        for columns in 0..200 {
            for rows in 0..30 {
                for (open, focus) in [(false, Focus::List), (true, Focus::Reader), (true, Focus::Facts)] {
                    let panes = panes(columns, rows, open, focus);
                    for area in [panes.header, panes.list, panes.reader, panes.facts].into_iter().flatten() {
                        assert!(area.start + area.columns <= columns, "{columns}×{rows} {panes:?}");
                        assert!(area.top + area.rows <= rows.max(1), "{columns}×{rows} {panes:?}");
                    }
                }
            }
        }
    }
}
