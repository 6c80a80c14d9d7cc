//! Brings panes, layouts and windows up to date with the rest of the state, before it is drawn.

use super::panes::{ListColumns, Panes, WIDE, Wanted};
use super::state::State;
use crate::layout::{Measure, Place, fact_rows};
use crate::text::Direction;

impl State {
    /// Brings panes, layouts and windows up to date with everything else. Drawing comes after this.
    pub fn arrange(&mut self) {
        self.place_panes();
        let columns = self.panes.facts.map(|area| area.columns);
        if let Some(columns) = columns {
            self.lay_out_facts(columns);
            // The height of facts under the reader is known only now.
            self.place_panes();
        }
        if let Some(area) = self.panes.list {
            let rows = usize::from(area.rows);
            let (harakat, direction) = (self.harakat(), self.direction);
            self.list.scroll(rows);
            let columns = ListColumns::of(area.columns, self.list.has_days(), self.pins.columns.len());
            self.list.lay_out(rows, columns, harakat, direction);
        }
        self.arrange_reader();
        self.scroll_facts();
    }

    fn place_panes(&mut self) {
        let reader = self.reader.as_ref().filter(|_| self.open || self.is_wide());
        let fact_rows = reader.map_or(0, |reader| {
            let laid: usize = reader.fact_rows.iter().map(|fact| fact.rows.len()).sum();
            laid.max(reader.facts.len())
        });
        self.panes = Panes::of(Wanted {
            size: self.size,
            focus: self.focus,
            open: self.open,
            facts: self.facts,
            fact_rows: u16::try_from(fact_rows).unwrap_or(u16::MAX),
            zen: self.zen,
            single: self.needs.single_pane,
        });
    }

    /// Whether list, reader and facts stand side by side.
    pub(super) fn is_wide(&self) -> bool {
        self.size.0 >= WIDE && !self.needs.single_pane
    }

    /// Takes the screen's size, less what the terminal needs of it.
    pub(super) fn set_size(&mut self, whole: (u16, u16)) {
        self.whole = whole;
        self.size = (whole.0.saturating_sub(self.reserved_columns()), whole.1);
    }

    /// Columns at the left of the screen that stay blank.
    pub fn reserved_columns(&self) -> u16 {
        u16::from(self.needs.reserved_first_column && self.whole.0 > 1)
    }

    /// Columns that the text of the reader may take: the measure, and a column free on either side.
    pub fn text_columns(&self) -> u16 {
        let room = self.panes.reader.map_or(self.size.0, |area| area.columns);
        let margin = if room > 30 { 2 } else { 0 };
        self.measure.min(room.saturating_sub(margin)).max(1)
    }

    pub(super) fn layout_measure(&self, columns: u16, direction: Option<Direction>) -> Measure {
        Measure {
            columns: usize::from(columns),
            harakat: self.harakat(),
            direction,
            fallback: self.direction,
            sideways: Some(self.reader.as_ref().map_or(0, |reader| reader.sideways)),
        }
    }

    fn lay_out_facts(&mut self, columns: u16) {
        let margin = if columns > 12 { 2 } else { 0 };
        let measure = self.layout_measure(columns.saturating_sub(margin), None);
        if let Some(reader) = &mut self.reader
            && reader.fact_measure != Some(measure)
        {
            reader.fact_rows = fact_rows(&reader.facts, measure);
            reader.fact_measure = Some(measure);
        }
    }

    fn arrange_reader(&mut self) {
        let Some(area) = self.panes.reader else { return };
        let direction = self.reader.as_ref().and_then(|reader| reader.headline.marks.direction);
        let measure = self.layout_measure(self.text_columns(), direction);
        let Some(reader) = &mut self.reader else { return };
        if reader.flow.measure() != measure || reader.arranged.is_none() {
            let at_start = reader.top == Place::default();
            let top = reader.flow.offset_at(reader.top);
            let anchor = reader.anchor.or((!at_start).then_some(top));
            let back = reader.back.map(|place| reader.flow.offset_at(place));
            reader.flow.reflow(measure);
            reader.top = anchor.map_or_else(Place::default, |offset| reader.flow.place_of(offset));
            reader.anchor = anchor;
            reader.back = back.map(|offset| reader.flow.place_of(offset));
        }
        let rows = usize::from(area.rows);
        if reader.arranged == Some((reader.top, rows, measure)) {
            return;
        }
        let lowest = reader.flow.last_top(rows);
        reader.top = reader.top.min(lowest);
        reader.window = reader.flow.window(reader.top, rows);
        reader.at_end = reader.top >= lowest;
        let last = reader.flow.step(reader.top, isize::try_from(rows.saturating_sub(1)).unwrap_or(0));
        reader.percent = reader.flow.percent(last);
        reader.arranged = Some((reader.top, rows, measure));
    }

    /// Scrolls the facts as little as shows the one under the cursor whole.
    fn scroll_facts(&mut self) {
        let Some(area) = self.panes.facts else { return };
        let rows = usize::from(area.rows);
        let Some(reader) = &mut self.reader else { return };
        let mut from = 0;
        for fact in &reader.fact_rows {
            let to = from + fact.rows.len();
            if fact.index == reader.fact {
                if to > reader.fact_top + rows {
                    reader.fact_top = to - rows;
                }
                reader.fact_top = reader.fact_top.min(from);
            }
            from = to;
        }
    }
}
