//! What newsboat keeps, read: its cache database (articles, read marks, flags), its list of feeds and the rules of its
//! configuration that have a counterpart here. Nothing of it is changed. After newsboat's own documentation, chapters
//! *Configuring urls*, *ignore-article* and *Files*.

mod cache;
mod rules;
mod urls;

use std::path::{Path, PathBuf};

use super::IngestError;
use crate::article::Subscription;

pub use cache::{NewsboatMark, newsboat_marks, read_newsboat};
pub use rules::NewsboatRule;

/// Where newsboat keeps what is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newsboat {
    /// Its articles: `cache.db`.
    pub cache: PathBuf,
    /// Its feeds: `urls`.
    pub urls: PathBuf,
    /// Its configuration: `config`.
    pub config: PathBuf,
}

/// Feeds and rules, and what of them has no counterpart here, a sentence each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsboatSettings {
    /// The feeds.
    pub feeds: Vec<Subscription>,
    /// What was not to be shown.
    pub rules: Vec<NewsboatRule>,
    /// What is left behind.
    pub left: Vec<String>,
}

impl Newsboat {
    /// The files in `folder`; without one, where newsboat keeps them: the XDG folders where it has a configuration there,
    /// else `~/.newsboat`. `get` reads a variable of the environment.
    ///
    /// # Errors
    /// [`IngestError::Missing`] where there is no cache and no list of feeds.
    pub fn find(folder: Option<&Path>, get: &dyn Fn(&str) -> Option<String>) -> Result<Self, IngestError> {
        let found = match folder {
            Some(folder) => Self::inside(folder, folder),
            None => {
                let home = PathBuf::from(get("HOME").unwrap_or_default());
                let folder = |name: &str, usual: &str| match get(name).filter(|path| !path.is_empty()) {
                    Some(path) => PathBuf::from(path).join("newsboat"),
                    None => home.join(usual).join("newsboat"),
                };
                let (config, data) =
                    (folder("XDG_CONFIG_HOME", ".config"), folder("XDG_DATA_HOME", ".local/share"));
                let old = home.join(".newsboat");
                if config.is_dir() { Self::inside(&config, &data) } else { Self::inside(&old, &old) }
            }
        };
        if found.cache.is_file() || found.urls.is_file() {
            return Ok(found);
        }
        Err(IngestError::Missing { path: found.cache.display().to_string() })
    }

    fn inside(config: &Path, data: &Path) -> Self {
        Self { cache: data.join("cache.db"), urls: config.join("urls"), config: config.join("config") }
    }

    /// Feeds and rules. A file that is not there has none.
    ///
    /// # Errors
    /// Where a file that is there cannot be read.
    pub fn settings(&self) -> Result<NewsboatSettings, IngestError> {
        let mut settings = NewsboatSettings::default();
        if let Some(text) = read(&self.urls)? {
            urls::parse(&text, &mut settings);
        }
        if let Some(text) = read(&self.config)? {
            rules::parse(&text, &mut settings);
        }
        Ok(settings)
    }
}

/// The text of a file; `None` where there is none.
fn read(path: &Path) -> Result<Option<String>, IngestError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IngestError::Unreadable {
            path: path.display().to_string(),
            reason: error.to_string().split(" (os error").next().unwrap_or_default().to_owned(),
        }),
    }
}

/// The words of a line: parted by white space; quotation marks hold words together, in which `\"` and `\\` stand for what
/// follows. What follows an unquoted `#` is a remark.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => {}
            '#' => break,
            '"' => {
                let mut word = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => word.extend(chars.next()),
                        c => word.push(c),
                    }
                }
                words.push(word);
            }
            c => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
                    word.push(c);
                }
                words.push(word);
            }
        }
    }
    words
}

/// Feeds and rules of two texts, for tests that feed it anything.
#[doc(hidden)]
pub fn newsboat_texts(urls: &str, config: &str) -> NewsboatSettings {
    let mut settings = NewsboatSettings::default();
    urls::parse(urls, &mut settings);
    rules::parse(config, &mut settings);
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_as_newsboat_parts_them() {
        assert_eq!(words(r#"a "b c" "d\"e\\" # x"#), ["a", "b c", "d\"e\\"]);
        assert_eq!(words("  # all a remark"), [""; 0]);
        assert_eq!(words("https://a.example/#top"), ["https://a.example/#top"]);
        assert_eq!(words("\"never ends"), ["never ends"]);
    }

    #[test]
    fn feeds_rules_and_what_is_left_behind_are_told_apart() {
        let urls = "# mine\nhttps://a.example/feed news \"~Coast News\" \"!\"\nhttps://b.example/rss\n\
                    \"query:Unread:unread = \\\"yes\\\"\"\nexec:script.sh\n";
        let config = "auto-reload yes\nignore-article \"*\" \"title =~ \\\"horoscope\\\"\"\n\
                      ignore-article \"https://a.example/feed\" \"author = \\\"x\\\"\"\n";
        let settings = newsboat_texts(urls, config);
        let feeds: Vec<_> = settings.feeds.iter().map(|feed| feed.address.as_str()).collect();
        assert_eq!(feeds, ["https://a.example/feed", "https://b.example/rss"]);
        assert_eq!(settings.feeds[0].settings.name.as_deref(), Some("Coast News"));
        assert_eq!(settings.feeds[0].settings.folder, ["news"]);
        assert_eq!(settings.rules, [NewsboatRule::Title("horoscope".to_owned())]);
        assert_eq!(settings.left.len(), 3, "{:?}", settings.left);
    }
}
