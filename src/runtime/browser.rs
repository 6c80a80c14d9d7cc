//! The person's browser: `$BROWSER`, else what the system opens addresses with. Over SSH there is none on this side, so
//! the address is for copying. No shell is asked, so that nothing in an address is anything but an address.

use std::process::{Command, Stdio};

use crate::article::is_followed;

/// What to do with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Start these programs in turn until one starts.
    Start(Vec<Browser>),
    /// Nothing: the browser is on the other side.
    Remote,
}

/// A program that opens addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Browser {
    /// Its name and its arguments, the address among them.
    pub words: Vec<String>,
    /// Whether it is read in the terminal, which it has meanwhile.
    pub in_terminal: bool,
}

/// Browsers that are read in the terminal.
const TEXT: &[&str] = &["w3m", "lynx", "links", "links2", "elinks", "browsh", "chawan", "cha", "www-browser"];

/// How `address` is opened with these variables; `get` reads one of the environment.
pub(super) fn way(address: &str, get: &dyn Fn(&str) -> Option<String>) -> Way {
    let set = |name: &str| get(name).filter(|value| !value.trim().is_empty());
    if let Some(browsers) = set("BROWSER") {
        // Several are parted by colons; `%s` is the address (as in Debian's sensible-browser).
        let browsers = browsers.split(':').map(|command| Browser::of(with_address(command, address)));
        return Way::Start(browsers.filter(|browser| !browser.words.is_empty()).collect());
    }
    if set("SSH_CONNECTION").is_some() || set("SSH_TTY").is_some() {
        return Way::Remote;
    }
    let openers: &[&str] = if cfg!(target_os = "macos") { &["open"] } else { &["xdg-open", "wslview"] };
    Way::Start(
        openers.iter().map(|opener| Browser::of(vec![(*opener).to_owned(), address.to_owned()])).collect(),
    )
}

/// The words of a command with the address in it.
fn with_address(command: &str, address: &str) -> Vec<String> {
    let mut words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    let mut put = false;
    for word in &mut words {
        if word.contains("%s") {
            *word = word.replace("%s", address);
            put = true;
        }
    }
    if !put && !words.is_empty() {
        words.push(address.to_owned());
    }
    words
}

impl Browser {
    fn of(words: Vec<String>) -> Self {
        let name = words.first().and_then(|program| program.rsplit('/').next());
        Self { in_terminal: name.is_some_and(|name| TEXT.contains(&name)), words }
    }

    /// Starts it without the terminal. Whether it started.
    pub(super) fn start(&self, address: &str) -> bool {
        let Some(mut command) = self.command(address) else { return false };
        match command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() {
            Ok(mut child) => {
                // Waited for, so that it does not stay behind as a zombie.
                std::thread::spawn(move || child.wait());
                true
            }
            Err(_) => false,
        }
    }

    /// Runs it in the terminal until the person leaves it. Whether it started.
    pub(super) fn run(&self, address: &str) -> bool {
        self.command(address).is_some_and(|mut command| command.status().is_ok())
    }

    fn command(&self, address: &str) -> Option<Command> {
        let (program, arguments) = self.words.split_first().filter(|_| is_followed(address))?;
        let mut command = Command::new(program);
        command.args(arguments);
        Some(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(variables: &[(&str, &str)], expect: &Way) {
        let get =
            |name: &str| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(way("https://a.example/?q=$(x)", &get), *expect, "{variables:?}");
    }

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn start(browsers: &[(&str, bool)]) -> Way {
        let browser =
            |(text, in_terminal): &(&str, bool)| Browser { words: words(text), in_terminal: *in_terminal };
        Way::Start(browsers.iter().map(browser).collect())
    }

    #[test]
    fn the_persons_browser_comes_first_and_ssh_copies() {
        let address = "https://a.example/?q=$(x)";
        check(&[("BROWSER", "firefox")], &start(&[(&format!("firefox {address}"), false)]));
        check(
            &[("BROWSER", "one --new %s:two"), ("SSH_TTY", "/dev/pts/1")],
            &start(&[(&format!("one --new {address}"), false), (&format!("two {address}"), false)]),
        );
        check(
            &[("BROWSER", "/usr/bin/w3m:lynx"), ("SSH_TTY", "/dev/pts/1")],
            &start(&[(&format!("/usr/bin/w3m {address}"), true), (&format!("lynx {address}"), true)]),
        );
        check(&[("SSH_CONNECTION", "1 2 3 4")], &Way::Remote);
        check(&[("BROWSER", " "), ("SSH_TTY", "x")], &Way::Remote);
        assert!(matches!(way(address, &|_| None), Way::Start(_)));
    }

    #[test]
    fn what_may_not_be_followed_starts_nothing() {
        let browser = |text: &str| Browser { words: words(text), in_terminal: false };
        for starts in [Browser::start, Browser::run] {
            assert!(!starts(&browser("true file:///etc/passwd"), "file:///etc/passwd"));
            assert!(!starts(&browser("no-such-program-here x"), "https://a.example/"));
            assert!(starts(&browser("true x"), "https://a.example/"));
        }
    }
}
