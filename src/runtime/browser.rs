//! The person's browser: `$BROWSER`, else what the system opens addresses with. Over SSH there is none on this side, so
//! the address is for copying. No shell is asked, so that nothing in an address is anything but an address.

use std::process::{Command, Stdio};

use crate::article::is_followed;

/// What to do with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Start these programs in turn until one starts; each with its arguments.
    Start(Vec<Vec<String>>),
    /// Nothing: the browser needs the terminal, which the reader has.
    NeedsTerminal,
    /// Nothing: the browser is on the other side.
    Remote,
}

/// Browsers that need the terminal.
const TEXT: &[&str] = &["w3m", "lynx", "links", "links2", "elinks", "browsh", "chawan", "cha", "www-browser"];

/// How `address` is opened with these variables; `get` reads one of the environment.
pub(super) fn way(address: &str, get: &dyn Fn(&str) -> Option<String>) -> Way {
    let set = |name: &str| get(name).filter(|value| !value.trim().is_empty());
    if let Some(browsers) = set("BROWSER") {
        // Several are parted by colons; `%s` is the address (as in Debian's sensible-browser).
        let mut commands: Vec<Vec<String>> =
            browsers.split(':').map(|command| with_address(command, address)).collect();
        let is_text = |command: &Vec<String>| {
            let name = command.first().and_then(|program| program.rsplit('/').next());
            name.is_none_or(|name| TEXT.contains(&name))
        };
        commands.retain(|command| !is_text(command));
        return if commands.is_empty() { Way::NeedsTerminal } else { Way::Start(commands) };
    }
    if set("SSH_CONNECTION").is_some() || set("SSH_TTY").is_some() {
        return Way::Remote;
    }
    let openers: &[&str] = if cfg!(target_os = "macos") { &["open"] } else { &["xdg-open", "wslview"] };
    Way::Start(openers.iter().map(|opener| vec![(*opener).to_owned(), address.to_owned()]).collect())
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

/// Starts the first of these programs that starts, without the terminal. Whether one did.
pub(super) fn start(commands: &[Vec<String>], address: &str) -> bool {
    is_followed(address)
        && commands.iter().any(|words| {
            let Some((program, arguments)) = words.split_first() else { return false };
            let started = Command::new(program)
                .args(arguments)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
            match started {
                Ok(mut child) => {
                    // Waited for, so that it does not stay behind as a zombie.
                    std::thread::spawn(move || child.wait());
                    true
                }
                Err(_) => false,
            }
        })
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

    #[test]
    fn the_persons_browser_comes_first_and_ssh_copies() {
        let address = "https://a.example/?q=$(x)";
        check(&[("BROWSER", "firefox")], &Way::Start(vec![words(&format!("firefox {address}"))]));
        check(
            &[("BROWSER", "one --new %s:two"), ("SSH_TTY", "/dev/pts/1")],
            &Way::Start(vec![words(&format!("one --new {address}")), words(&format!("two {address}"))]),
        );
        check(&[("BROWSER", "/usr/bin/w3m")], &Way::NeedsTerminal);
        check(&[("SSH_CONNECTION", "1 2 3 4")], &Way::Remote);
        check(&[("BROWSER", " "), ("SSH_TTY", "x")], &Way::Remote);
        assert!(matches!(way(address, &|_| None), Way::Start(_)));
    }

    #[test]
    fn what_may_not_be_followed_starts_nothing() {
        assert!(!start(&[words("true file:///etc/passwd")], "file:///etc/passwd"));
        assert!(start(&[words("no-such-program-here x"), words("true x")], "https://a.example/"));
        assert!(!start(&[words("no-such-program-here x")], "https://a.example/"));
    }
}
