//! Where the program keeps its things: the XDG folders (`directories`), or all under `KHABAR_HOME`.

use std::path::{Path, PathBuf};

/// The program's folders. None of them is made here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The configuration file.
    pub config: PathBuf,
    /// The person's library.
    pub library: PathBuf,
    /// The folder of temporary libraries.
    pub temporary: PathBuf,
    /// What is remembered of terminals.
    pub terminals: PathBuf,
    /// What was copied last, where the terminal takes no copies.
    pub copied: PathBuf,
}

/// There is no place to keep things.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathsError {
    /// No home folder, and no `KHABAR_HOME`.
    #[error(
        "looked for a home folder to keep the library in and found none; set KHABAR_HOME to a folder of your own"
    )]
    NoHome,
}

impl Paths {
    /// The folders for the value of `KHABAR_HOME`, if it is set and not empty; else the XDG folders.
    ///
    /// # Errors
    /// Where neither `KHABAR_HOME` nor a home folder is known.
    pub fn find(khabar_home: Option<&Path>) -> Result<Self, PathsError> {
        if let Some(home) = khabar_home.filter(|home| !home.as_os_str().is_empty()) {
            return Ok(Self {
                config: home.join("config").join("config.toml"),
                library: home.join("data").join("library.db"),
                temporary: home.join("state").join("temporary"),
                terminals: home.join("state").join("terminals.toml"),
                copied: home.join("state").join("copied.txt"),
            });
        }
        let project = directories::ProjectDirs::from("", "", "khabar").ok_or(PathsError::NoHome)?;
        // macOS has no state folder of its own: the data folder serves.
        let state = project.state_dir().unwrap_or_else(|| project.data_dir());
        Ok(Self {
            config: project.config_dir().join("config.toml"),
            library: project.data_dir().join("library.db"),
            temporary: state.join("temporary"),
            terminals: state.join("terminals.toml"),
            copied: state.join("copied.txt"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn khabar_home_moves_everything() {
        let paths = Paths::find(Some(Path::new("/portable"))).unwrap();
        for path in [paths.config, paths.library, paths.temporary, paths.terminals, paths.copied] {
            assert!(path.starts_with("/portable"), "{}", path.display());
        }
    }
}
