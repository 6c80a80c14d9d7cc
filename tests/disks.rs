//! Disks and libraries that fail: full, read-only, held by another program, damaged. Each gives one sentence with a way out,
//! in commands and in the reader; what was acknowledged is there afterwards, and `khabar doctor --repair` keeps what can be
//! read. Real file systems are made where that needs no rights (`unshare`); else the test says that it skips them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod support;

use std::fs::{self, OpenOptions, Permissions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rusqlite::Connection;
use support::{Answers, Pty};

const PROGRAM: &str = env!("CARGO_BIN_EXE_khabar");

/// A line of shell before the program: no file may grow beyond 32 kilobytes, which a write is told by an error.
const LIMITED: &str = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"";

fn library(home: &Path) -> PathBuf {
    home.join("data/library.db")
}

/// A home with the sample articles.
fn filled() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("config")).unwrap();
    fs::write(home.path().join("config/config.toml"), "[ui]\ndirection = \"ltr\"\n").unwrap();
    let imported = khabar(home.path(), &["import", "sample-data"]);
    assert!(imported.status.success(), "{imported:?}");
    home
}

fn start(mut command: Command, home: &Path) -> Child {
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("KHABAR_HOME", home)
        .env_remove("TERM")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn spawn(home: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(arguments);
    start(command, home)
}

fn khabar(home: &Path, arguments: &[&str]) -> Output {
    spawn(home, arguments).wait_with_output().unwrap()
}

/// A line of shell, in which `$0` is the program and `$@` are its arguments.
fn shell(home: &Path, line: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", line, PROGRAM]).args(arguments);
    start(command, home).wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Expects failure with one sentence that says what failed and what to do.
fn assert_sentence(output: &Output, failed: &str, way_out: &str) {
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains(failed) && error.contains(way_out), "{error}");
}

/// All that a person sees of the library: each article with its marks.
fn all(home: &Path) -> String {
    let listed = khabar(home, &["list", "in:all", "--json"]);
    assert!(listed.status.success(), "{listed:?}");
    out(&listed)
}

/// Starts the reader, which cannot open the library: it says so and leaves the terminal as it was.
fn reader_refuses(home: &Path, failed: &str) {
    let mut pty = Pty::spawn(home, &[], 80, 24, Answers::Xterm);
    assert_eq!(pty.wait_exit(), 1);
    assert!(pty.raw().contains(failed), "{}", pty.raw());
    assert!(!pty.is_alternate());
}

/// Waits for a sentence that may go over several rows.
fn wait_sentence(pty: &mut Pty, text: &str) {
    pty.wait_for(text, |screen| {
        let words: Vec<&str> = screen.split_whitespace().collect();
        words.join(" ").contains(text)
    });
}

/// Overwrites so many bytes of a file.
fn overwrite(path: &Path, at: u64, many: usize) {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&vec![0x5A; many]).unwrap();
}

#[test]
fn a_disk_that_takes_no_more_loses_nothing() {
    let home = filled();
    assert!(khabar(home.path(), &["done", "1"]).status.success());
    let before = all(home.path());
    let note = "الكويت ".repeat(1000);
    for arguments in [
        ["import", "seeds", "ARCHITECTURE.md", "CHANGELOG.md"].as_slice(),
        &["done", "--query", "in:inbox"],
        &["bookmark", "--query", "in:all", "--note", &note],
    ] {
        let refused = shell(home.path(), LIMITED, arguments);
        assert_sentence(&refused, "the disk took no more", "what was stored before is safe");
    }
    let listed = shell(home.path(), LIMITED, &["list", "in:all", "--json"]);
    assert_eq!(out(&listed), before, "it can still be read");

    let mut pty = Pty::shell(home.path(), LIMITED, 80, 24, Answers::Xterm);
    pty.wait_text("1/40");
    pty.send("VGd");
    wait_sentence(&mut pty, "the disk took no more");
    wait_sentence(&mut pty, "what was stored before is safe");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(all(home.path()), before);
    // With room again all goes on, and the change from before is still there to be undone.
    assert!(out(&khabar(home.path(), &["undo"])).starts_with("undone: done"));
    assert!(khabar(home.path(), &["done", "--query", "in:inbox"]).status.success());
}

#[test]
fn a_library_that_may_not_be_written_says_so() {
    if rustix::process::geteuid().is_root() {
        println!("skipped: root may write everywhere; a real read-only disk is tried by another test");
        return;
    }
    let home = filled();
    let before = all(home.path());
    let (file, folder) = (library(home.path()), home.path().join("data"));
    let allow = |file_mode, folder_mode| {
        fs::set_permissions(&file, Permissions::from_mode(file_mode)).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(folder_mode)).unwrap();
    };
    for (file_mode, folder_mode) in [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)] {
        allow(file_mode, folder_mode);
        for arguments in [["list"].as_slice(), &["done", "3"], &["import", "seeds"]] {
            let refused = khabar(home.path(), arguments);
            assert_sentence(&refused, "the library cannot be written", "make its file and folder writable");
        }
        reader_refuses(home.path(), "the library cannot be written");
    }
    allow(0o600, 0o700);
    assert_eq!(all(home.path()), before);
}

/// Whether a person without rights can mount a file system of their own here.
fn can_mount(at: &Path) -> bool {
    let mount = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none"]).arg(at).output();
    let can = mount.is_ok_and(|done| done.status.success());
    if !can {
        println!("skipped: `unshare -rm mount` does not make a file system here");
    }
    can
}

/// A line of shell with a small disk of its own at `KHABAR_HOME`, gone when it ends.
fn on_a_small_disk(line: &str) -> String {
    let mounted = format!(r#"mount -t tmpfs -o size=6m none "$KHABAR_HOME" || exit 9; {line}"#);
    format!("exec unshare -rm sh -c '{mounted}' \"$0\"")
}

#[test]
fn a_full_and_a_read_only_disk_are_told_as_such() {
    let home = tempfile::tempdir().unwrap();
    if !can_mount(home.path()) {
        return;
    }
    let line = on_a_small_disk(
        r#"say() { echo "== $*"; "$0" "$@" 2>&1; echo "code $?"; }
        say import sample-data; say done 1
        head -c 9m /dev/zero >"$KHABAR_HOME/fill" 2>/dev/null
        say list is:done; say done 3; say import seeds; say doctor
        rm "$KHABAR_HOME/fill"; say list is:done; say done 3
        mount -o remount,ro none "$KHABAR_HOME"
        say list is:done; say done 4; say import seeds; say backup "$KHABAR_HOME/copy"
        mount -o remount,rw none "$KHABAR_HOME"; say list is:done"#,
    );
    let done = shell(home.path(), &line, &[]);
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = out(&done);
    let parts: Vec<Vec<&str>> = said.split("== ").skip(1).map(|part| part.lines().collect()).collect();
    let check = |at: usize, code: &str, part: &str| {
        let lines = &parts[at];
        assert_eq!(lines.last(), Some(&code), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains(part)), "{lines:?}");
        assert_eq!(
            lines.iter().filter(|line| line.starts_with("khabar: ")).count(),
            usize::from(code != "code 0")
        );
    };
    let full = "the disk is full: free some space and try again; what was stored before is safe";
    check(1, "code 0", "done:");
    for at in [2, 3, 4] {
        check(at, "code 1", full);
    }
    assert!(parts[5].iter().any(|line| line.contains(full)), "{:?}", parts[5]);
    assert_eq!(parts[6].len(), 3, "what was acknowledged is there: {:?}", parts[6]);
    check(7, "code 0", "done:");
    for at in [8, 9, 10, 11] {
        check(at, "code 1", "the library cannot be written: make its file and folder writable");
    }
    assert_eq!(parts[12].len(), 4, "{:?}", parts[12]);
}

#[test]
fn a_disk_that_becomes_full_under_the_reader_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    if !can_mount(home.path()) {
        return;
    }
    let line = on_a_small_disk(
        r#""$0" import sample-data >/dev/null; "$0"; echo "code $?"; "$0" list is:bookmarked --json; echo END"#,
    );
    let mut pty = Pty::shell(home.path(), &line, 80, 24, Answers::Xterm);
    pty.wait_text("1/41");
    pty.send("b");
    pty.wait_text("bookmarked · u undoes");
    // The person fills the disk from within the reader, and frees it again.
    pty.send("\r|head -c 9m /dev/zero >$KHABAR_HOME/fill 2>/dev/null; true\r");
    pty.wait_text("Enter goes back");
    pty.send("\r");
    // The place in the article cannot be kept: that is told once.
    wait_sentence(&mut pty, "the disk is full: free some space and try again");
    pty.send("j");
    pty.wait_text("Space page");
    pty.send("b");
    wait_sentence(&mut pty, "the disk is full: free some space and try again");
    pty.send("|rm $KHABAR_HOME/fill\r");
    pty.wait_text("Enter goes back");
    pty.send("\r");
    pty.wait_text("Space page");
    pty.send("b");
    pty.wait_text("bookmarked · u undoes");
    pty.send("q");
    pty.wait_text("Enter open");
    pty.send("q");
    pty.wait_raw("END");
    let raw = pty.raw();
    assert!(raw.contains("code 0"), "{raw}");
    assert_eq!(raw.matches("\"id\":").count(), 2, "both bookmarks that were said to be made");
}

#[test]
fn a_library_that_another_program_holds_is_told_as_busy() {
    let home = filled();
    let before = all(home.path());
    let busy = ("another program is busy with the library", "try again in a moment");
    {
        let other = Connection::open(library(home.path())).unwrap();
        other
            .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM session;")
            .unwrap();
        // Each waits a while for the other; they do so side by side.
        let mut pty = Pty::spawn(home.path(), &[], 80, 24, Answers::Xterm);
        let asked = [["list"].as_slice(), &["done", "3"], &["import", "seeds"]];
        let waiting: Vec<Child> = asked.iter().map(|arguments| spawn(home.path(), arguments)).collect();
        for child in waiting {
            assert_sentence(&child.wait_with_output().unwrap(), busy.0, busy.1);
        }
        assert_eq!(pty.wait_exit(), 1);
        assert!(pty.raw().contains(busy.0), "{}", pty.raw());
    }
    assert_eq!(all(home.path()), before);
    // One that only writes keeps nobody from reading.
    let other = Connection::open(library(home.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut pty = Pty::spawn(home.path(), &[], 80, 24, Answers::Xterm);
    pty.wait_text("1/41");
    pty.send("d");
    assert_eq!(all(home.path()), before);
    wait_sentence(&mut pty, busy.0);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(all(home.path()), before, "what was said to have failed is not done");
    pty.send("ggd");
    pty.wait_text("done · u undoes");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(out(&khabar(home.path(), &["list", "is:done"])).lines().count(), 1);
}

#[test]
fn a_library_whose_head_is_damaged_is_saved_whole() {
    let home = filled();
    assert!(
        khabar(home.path(), &["bookmark", "3", "--note", "اتصل", "--due", "2027-01-01"]).status.success()
    );
    let before = all(home.path());
    overwrite(&library(home.path()), 0, 100);
    let damaged = ("the library is damaged", "`khabar doctor --repair` saves what can be read");
    for arguments in [["list"].as_slice(), &["done", "3"], &["import", "seeds"]] {
        assert_sentence(&khabar(home.path(), arguments), damaged.0, damaged.1);
    }
    reader_refuses(home.path(), damaged.1);
    let repaired = khabar(home.path(), &["doctor", "--repair"]);
    assert!(
        out(&repaired).starts_with("41 articles were saved with their marks, 0 of them without"),
        "{repaired:?}"
    );
    assert_eq!(all(home.path()), before);
    assert!(out(&khabar(home.path(), &["doctor", "--repair"])).contains("the library is sound"));
    let mut left: Vec<String> = fs::read_dir(home.path().join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.retain(|name| name.contains("repaired") || name.contains("salvaged"));
    assert_eq!(left, Vec::<String>::new(), "nothing is left of the work");
}

#[test]
fn a_page_that_is_damaged_under_the_reader_costs_its_articles_alone() {
    let home = filled();
    let before = all(home.path());
    let path = library(home.path());
    let root: u64 = {
        let own = Connection::open(&path).unwrap();
        let root = own.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'content'", [], |row| {
            row.get::<_, i64>(0)
        });
        own.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        root.unwrap().try_into().unwrap()
    };
    overwrite(&path, (root - 1) * 8192, 8192);
    let mut pty = Pty::spawn(home.path(), &[], 80, 24, Answers::Xterm);
    pty.wait_text("1/41");
    pty.send("\r");
    wait_sentence(&mut pty, "`khabar doctor --repair` saves what can be read of it");
    // The list is there, and what is decided in it is kept.
    pty.send("jd");
    pty.wait_text("done · u undoes");
    // While the reader has it open its file must not be taken away.
    let refused = khabar(home.path(), &["doctor", "--repair"]);
    assert_sentence(&refused, "another program is busy with the library", "end that program");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let repaired = khabar(home.path(), &["doctor", "--repair"]);
    assert!(
        out(&repaired).starts_with("41 articles were saved with their marks, 0 of them without"),
        "{repaired:?}"
    );
    assert_eq!(all(home.path()).lines().count(), before.lines().count());
    assert_eq!(out(&khabar(home.path(), &["list", "is:done"])).lines().count(), 1);
    let shown = khabar(home.path(), &["show", "1"]);
    assert!(shown.status.success() && !shown.stdout.is_empty(), "its text was made again: {shown:?}");
}
