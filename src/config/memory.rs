//! What the program remembers of terminals: what a person said in the doctor of each (by its answers, no host),
//! the last verdict for an environment, the keyboard's layout. A file of the state folder, written by the program alone;
//! `config.toml` is the person's and stands above it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::{Layout, Preference, Strategy};

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// What was said of terminals, by their answers.
    pub preferred: BTreeMap<String, Preference>,
    /// The last verdict, by environment.
    pub last: BTreeMap<String, Strategy>,
    /// The keyboard's layout.
    pub layout: Option<Layout>,
}

/// The file: names, so that one of an older or newer program does not spoil the rest.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct File {
    layout: Option<String>,
    last: BTreeMap<String, String>,
    terminal: BTreeMap<String, Said>,
}

/// What was said of a terminal.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    arabic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    harakat: Option<bool>,
    letters: bool,
}

impl Memory {
    /// Reads it; nothing is remembered where there is no such file, or where it is damaged.
    pub fn load(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let file: File = toml::from_str(&text).unwrap_or_default();
        let known = |name: String| Strategy::from_name(&name);
        let said = |said: Said| Preference {
            strategy: said.arabic.and_then(known),
            letters: said.letters,
            marks: said.harakat,
        };
        Self {
            preferred: file.terminal.into_iter().map(|(key, own)| (key, said(own))).collect(),
            last: file.last.into_iter().filter_map(|(key, name)| Some((key, known(name)?))).collect(),
            layout: file.layout.and_then(|name| Layout::from_name(&name)),
        }
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// Where the folder or the file cannot be written.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let name = |strategy: Strategy| strategy.name().to_owned();
        let said = |own: &Preference| Said {
            arabic: own.strategy.map(name),
            harakat: own.marks,
            letters: own.letters,
        };
        let file = File {
            layout: self.layout.map(|layout| layout.name().to_owned()),
            last: self.last.iter().map(|(key, strategy)| (key.clone(), name(*strategy))).collect(),
            terminal: self.preferred.iter().map(|(key, own)| (key.clone(), said(own))).collect(),
        };
        let text = toml::to_string(&file).map_err(std::io::Error::other)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let fresh = path.with_extension(format!("{}.new", std::process::id()));
        std::fs::write(&fresh, text)?;
        std::fs::rename(&fresh, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("terminals.toml");
        assert_eq!(Memory::load(&path), Memory::default());
        let memory = Memory {
            preferred: BTreeMap::from([
                (
                    "kitty(0.26.5) \"1;4000;26\"".to_owned(),
                    Preference { strategy: Some(Strategy::Reversed), ..Preference::default() },
                ),
                (
                    "- 0;1700;1 6".to_owned(),
                    Preference { letters: true, marks: Some(false), ..Preference::default() },
                ),
            ]),
            last: BTreeMap::from([("xterm-256color+ssh".to_owned(), Strategy::Explicit)]),
            layout: Some(Layout::Ir),
        };
        memory.save(&path).unwrap();
        assert_eq!(Memory::load(&path), memory);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no other file stays");
    }

    #[test]
    fn what_it_does_not_know_it_passes_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("terminals.toml");
        std::fs::write(&path, "layout = \"dvorak\"\n[terminal.a]\narabic = \"telepathy\"\nletters = true\n[last]\nb = \"lrm\"\n").unwrap();
        let memory = Memory::load(&path);
        assert_eq!(memory.last, BTreeMap::from([("b".to_owned(), Strategy::Lrm)]));
        assert_eq!(memory.preferred["a"], Preference { letters: true, ..Preference::default() });
        assert_eq!(memory.layout, None);
        std::fs::write(&path, b"\xff[[[").unwrap();
        assert_eq!(Memory::load(&path), Memory::default());
    }
}
