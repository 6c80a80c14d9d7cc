//! The map of the rooms, kept: which room may name which, which crate stands in which room, how long a file may be.
//! A failure names file, line and room. ARCHITECTURE.md draws the same map for people.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// A room: its name, the rooms that it may name, the crates that it alone (with others listed so) may name.
struct Room {
    name: &'static str,
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room {
        name: "text",
        rooms: &[],
        crates: &[
            "unicode_bidi",
            "unicode_segmentation",
            "unicode_width",
            "unicode_normalization",
            "icu_segmenter",
            "icu_properties",
        ],
    },
    Room { name: "article", rooms: &["text"], crates: &[] },
    Room {
        name: "extract",
        rooms: &["article", "text"],
        crates: &[
            "scraper",
            "ego_tree",
            "html5ever",
            "pulldown_cmark",
            "chardetng",
            "encoding_rs",
            "icu_calendar",
            "similar",
            "serde_json",
        ],
    },
    Room { name: "layout", rooms: &["text", "article"], crates: &[] },
    Room { name: "query", rooms: &["text", "article"], crates: &["rust_stemmers"] },
    Room {
        name: "ingest",
        rooms: &["article", "extract", "text"],
        crates: &["quick_xml", "ureq", "flate2", "base64", "walkdir", "rusqlite", "sha2", "serde_json"],
    },
    Room {
        name: "store",
        rooms: &["article", "query", "text"],
        crates: &["rusqlite", "zstd", "sha2", "rustix", "serde", "serde_json"],
    },
    Room { name: "export", rooms: &["article", "text"], crates: &["serde", "serde_json", "csv", "base64"] },
    Room { name: "app", rooms: &["text", "article", "layout", "query"], crates: &["nucleo_matcher"] },
    Room { name: "frame", rooms: &["text"], crates: &["ratatui"] },
    Room { name: "ui", rooms: &["text", "article", "layout", "app", "frame", "query"], crates: &["ratatui"] },
    Room {
        name: "terminal",
        rooms: &["frame", "text", "app"],
        crates: &["ratatui", "crossterm", "vte", "rustix", "signal_hook", "base64"],
    },
    Room {
        name: "config",
        rooms: &["app", "article", "ingest", "query", "text"],
        crates: &["toml", "directories", "serde", "strsim"],
    },
    Room {
        name: "runtime",
        rooms: &[
            "text", "article", "extract", "layout", "query", "ingest", "store", "export", "app", "frame",
            "ui", "terminal", "config",
        ],
        crates: &["notify"],
    },
    Room {
        name: "cli",
        rooms: &[
            "text", "article", "extract", "layout", "query", "ingest", "store", "export", "app", "frame",
            "ui", "terminal", "config", "runtime",
        ],
        crates: &["clap", "clap_complete", "clap_mangen", "serde", "serde_json"],
    },
];

/// Crates that only the rooms that list them may name.
fn guarded() -> Vec<&'static str> {
    let mut names: Vec<_> = ROOMS.iter().flat_map(|room| room.crates.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn source_files() -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    files
}

/// The room of a file: the folder under `src`, or nothing for `lib.rs` and `main.rs`.
fn room_of(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let mut parts = inside.components();
    let first = parts.next()?.as_os_str().to_string_lossy().into_owned();
    parts.next().map(|_| first)
}

/// Whether `line` names the path `name::` or uses `name` in a `use` (as a whole word).
fn names(line: &str, name: &str) -> bool {
    let code = line.split("//").next().unwrap_or("");
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let free = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '.');
        free && (after.starts_with("::")
            || (code.trim_start().starts_with("use ") && after.starts_with([';', ' '])))
    })
}

/// The rooms that a line names through `crate::`.
fn rooms_named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or("");
            named
                .extend(group.split(',').map(|part| part.trim().split("::").next().unwrap_or("").to_owned()));
        } else {
            named.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    named
}

#[test]
fn rooms_name_only_the_rooms_below_them() {
    let mut broken = Vec::new();
    for path in source_files() {
        let Some(own) = room_of(&path) else { continue };
        let room = ROOMS
            .iter()
            .find(|room| room.name == own)
            .unwrap_or_else(|| panic!("{own} is no room of the map"));
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            for other in rooms_named(line) {
                let known = ROOMS.iter().any(|room| room.name == other);
                if known && other != own && !room.rooms.contains(&other.as_str()) {
                    broken.push(format!("{}:{}: {own} may not name {other}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_map_has_no_circle() {
    // The rooms stand in the map bottom up: each may name only rooms that stand before it.
    for (at, room) in ROOMS.iter().enumerate() {
        for other in room.rooms {
            let below = ROOMS.iter().take(at).any(|room| room.name == *other);
            assert!(below, "{} names {other}, which does not stand below it", room.name);
        }
    }
}

#[test]
fn crates_stand_only_in_their_rooms() {
    let mut broken = Vec::new();
    for path in source_files() {
        let own = room_of(&path).unwrap_or_default();
        let allowed = ROOMS.iter().find(|room| room.name == own).map_or(&[][..], |room| room.crates);
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            for name in guarded() {
                if names(line, name) && !allowed.contains(&name) {
                    broken.push(format!("{}:{}: {own} may not name {name}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_owns_and_stays_short() {
    let mut broken = Vec::new();
    for path in source_files() {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            broken.push(format!("{}:1: does not open with //!", path.display()));
        }
        let lines = text.lines().count();
        let most = if path.ends_with("src/main.rs") { 40 } else { 500 };
        if lines > most {
            broken.push(format!("{}:{lines}: longer than {most} lines", path.display()));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_map_for_people_names_every_room() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for room in ROOMS {
        assert!(
            map.contains(&format!("| `{}` |", room.name)),
            "ARCHITECTURE.md has no row for {}",
            room.name
        );
    }
}

#[test]
fn the_checks_themselves_see_what_they_look_for() {
    assert_eq!(rooms_named("use crate::{store::Store, ui};"), ["store", "ui"]);
    assert_eq!(rooms_named("let x = crate::text::width(s); // crate::ui"), ["text"]);
    assert!(names("use rusqlite::Connection;", "rusqlite"));
    assert!(names("let c = rusqlite::Connection::open(p);", "rusqlite"));
    assert!(!names("use my_rusqlite::Connection;", "rusqlite"));
    assert!(!names("// rusqlite::Connection", "rusqlite"));
}
