//! Two processes that fetch at once: no feed is asked for twice, and who dies is replaced at once.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};

use crate::server::{Answer, Asked, Server, feed};
use crate::support::{error, items, khabar, lines, out, rss};

/// Begins `khabar fetch`.
fn fetching(home: &std::path::Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khabar"));
    for proxy in ["http_proxy", "all_proxy", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    command.arg("fetch").env("KHABAR_HOME", home).env_remove("TERM").stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until a child has said something on standard error, and returns its first line.
fn first_word(child: &mut Child) -> String {
    use std::io::{BufRead, BufReader};
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    line
}

/// Something that is waited for.
#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.changed.notify_all();
    }

    fn wait(&self) {
        let open = self.open.lock().unwrap();
        drop(self.changed.wait_while(open, |open| !*open).unwrap());
    }
}

#[test]
fn two_that_fetch_at_once_ask_for_each_feed_once() {
    let home = tempfile::tempdir().unwrap();
    let (asked, go) = (Arc::new(Gate::default()), Arc::new(Gate::default()));
    let (own_asked, own_go) = (Arc::clone(&asked), Arc::clone(&go));
    let server = Server::start(move |request: &Asked| {
        if request.path == "/slow" {
            own_asked.open();
            own_go.wait();
        }
        feed(rss(&items(request.path.trim_start_matches('/'), 3)))
    });
    let paths = ["/a", "/b", "/slow"];
    let list = home.path().join("list.opml");
    let outlines: String =
        paths.iter().map(|path| format!("<outline xmlUrl='{}'/>", server.url(path))).collect();
    std::fs::write(&list, format!("<opml><body>{outlines}</body></opml>")).unwrap();
    assert!(khabar(home.path(), &["import", list.to_str().unwrap()]).status.success());

    let one = fetching(home.path());
    asked.wait();
    let mut other = fetching(home.path());
    let said = first_word(&mut other);
    assert!(said.contains("another khabar is fetching: this one waits"), "{said}");
    go.open();
    let (one, other) = (one.wait_with_output().unwrap(), other.wait_with_output().unwrap());
    assert!(one.status.success() && other.status.success(), "{}", error(&one));
    assert!(out(&one).starts_with("3 feeds: 9 new"), "{}", out(&one));
    assert!(out(&other).contains("3 fetched by another khabar meanwhile"), "{}", out(&other));
    for path in paths {
        assert_eq!(server.times(path), 1, "{path}");
    }
    // Asked for again afterwards, they are fetched again.
    assert!(khabar(home.path(), &["fetch"]).status.success());
    assert_eq!(server.times("/a"), 2);
}

#[test]
fn what_a_dead_one_left_is_fetched_at_once() {
    let home = tempfile::tempdir().unwrap();
    let asked = Arc::new(Gate::default());
    let own = Arc::clone(&asked);
    let first = Mutex::new(true);
    let server = Server::start(move |_: &Asked| {
        if std::mem::take(&mut *first.lock().unwrap()) {
            own.open();
            return Answer::Hang(b"HTTP/1.1 200 OK\r\n".to_vec());
        }
        feed(rss(&items("a", 3)))
    });
    let list = home.path().join("list.opml");
    std::fs::write(&list, format!("<opml><outline xmlUrl='{}'/></opml>", server.url("/a"))).unwrap();
    assert!(khabar(home.path(), &["import", list.to_str().unwrap()]).status.success());
    let mut one = fetching(home.path());
    asked.wait();
    let mut other = fetching(home.path());
    assert!(first_word(&mut other).contains("waits"));
    one.kill().unwrap();
    one.wait().unwrap();
    let other = other.wait_with_output().unwrap();
    assert!(out(&other).starts_with("1 feeds: 3 new"), "{}", out(&other));
    assert_eq!((server.times("/a"), lines(&khabar(home.path(), &["list", "--json"])).len()), (2, 3));
}
