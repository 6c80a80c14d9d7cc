//! The commands for feeds, by the real program.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::server::{Asked, Server, feed, status, with};
use crate::support::{configure, error, items, khabar, khabar_with, lines, out, rss};

/// A site with a page that names a feed.
fn site() -> Server {
    Server::start(|asked: &Asked| match asked.path.as_str() {
        "/" => with(
            &[("Content-Type", "text/html; charset=utf-8")],
            "<!doctype html><html><head><title>موقع</title>\
             <link rel='alternate' type='application/rss+xml' title='تعليقات' href='/comments/feed'>\
             <link rel='alternate' type='application/rss+xml' title='أخبار' href='/feed'></head><body>x</body></html>",
        ),
        "/feed" | "/comments/feed" => feed(rss(&items("a", 3))),
        "/evil" => feed("<link rel='alternate' type='application/rss+xml' href='http://127.0.0.1:1/feed'>"),
        _ => status(404, &[]),
    })
}

#[test]
fn a_feed_is_found_by_its_site() {
    let home = tempfile::tempdir().unwrap();
    let site = site();
    let output = khabar(
        home.path(),
        &["feed", "add", &site.url("/"), "--folder", "عربي/محلي", "--direction", "rtl", "--name", "صحيفة"],
    );
    assert!(output.status.success(), "{}", error(&output));
    let text = out(&output);
    assert!(
        text.contains("صحيفة") && text.contains(&site.url("/feed")) && text.contains("3 articles"),
        "{text}"
    );
    assert!(error(&output).contains(&site.url("/comments/feed")), "{}", error(&output));
    let listed = lines(&khabar(home.path(), &["list", "--json"]));
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0]["source"], "صحيفة");
    // Without a scheme, where the host does not speak TLS: the same feed again, which is said, and nothing is done twice.
    let output = khabar(home.path(), &["feed", "add", site.url("/feed").trim_start_matches("http://")]);
    assert!(!output.status.success() && error(&output).contains("among your feeds already, as number 1"));
    let feeds = lines(&khabar(home.path(), &["feed", "list", "--json"]));
    assert_eq!(feeds.len(), 1);
    assert_eq!(feeds[0]["folder"], Value::from(vec!["عربي", "محلي"]));
    assert_eq!((&feeds[0]["title"], &feeds[0]["direction"]), (&Value::from("أخبار"), &Value::from("rtl")));
}

#[test]
fn what_is_no_feed_is_a_sentence() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/page" => feed("<!doctype html><html><body>x</body></html>"),
        "/evil" => feed(
            "<html><link rel='alternate' type='application/rss+xml' href='http://127.0.0.1:1/feed'></html>",
        ),
        _ => status(404, &[]),
    });
    let check = |typed: &str, part: &str| {
        let output = khabar(home.path(), &["feed", "add", typed]);
        let said = error(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.lines().count() == 1 && said.contains(part), "{typed}: {said}");
    };
    check(&server.url("/page"), "its page names none");
    check(&server.url("/none"), "404");
    check(&server.url("/evil"), "on a private network");
    check("file:///etc/passwd", "only the web is read");
    check("javascript:alert(1)", "no address of the web");
    assert_eq!(out(&khabar(home.path(), &["feed", "list", "--json"])), "");
    assert!(out(&khabar(home.path(), &["feed", "list"])).contains("khabar feed add ADDRESS"));
    let output = khabar(home.path(), &["fetch"]);
    assert!(output.status.success() && out(&output).starts_with("0 feeds"), "{}", out(&output));
}

#[test]
fn feeds_are_set_exported_removed_and_come_back() {
    let home = tempfile::tempdir().unwrap();
    let site = site();
    khabar(home.path(), &["feed", "add", &site.url("/feed")]);
    let set = |arguments: &[&str]| khabar(home.path(), &[&["feed", "set", "1"], arguments].concat());
    let output =
        set(&["--interval", "6h", "--tags", "مال, oil", "--keep", "30 days", "--full-text", "--json"]);
    let feed = &lines(&output)[0];
    assert_eq!((&feed["interval_seconds"], &feed["keep_days"]), (&Value::from(21_600), &Value::from(30)));
    assert_eq!((&feed["tags"], &feed["full_text"]), (&Value::from(vec!["مال", "oil"]), &Value::Bool(true)));
    // What a feed is tagged with, its articles are.
    let found = |query: &str| lines(&khabar(home.path(), &["list", query, "--json"])).len();
    assert_eq!((found("tag:oil"), found("tag:مال"), found("tag:gas"), found("-tag:oil")), (3, 3, 0, 0));
    assert!(error(&set(&["--interval", "often"])).contains("such as 30m"));
    assert!(!khabar(home.path(), &["feed", "set", "7", "--name", "x"]).status.success());
    let exported = out(&khabar(home.path(), &["feed", "export"]));
    assert!(
        exported.contains("<opml version=\"2.0\"") && exported.contains("khabar:keepDays=\"30\""),
        "{exported}"
    );
    let output = khabar(home.path(), &["feed", "remove", &site.url("/feed")]);
    assert!(output.status.success() && out(&output).contains("reads it again"));
    assert_eq!(lines(&khabar(home.path(), &["list", "--json"])).len(), 3, "articles stay");
    let list = home.path().join("list.opml");
    std::fs::write(&list, exported).unwrap();
    let list = list.to_str().unwrap();
    assert!(out(&khabar(home.path(), &["import", list])).starts_with("1 feeds added, 0 were there"));
    assert!(out(&khabar(home.path(), &["import", list])).starts_with("0 feeds added, 1 were there"));
    let feed = &lines(&khabar(home.path(), &["feed", "list", "--json"]))[0];
    assert_eq!(
        (&feed["interval_seconds"], &feed["tags"]),
        (&Value::from(21_600), &Value::from(vec!["مال", "oil"]))
    );
    // Its articles are the same ones.
    let fetched = &lines(&khabar(home.path(), &["fetch", "--json"]))[0];
    assert_eq!((&fetched["new"], &fetched["unchanged"]), (&Value::from(0), &Value::from(3)));
}

#[test]
fn only_what_is_due_is_fetched_where_that_is_asked() {
    let home = tempfile::tempdir().unwrap();
    let site = site();
    khabar(home.path(), &["feed", "add", &site.url("/feed")]);
    let due = || lines(&khabar(home.path(), &["fetch", "--due", "--json"])).len();
    assert_eq!((due(), site.times("/feed")), (0, 2), "found and fetched, and not due for an hour");
    configure(home.path(), "[fetch]\ninterval = \"often\"\n");
    let output = khabar(home.path(), &["fetch"]);
    assert!(error(&output).contains("config.toml, line 2"), "{}", error(&output));
    configure(home.path(), "[fetch]\ninterval = \"6h\"\n");
    let listed = out(&khabar(home.path(), &["feed", "list"]));
    assert!(listed.contains("next try in 6 h"), "{listed}");
    assert_eq!(lines(&khabar(home.path(), &["fetch", "1", "--json"])).len(), 1);
    assert_eq!(site.times("/feed"), 3);
}

#[test]
fn articles_of_a_feed_of_summaries_are_their_pages() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|asked: &Asked| {
        let page = |text: &str| {
            let body = format!(
                "<!doctype html><html><head><title>t</title></head><body><article><h1>t</h1><p>{}</p></article></body></html>",
                text.repeat(20)
            );
            with(&[("Content-Type", "text/html; charset=utf-8")], body)
        };
        match asked.path.as_str() {
            "/feed" => feed(rss(
                "<item><title>أول</title><link>/1</link><description>ملخص واحد</description></item>\
                 <item><title>ثان</title><link>/2</link><description>ملخص ثان</description></item>",
            )),
            "/1" => page("النص الكامل للخبر الأول. "),
            _ => status(500, &[]),
        }
    });
    let output = khabar(home.path(), &["feed", "add", &server.url("/feed"), "--full-text"]);
    assert!(output.status.success(), "{}", error(&output));
    let listed = lines(&khabar(home.path(), &["list", "--json"]));
    assert_eq!(listed.len(), 2);
    let text = |title: &str| {
        let id = listed.iter().find(|own| own["title"] == title).unwrap()["id"].to_string();
        out(&khabar(home.path(), &["show", &id]))
    };
    assert!(text("أول").contains("النص الكامل للخبر الأول"), "{}", text("أول"));
    assert!(text("ثان").contains("ملخص ثان"), "{}", text("ثان"));
    assert!(
        error(&output).contains("500") && error(&output).contains("summary was kept"),
        "{}",
        error(&output)
    );
    let again = &lines(&khabar(home.path(), &["fetch", "--json"]))[0];
    assert_eq!(
        (&again["new"], &again["updated"], &again["unchanged"]),
        (&Value::from(0), &Value::from(0), &Value::from(2))
    );
    assert_eq!(server.times("/1"), 1);
}

#[test]
fn pages_and_feeds_of_the_web_are_imported_by_their_address() {
    let home = tempfile::tempdir().unwrap();
    let times = AtomicUsize::new(0);
    let server = Server::start(move |asked: &Asked| match asked.path.as_str() {
        "/page" => {
            let n = times.fetch_add(1, Ordering::SeqCst);
            let body = format!(
                "<!doctype html><html lang='ar'><head><title>عنوان الصفحة</title></head><body><h1>عنوان الصفحة</h1><p>نص الصفحة رقم {}.</p></body></html>",
                n / 2
            );
            with(&[("Content-Type", "text/html; charset=utf-8")], body)
        }
        "/feed" => feed(rss(&items("a", 4))),
        "/image" => feed(b"\x89PNG\r\n\x1a\n".to_vec()),
        _ => status(404, &[]),
    });
    let import = |path: &str| lines(&khabar(home.path(), &["import", "--json", &server.url(path)])).remove(0);
    assert_eq!(import("/page#part")["new"], 1);
    assert_eq!(import("/page")["unchanged"], 1);
    assert_eq!(import("/page")["updated"], 1);
    assert_eq!(import("/feed")["new"], 4);
    assert!(import("/image")["failed"][0].as_str().unwrap().contains("an image"));
    assert!(import("/none")["failed"][0].as_str().unwrap().contains("404"));
    assert_eq!(out(&khabar(home.path(), &["feed", "list", "--json"])), "", "an import is no subscription");
    // Read at once, without a terminal: a plain listing.
    let output = khabar(home.path(), &[&server.url("/feed")]);
    assert_eq!(out(&output).lines().count(), 4, "{}", out(&output));
}

#[test]
fn the_proxy_of_the_environment_is_used_but_not_for_this_machine() {
    let home = tempfile::tempdir().unwrap();
    // It answers the request for a tunnel, and then in the place of the host at its other end.
    let proxy = Server::start(|asked: &Asked| match asked.path.as_str() {
        "news.example:80" => status(200, &[]),
        "/feed" => feed(rss(&items("far", 2))),
        _ => status(502, &[]),
    });
    let near = Server::start(|_| feed(rss(&items("near", 3))));
    let environment = [("http_proxy", proxy.url("")), ("no_proxy", "other.example".to_owned())];
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let add = |address: &str| khabar_with(home.path(), &["feed", "add", address], &environment);
    let output = add("http://news.example/feed");
    assert!(out(&output).contains("2 articles"), "{}{}", out(&output), error(&output));
    assert_eq!(proxy.times("news.example:80"), 2, "found, and fetched");
    let output = add(&near.url("/feed"));
    assert!(out(&output).contains("3 articles"), "{}{}", out(&output), error(&output));
    assert_eq!((near.times("/feed"), proxy.times("/feed")), (2, 2));
}

#[test]
fn what_is_dealt_with_goes_by_the_configured_days_and_a_feeds_own() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(|asked: &Asked| {
        let old = items(asked.path.trim_start_matches('/'), 2).replace("Nov 2026", "Nov 2020");
        feed(rss(&old))
    });
    for (path, keep) in [("/usual", None), ("/long", Some("40000 days")), ("/short", Some("1 day"))] {
        let mut arguments = vec!["feed", "add"];
        let url = server.url(path);
        arguments.push(&url);
        arguments.extend(keep.into_iter().flat_map(|keep| ["--keep", keep]));
        assert!(khabar(home.path(), &arguments).status.success());
    }
    let left = || lines(&khabar(home.path(), &["list", "in:all", "--json"])).len();
    assert!(khabar(home.path(), &["done", "--query", "in:all"]).status.success());
    assert_eq!(left(), 6);
    // Nothing is configured: only the feed with days of its own lets go.
    assert!(khabar(home.path(), &["fetch"]).status.success());
    assert_eq!(left(), 4);
    configure(home.path(), "[keep]\ndays = 30\n");
    assert!(khabar(home.path(), &["fetch"]).status.success());
    assert_eq!(left(), 2, "what a feed's own days keep is kept");
    // What the feeds list still does not come back.
    assert!(khabar(home.path(), &["fetch"]).status.success());
    assert_eq!(left(), 2);
}

#[test]
fn a_feed_from_disk_has_the_configured_limits() {
    let home = tempfile::tempdir().unwrap();
    configure(home.path(), "[limits]\nentries = 2\n");
    let file = home.path().join("feed.xml");
    std::fs::write(&file, rss(&items("a", 5))).unwrap();
    let check = |arguments: &[&str]| {
        let output = khabar(home.path(), arguments);
        assert!(
            error(&output).contains("the 3 last ones were left out (limits.entries)"),
            "{}",
            error(&output)
        );
        out(&output)
    };
    assert!(check(&["import", file.to_str().unwrap()]).starts_with("2 new"));
    // Opened at once, too; without a screen it is a listing.
    assert_eq!(check(&[file.to_str().unwrap()]).lines().count(), 2);
}
