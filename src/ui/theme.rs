//! Styles by what is drawn. Sixteen colours and attributes only, so that it reads on light and on dark; Arabic is
//! never italic (the fonts of terminals have no such Arabic), and matches are lit by background, not by bold.

use ratatui::style::{Color, Modifier, Style};

/// A style for each thing that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The header row.
    pub header: Style,
    /// The header row's name of the view.
    pub header_name: Style,
    /// An article's title in the list, unread.
    pub unread: Style,
    /// The same, read.
    pub read: Style,
    /// The same, done.
    pub done: Style,
    /// Source and age in the list.
    pub dim: Style,
    /// The gutter mark and the fields of the row under the cursor.
    pub cursor: Style,
    /// The same in a pane that has not the keys.
    pub cursor_idle: Style,
    /// The mark of a bookmark.
    pub bookmark: Style,
    /// The mark of an unread article.
    pub unread_mark: Style,
    /// An article's title in the reader, and headings.
    pub title: Style,
    /// Headings.
    pub heading: Style,
    /// Quotations and captions.
    pub quote: Style,
    /// Preformatted text.
    pub code: Style,
    /// Header rows of tables.
    pub table_header: Style,
    /// Lines between panes.
    pub line: Style,
    /// A fact's key.
    pub key: Style,
    /// A fact's value.
    pub value: Style,
    /// A link.
    pub link: Style,
    /// A number on a link.
    pub hint: Style,
    /// Words that are stressed, in a script that has no italics.
    pub stress: Style,
    /// The same in one that has.
    pub italic: Style,
    /// Words that are important.
    pub strong: Style,
    /// Words that are new.
    pub added: Style,
    /// Words that are gone.
    pub removed: Style,
    /// A match of a search.
    pub hit: Style,
    /// The match that the view is at.
    pub hit_current: Style,
    /// The evidence of a fact.
    pub evidence: Style,
    /// A sentence that says otherwise than a fact.
    pub contradiction: Style,
    /// Words that are selected.
    pub selection: Style,
    /// The status line.
    pub status: Style,
    /// Something failed.
    pub error: Style,
    /// Everything else.
    pub text: Style,
}

impl Theme {
    /// The theme with colours.
    pub fn colours() -> Self {
        let plain = Style::new();
        let dim = plain.fg(Color::DarkGray);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            header: reversed,
            header_name: reversed.add_modifier(Modifier::BOLD),
            unread: plain,
            read: dim,
            done: dim.add_modifier(Modifier::DIM),
            dim,
            cursor: plain.fg(Color::Cyan).add_modifier(Modifier::REVERSED),
            cursor_idle: plain.fg(Color::DarkGray).add_modifier(Modifier::REVERSED),
            bookmark: plain.fg(Color::Yellow),
            unread_mark: plain.fg(Color::Cyan),
            title: bold,
            heading: bold.fg(Color::Cyan),
            quote: dim,
            code: plain.fg(Color::Green),
            table_header: bold,
            line: dim,
            key: plain.fg(Color::Cyan),
            value: plain,
            link: plain.add_modifier(Modifier::UNDERLINED),
            hint: plain.fg(Color::Black).bg(Color::Yellow),
            stress: bold,
            italic: plain.add_modifier(Modifier::ITALIC),
            strong: bold,
            added: plain.fg(Color::Green).add_modifier(Modifier::UNDERLINED),
            removed: plain.fg(Color::Red).add_modifier(Modifier::CROSSED_OUT),
            hit: plain.fg(Color::Black).bg(Color::Yellow),
            hit_current: plain.fg(Color::Black).bg(Color::Green),
            evidence: plain.fg(Color::Black).bg(Color::Cyan),
            contradiction: plain.fg(Color::Black).bg(Color::Red),
            selection: reversed,
            status: plain,
            error: plain.fg(Color::Red),
            text: plain,
        }
    }

    /// The theme of `NO_COLOR`: attributes alone.
    pub fn plain() -> Self {
        let plain = Style::new();
        let dim = plain.add_modifier(Modifier::DIM);
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        Self {
            read: dim,
            done: dim,
            dim,
            cursor: reversed,
            cursor_idle: plain.add_modifier(Modifier::UNDERLINED),
            bookmark: bold,
            unread_mark: bold,
            heading: bold,
            quote: dim,
            code: plain,
            line: dim,
            key: dim,
            added: bold.add_modifier(Modifier::UNDERLINED),
            removed: dim.add_modifier(Modifier::CROSSED_OUT),
            hint: reversed.add_modifier(Modifier::BOLD),
            hit: reversed,
            hit_current: reversed.add_modifier(Modifier::BOLD),
            evidence: reversed,
            contradiction: reversed.add_modifier(Modifier::BOLD),
            error: bold,
            ..Self::colours()
        }
    }
}
