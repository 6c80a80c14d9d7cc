//! A hundred and twenty feeds of one server: good ones, each fault, slow ones, dead ones. Fetching them ends, stores what is
//! good, and has a sentence for each fault.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::Mutex;

use serde_json::Value;

use crate::server::{Answer, Asked, Server, feed, status, with};
use crate::support::{brotli, configure, error, gzip, items, khabar, lines, rss};

/// A document of 64 MB that brotli makes 129 bytes of.
const BROTLI_BOMB: &str = "cfffff7f181c07762cb385926021be7fd4203c3e73124646ae445c60030e9cc288a741269061034e230b2de6098e3f892ae926bcf36b09ae78ff0ffcffff875f02200e0b0074effff9ffff0fbf04401c1601e8defff3ffff1f7e0980382c00d0bdff0f1f00fc46eaac66ef8dd28767ae5ee4da08442a114565301b59e2ff5ffe00";

/// A feed of the table: what it is, its answer, how many articles come of it, and a part of what is said.
struct Row {
    name: &'static str,
    answer: Answer,
    articles: usize,
    said: &'static str,
}

fn row(name: &'static str, answer: Answer, articles: usize, said: &'static str) -> Row {
    Row { name, answer, articles, said }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
}

/// Documents with faults, and what is read all the same.
fn documents() -> Vec<Row> {
    let three = rss(&items("x", 3));
    let item = |inside: &str| rss(&format!("<item>{inside}</item>"));
    let (cp1256, _) = encode_1256(
        "<rss version=\"2.0\"><channel><title>أخبار</title><item><title>خبر عاجل من الكويت</title></item></channel></rss>",
    );
    let mut invalid = rss(&items("i", 2)).into_bytes();
    let at = invalid.windows(4).position(|part| part == "خب".as_bytes()).unwrap();
    invalid[at] = 0xff;
    let deep: String = "<b>".repeat(100_000);
    vec![
        row(
            "cut in an entry",
            feed(&three[..three.rfind("</item>").unwrap()]),
            2,
            "cut short or damaged: 2 whole",
        ),
        row("cut in a tag", feed(&three[..three.rfind("<content").unwrap() + 4]), 2, "cut short"),
        row("UTF-8 said to be windows-1256", feed(three.replace("UTF-8", "windows-1256")), 3, ""),
        row(
            "windows-1256 by header",
            with(&[("Content-Type", "text/xml; charset=windows-1256")], cp1256.clone()),
            1,
            "",
        ),
        row(
            "windows-1256 said to be UTF-8",
            with(&[("Content-Type", "text/xml; charset=utf-8")], cp1256),
            1,
            "",
        ),
        row(
            "UTF-16",
            feed([b"\xff\xfe".to_vec(), three.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()),
            3,
            "",
        ),
        row("byte-order mark", feed(format!("\u{feff}{three}")), 3, ""),
        row(
            "bytes before and after",
            feed(format!("\n\n  {three}\n<!-- served in 3 ms --><script>x</script>\0\0")),
            3,
            "",
        ),
        row("bytes that are no UTF-8", feed(invalid), 2, "some bytes are no UTF-8"),
        row("no dates", feed(item("<title>t</title>")), 1, ""),
        row("dates of no use", feed(item("<title>t</title><pubDate>yesterday</pubDate>")), 1, ""),
        row(
            "the year 9999",
            feed(item("<title>t</title><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate>")),
            1,
            "",
        ),
        row("relative links", feed(item("<title>t</title><link>/a/b</link>")), 1, ""),
        row("HTML in titles", feed(item("<title>&lt;b&gt;t&lt;/b&gt; &amp;amp; x</title>")), 1, ""),
        row("CDATA", feed(item("<title><![CDATA[t <i>x</i>]]></title>")), 1, ""),
        row("entities of HTML", feed(item("<title>a&nbsp;b &hellip; &nosuch; & c</title>")), 1, ""),
        row("no ids", feed(item("<title>a</title></item><item><title>b</title>")), 2, ""),
        row(
            "one id for all",
            feed(item("<title>a</title><guid>1</guid></item><item><title>b</title><guid>1</guid>")),
            2,
            "",
        ),
        row(
            "entries twice",
            feed(item("<title>a</title><guid>1</guid></item><item><title>a</title><guid>1</guid>")),
            1,
            "stand in it twice",
        ),
        row(
            "namespaces of all kinds",
            feed(
                "<x:feed xmlns:x='http://www.w3.org/2005/Atom'><x:entry><x:id>1</x:id><x:title>t</x:title></x:entry></x:feed>",
            ),
            1,
            "",
        ),
        row(
            "RSS without a version",
            feed("<rss><channel><item><title>t</title></item></channel></rss>"),
            1,
            "",
        ),
        row("tags that do not match", feed(item("<title>t</titel></title><b><i></b>")), 1, ""),
        row(
            "markup that is not escaped",
            feed(item("<title>t</title><description><p>x <b>y</b><br></p></description>")),
            1,
            "",
        ),
        row("elements in elements", feed(item(&format!("<title>t</title>{deep}"))), 1, ""),
        row("gzip", with(&[("Content-Encoding", "gzip")], gzip(three.as_bytes())), 3, ""),
        row("brotli", with(&[("Content-Encoding", "br")], brotli(three.as_bytes())), 3, ""),
        row("a gzip file", with(&[("Content-Type", "application/gzip")], gzip(three.as_bytes())), 3, ""),
        row(
            "JSON Feed",
            feed(
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":1,\"content_text\":\"t\"},7]}trailing",
            ),
            1,
            "",
        ),
        row("escape sequences", feed(item("<title>a\u{1b}[2J\u{1b}]0;b\u{7}</title>")), 1, ""),
        row("bidi controls", feed(item("<title>a \u{202e}b\u{2066}</title>")), 1, ""),
        row("links that run", feed(item("<title>t</title><link>javascript:alert(1)</link>")), 1, ""),
        row("links to files", feed(item("<title>t</title><link>file:///etc/passwd</link>")), 1, ""),
        row(
            "an entity bomb",
            feed(format!(
                "<!DOCTYPE r [<!ENTITY a \"{}\">]>{}",
                "a".repeat(9999),
                item("<title>&a;&a;&a;</title>")
            )),
            1,
            "",
        ),
        row(
            "an external entity",
            feed(format!(
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
                item("<title>&x;</title>")
            )),
            1,
            "",
        ),
        row(
            "a title of a megabyte",
            feed(item(&format!("<title>{}</title>", "خبر ".repeat(100_000)))),
            1,
            "",
        ),
        row(
            "a hundred thousand entries",
            feed(rss(&"<item><title>t</title></item>".repeat(100_000))),
            1,
            "more than 1000 entries: the 99000 last ones were left out (limits.entries)",
        ),
    ]
}

/// Answers that are no feed, and those that do not come.
fn answers(other: &str) -> Vec<Row> {
    let large = vec![b' '; 5 << 20];
    vec![
        row(
            "a gzip bomb",
            with(&[("Content-Encoding", "gzip")], gzip(&vec![b' '; 64 << 20])),
            0,
            "larger than 4 MB (limits.document_mb)",
        ),
        row("a gzip file that is a bomb", feed(gzip(&vec![b' '; 64 << 20])), 0, "larger than 4 MB"),
        row("a brotli bomb", with(&[("Content-Encoding", "br")], hex(BROTLI_BOMB)), 0, "larger than 4 MB"),
        row(
            "gzip that is none",
            with(&[("Content-Encoding", "gzip")], "no gzip at all"),
            0,
            "it is no sound gzip",
        ),
        row(
            "packed as was not asked",
            with(&[("Content-Encoding", "zstd")], "x"),
            0,
            "packed in a way that was not asked for",
        ),
        row("a large body", feed(large), 0, "larger than 4 MB"),
        row("a body without end", Answer::Endless(vec![b' '; 1 << 16]), 0, "larger than 4 MB"),
        row("a circle", status(302, &[("Location", "/feed/a circle")]), 0, "redirected"),
        row("redirects without end", status(302, &[("Location", "?a=a")]), 0, "without coming to an end"),
        row("a redirect to nowhere", status(302, &[]), 0, "to nowhere"),
        row(
            "a redirect to a private host",
            status(302, &[("Location", other)]),
            0,
            "which is on a private network; if you want that, give its address yourself",
        ),
        row(
            "a redirect to localhost",
            status(302, &[("Location", "http://localhost/feed")]),
            0,
            "leads to localhost, which is on a private network",
        ),
        row(
            "a redirect to a file",
            status(302, &[("Location", "file:///etc/passwd")]),
            0,
            "no address of the web",
        ),
        row("a password is wanted", status(401, &[]), 0, "401 (it wants a password"),
        row("not for us", status(403, &[]), 0, "403 (it does not let us in)"),
        row("not there", status(404, &[]), 0, "404 (there is no such page"),
        row("gone", status(410, &[]), 0, "gone for good (410)"),
        row("a fault of the server", status(500, &[]), 0, "500 (a fault of the server)"),
        row("nothing", status(204, &[]), 0, "204"),
        row("an empty body", feed(""), 0, "neither RSS nor Atom nor JSON Feed"),
        row("an image", feed(b"\x89PNG\r\n\x1a\n".to_vec()), 0, "neither RSS nor Atom nor JSON Feed"),
        row(
            "a page",
            feed("<!doctype html><html><body>Log in to this network</body></html>"),
            0,
            "neither RSS nor Atom",
        ),
        row("JSON that is no feed", feed("{\"error\":\"no\"}"), 0, "it has no items"),
        row("broken JSON", feed("{\"items\":[{"), 0, "no JSON at line 1"),
        row(
            "cut before an entry",
            feed("<rss version=\"2.0\"><channel><item><title>t"),
            0,
            "before its first entry is whole",
        ),
        row("a feed without entries", feed(rss("")), 0, ""),
        row("trickle", Answer::Trickle(rss(&items("t", 3)).into_bytes()), 0, "up after 2 seconds"),
        row("hanging before the head", Answer::Hang(Vec::new()), 0, "up after 2 seconds"),
        row(
            "hanging in the head",
            Answer::Hang(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()),
            0,
            "up after 2 seconds",
        ),
        row(
            "hanging in the body",
            Answer::Hang(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss".to_vec()),
            0,
            "up after 2 seconds",
        ),
        row("the end at once", Answer::Raw(Vec::new()), 0, "could not read the answer"),
        row(
            "an end in the middle",
            Answer::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss".to_vec()),
            0,
            "could not read the answer",
        ),
        row("no HTTP", Answer::Raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()), 0, "could not read the answer"),
        row(
            "a head without end",
            Answer::Raw([b"HTTP/1.1 200 OK\r\n".to_vec(), b"X: y\r\n".repeat(100_000)].concat()),
            0,
            "could not read the answer",
        ),
        row(
            "chunks that are none",
            Answer::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec()),
            0,
            "could not read the answer",
        ),
    ]
}

fn encode_1256(text: &str) -> (Vec<u8>, ()) {
    let byte = |c: char| match c {
        'ا' => 0xc7,
        'أ' => 0xc3,
        'ب' => 0xc8,
        'ت' => 0xca,
        'ج' => 0xcc,
        'خ' => 0xce,
        'ر' => 0xd1,
        'ع' => 0xda,
        'ك' => 0xdf,
        'ل' => 0xe1,
        'م' => 0xe3,
        'ن' => 0xe4,
        'و' => 0xe6,
        'ي' => 0xed,
        c => u8::try_from(c).unwrap(),
    };
    (text.chars().map(byte).collect(), ())
}

#[test]
fn a_hundred_and_twenty_feeds() {
    let home = tempfile::tempdir().unwrap();
    configure(
        home.path(),
        "[limits]\nrequest = \"2s\"\nconnect = \"2s\"\ndocument_mb = 4\nentries = 1000\nparallel = 24\nper_host = 24\n",
    );
    let other = Server::start(|_| feed(rss(&items("secret", 1))));
    let busy = Server::start(|_| status(429, &[("Retry-After", "3600")]));
    let maintained = Server::start(|_| status(503, &[("Retry-After", "Fri, 31 Dec 2088 10:00:00 GMT")]));
    let closed = {
        // A port that nobody listens at.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/feed", listener.local_addr().unwrap())
    };
    let mut rows = documents();
    rows.extend(answers(&other.url("/feed")));
    let table: HashMap<String, Answer> =
        rows.iter().map(|row| (row.name.replace(' ', "%20"), row.answer.clone())).collect();
    let redirected = Mutex::new(0);
    let server = Server::start(move |asked: &Asked| {
        let path = asked.path.as_str();
        if path.starts_with("/feed/redirects%20without%20end") {
            let mut times = redirected.lock().unwrap();
            *times += 1;
            return status(302, &[("Location", &format!("?{times}"))]);
        }
        if let Some(name) = path.strip_prefix("/feed/") {
            return table.get(name).cloned().unwrap_or_else(|| status(404, &[]));
        }
        match path.strip_prefix("/good/") {
            Some("moved") => status(301, &[("Location", "/good/here")]),
            Some("elsewhere") => status(302, &[("Location", "/good/1")]),
            _ if asked.header("if-none-match") == Some("\"v1\"") => status(304, &[("ETag", "\"v1\"")]),
            Some(name) => with(&[("ETag", "\"v1\"")], rss(&items(name, 5))),
            None => status(404, &[]),
        }
    });
    let mut feeds: Vec<(String, String, usize, String)> = rows
        .iter()
        .map(|row| {
            (
                row.name.to_owned(),
                server.url(&format!("/feed/{}", row.name.replace(' ', "%20"))),
                row.articles,
                row.said.to_owned(),
            )
        })
        .collect();
    let mut add = |name: &str, address: String, articles, said: &str| {
        feeds.push((name.to_owned(), address, articles, said.to_owned()));
    };
    add("asked too often", busy.url("/feed"), 0, "429 (it was asked too often)");
    add("under maintenance", maintained.url("/feed"), 0, "503 (a fault of the server)");
    add("nobody listens", closed, 0, "could not reach");
    add("TLS where there is none", server.url("/feed/tls").replace("http:", "https:"), 0, "");
    add("moved for good", server.url("/good/moved"), 5, "");
    // The entries of `/good/1` again, as those of another feed.
    add("moved for now", server.url("/good/elsewhere"), 5, "");
    let good = 120 - rows.len() - 6;
    for n in 0..good {
        add(&format!("good {n}"), server.url(&format!("/good/{n}")), 5, "");
    }
    assert_eq!(feeds.len(), 120);
    let outlines: String =
        feeds.iter().map(|(_, address, ..)| format!("<outline xmlUrl=\"{address}\"/>")).collect();
    let list = home.path().join("feeds.opml");
    std::fs::write(&list, format!("<opml version=\"2.0\"><body>{outlines}</body></opml>")).unwrap();
    let added = lines(&khabar(home.path(), &["import", "--json", list.to_str().unwrap()]));
    assert_eq!(added[0]["feeds_added"], 120);

    let start = std::time::Instant::now();
    let output = khabar(home.path(), &["fetch", "--json"]);
    println!("120 feeds in {:?} (limit of one request: 2 s)", start.elapsed());
    assert!(output.status.success(), "{}", error(&output));
    let reports = lines(&output);
    let find = |address: &str| -> &Value {
        let now = address.replace("/good/moved", "/good/here");
        reports.iter().find(|report| report["address"] == now.as_str()).unwrap_or_else(|| panic!("{address}"))
    };
    let mut wrong = Vec::new();
    for (name, address, articles, said) in &feeds {
        let report = find(address);
        let new = report["new"].as_u64().unwrap() as usize;
        let failure = report["error"].as_str().unwrap_or("");
        let warnings: Vec<&str> =
            report["warnings"].as_array().unwrap().iter().map(|own| own.as_str().unwrap()).collect();
        let sentences = [warnings.join(" "), failure.to_owned()].concat();
        println!("{name:32} {new:5}  {sentences}");
        let fails = *articles == 0 && name != "a feed without entries";
        if new != *articles || !sentences.contains(said.as_str()) || fails == failure.is_empty() {
            wrong.push(format!("{name}: {new} articles for {articles}, said {sentences:?}"));
        }
        assert!(!sentences.contains('\u{1b}'));
        assert!(failure.is_empty() || report["next"].is_string() || name == "gone", "{report}");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(other.times("/feed"), 0, "a redirect led to a private host");

    // What was stored: everything, with nothing in it that drives a terminal, and nothing of tomorrow.
    let listed = lines(&khabar(home.path(), &["list", "--json"]));
    assert_eq!(listed.len(), feeds.iter().map(|(_, _, articles, _)| articles).sum::<usize>());
    for article in &listed {
        let text = article.to_string();
        assert!(!text.contains("javascript:") && !text.contains("file:") && !text.contains("9999"), "{text}");
        assert!(article["title"].as_str().unwrap().chars().count() <= 1001, "{text}");
    }

    // The second time: what has not changed is not sent, what is gone or wants to be left alone is not asked.
    let times = |path: &str| server.times(path);
    let before = (times("/feed/gone"), busy.times("/feed"), times("/good/moved"));
    let again = lines(&khabar(home.path(), &["fetch", "--json"]));
    assert_eq!((times("/feed/gone"), busy.times("/feed"), times("/good/moved")), before);
    assert_eq!(again.len(), 120 - 3);
    let same = again.iter().filter(|report| report["not_modified"] == true).count();
    assert_eq!(same, good + 2);
    assert!(again.iter().all(|report| report["new"] == 0), "{again:?}");
    assert_eq!(server.last("/good/3").header("if-none-match"), Some("\"v1\""));
    let feeds = lines(&khabar(home.path(), &["feed", "list", "--json"]));
    let gone = feeds.iter().find(|feed| feed["gone"] == true).unwrap();
    assert_eq!(gone["next"], Value::Null);
    assert!(
        feeds.iter().any(|feed| feed["address"] == server.url("/good/here")),
        "a permanent move is remembered"
    );
    assert_eq!(
        feeds.iter().filter(|feed| feed["failures"] == 2).count(),
        again.iter().filter(|report| !report["error"].is_null()).count()
    );
}
