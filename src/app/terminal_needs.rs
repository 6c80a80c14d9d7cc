//! What the terminal at hand needs of the layout: declared by a strategy of `terminal`, obeyed by layout.

/// What the terminal at hand needs of the layout, or can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalNeeds {
    /// It draws harakat in their letter's cell; elsewhere they are hidden.
    pub marks_in_place: bool,
    /// The first column must hold no right-to-left text (PuTTY's base direction is found row by row).
    pub reserved_first_column: bool,
    /// One pane only, a row of it a row of the screen.
    pub single_pane: bool,
    /// Whether it reads UTF-8, where it has been measured.
    pub utf8: Option<bool>,
}
