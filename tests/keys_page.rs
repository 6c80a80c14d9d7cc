//! The page of keys is made from the table of actions; this keeps it so. `UPDATE_DOCS=1` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use khabar::app::action::{Group, On};
use khabar::app::actions::ACTIONS;
use khabar::app::keymap::Keymap;

/// The page, in Markdown.
fn page() -> String {
    let keymap = Keymap::default();
    let mut page = String::from(
        "# Keys\n\nMade from the table of actions (`src/app/actions.rs`); a test keeps it so. The same physical keys work on Arabic and\n\
         Persian keyboards. A count goes before a key (`5j`, `3d`), in digits of any script. `[keys.map]` of the configuration\n\
         gives an action other keys by its name: `done = [\"d\", \"<F5>\"]`.\n",
    );
    for group in Group::ALL {
        page.push_str(&format!(
            "\n## {}\n\n| keys | name | Arabic name | does | where |\n|---|---|---|---|---|\n",
            group.title()
        ));
        for info in ACTIONS.iter().filter(|info| info.group == group) {
            let keys: Vec<String> = keymap.keys_of(info.action).iter().map(|keys| code(keys)).collect();
            let (name, arabic, help) = (info.name, info.arabic, info.help);
            page.push_str(&format!(
                "| {} | {name} | {arabic} | {help} | {} |\n",
                keys.join(" "),
                places(info.on)
            ));
        }
    }
    page
}

/// Keys as a code span of a table's cell: one with a backtick stands in two (CommonMark 6.1).
fn code(keys: &str) -> String {
    let keys = keys.replace('|', "\\|");
    if keys.contains('`') { format!("`` {keys} ``") } else { format!("`{keys}`") }
}

/// The screens that an action is for, in words.
fn places(on: On) -> String {
    if on == On::EVERY {
        return "everywhere".to_owned();
    }
    let names = [
        (On::LIST, "list"),
        (On::READER, "reader"),
        (On::FACTS, "facts"),
        (On::BOARD, "Board"),
        (On::PLACES, "sources, tags"),
    ];
    let own: Vec<&str> = names.iter().filter(|(place, _)| place.meets(on)).map(|(_, name)| *name).collect();
    own.join(", ")
}

#[test]
fn the_page_of_keys_is_not_stale() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page(), "docs/keys.md is stale: write it anew with UPDATE_DOCS=1");
}
