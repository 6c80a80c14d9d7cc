//! What the program remembers of terminals: the line that a person chose in the doctor for each (by its answers, no host),
//! the last verdict for an environment, the keyboard's layout. A file of the state folder, written by the program alone;
//! `config.toml` is the person's and stands above it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::{Layout, Strategy};

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// What was chosen, by the terminal's answers.
    pub chosen: BTreeMap<String, Strategy>,
    /// The last verdict, by environment.
    pub last: BTreeMap<String, Strategy>,
    /// The keyboard's layout.
    pub layout: Option<Layout>,
    /// Letters instead of presentation forms.
    pub letters: bool,
}

/// The file: names, so that one of an older or newer program does not spoil the rest.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct File {
    layout: Option<String>,
    letters: bool,
    chosen: BTreeMap<String, String>,
    last: BTreeMap<String, String>,
}

impl Memory {
    /// Reads it; nothing is remembered where there is no such file, or where it is damaged.
    pub fn load(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let file: File = toml::from_str(&text).unwrap_or_default();
        let known = |names: BTreeMap<String, String>| {
            names.into_iter().filter_map(|(key, name)| Some((key, Strategy::from_name(&name)?))).collect()
        };
        Self {
            chosen: known(file.chosen),
            last: known(file.last),
            layout: file.layout.and_then(|name| Layout::from_name(&name)),
            letters: file.letters,
        }
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// Where the folder or the file cannot be written.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let names = |map: &BTreeMap<String, Strategy>| {
            map.iter().map(|(key, strategy)| (key.clone(), strategy.name().to_owned())).collect()
        };
        let file = File {
            layout: self.layout.map(|layout| layout.name().to_owned()),
            letters: self.letters,
            chosen: names(&self.chosen),
            last: names(&self.last),
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
            chosen: BTreeMap::from([("kitty(0.26.5) \"1;4000;26\"".to_owned(), Strategy::Reversed)]),
            last: BTreeMap::from([("xterm-256color+ssh".to_owned(), Strategy::Explicit)]),
            layout: Some(Layout::Ir),
            letters: true,
        };
        memory.save(&path).unwrap();
        assert_eq!(Memory::load(&path), memory);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no other file stays");
    }

    #[test]
    fn what_it_does_not_know_it_passes_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("terminals.toml");
        std::fs::write(&path, "layout = \"dvorak\"\n[chosen]\na = \"telepathy\"\nb = \"lrm\"\n").unwrap();
        let memory = Memory::load(&path);
        assert_eq!(memory.chosen, BTreeMap::from([("b".to_owned(), Strategy::Lrm)]));
        assert_eq!(memory.layout, None);
        std::fs::write(&path, b"\xff[[[").unwrap();
        assert_eq!(Memory::load(&path), Memory::default());
    }
}
