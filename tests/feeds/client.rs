//! What the client asks for, follows and refuses, against a server on 127.0.0.1.

use std::time::Duration;

use rustls::pki_types::pem::PemObject;

use khabar::ingest::{Client, FetchError, Fetched, Limits, Request, Wanted};
use url::Url;

use crate::server::{Answer, Asked, Server, feed, status, with};

fn limits() -> Limits {
    Limits { request: Duration::from_secs(5), connect: Duration::from_secs(5), ..Limits::default() }
}

/// Fetches `address`, which the person named or not.
fn fetch(address: &str, named: bool) -> Result<Fetched, FetchError> {
    let address = Url::parse(address).unwrap();
    let request = Request {
        address: &address,
        named: named.then_some(&address),
        wanted: Wanted::Feed,
        etag: Some("\"e\""),
        last_modified: Some("Fri, 27 Nov 2026 10:00:00 GMT"),
    };
    Client::new(limits()).fetch(&request, "2026-11-27T10:00:00Z".parse().unwrap())
}

#[test]
fn asks_with_what_is_had_and_keeps_what_is_told() {
    let server = Server::start(|_| {
        with(
            &[
                ("ETag", "\"f\""),
                ("Last-Modified", "x"),
                ("Cache-Control", "max-age=600"),
                ("Content-Type", "Text/XML; charset=Windows-1256"),
            ],
            "<rss/>",
        )
    });
    let fetched = fetch(&server.url("/feed?a=1#part"), true).unwrap();
    let asked = server.last("/feed?a=1");
    assert_eq!(asked.header("if-none-match"), Some("\"e\""));
    assert_eq!(asked.header("if-modified-since"), Some("Fri, 27 Nov 2026 10:00:00 GMT"));
    assert_eq!(asked.header("accept-encoding"), Some("gzip, br"));
    assert!(asked.header("user-agent").unwrap().starts_with("khabar/"));
    assert!(asked.header("accept").unwrap().contains("application/atom+xml"));
    assert_eq!((fetched.etag.as_deref(), fetched.last_modified.as_deref()), (Some("\"f\""), Some("x")));
    assert_eq!(fetched.fresh_for, Some(Duration::from_secs(600)));
    let document = fetched.document.unwrap();
    assert_eq!(document.charset.as_deref(), Some("Windows-1256"));
    assert_eq!(document.media_type.as_deref(), Some("text/xml"));
}

#[test]
fn a_move_is_for_good_as_far_as_each_step_is() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/1" => status(301, &[("Location", "/2")]),
        "/2" => status(308, &[("Location", "/3")]),
        "/3" => status(307, &[("Location", "/4")]),
        "/4" => status(301, &[("Location", "/5")]),
        "/same" => status(302, &[("Location", "/unchanged")]),
        "/unchanged" => status(304, &[]),
        _ => feed("<rss/>"),
    });
    let url = |path: &str| Url::parse(&server.url(path)).unwrap();
    let fetched = fetch(&server.url("/1"), true).unwrap();
    assert_eq!((fetched.address, fetched.moved), (url("/5"), Some(url("/3"))));
    let fetched = fetch(&server.url("/3"), true).unwrap();
    assert_eq!((fetched.address, fetched.moved), (url("/5"), None));
    let fetched = fetch(&server.url("/same"), true).unwrap();
    assert_eq!((fetched.document, fetched.moved), (None, None));
}

#[test]
fn private_hosts_only_because_the_person_named_them() {
    let other = Server::start(|_| feed("<rss/>"));
    let there = other.url("/feed");
    let server = Server::start(move |asked: &Asked| match asked.path.as_str() {
        "/other" => status(302, &[("Location", &there)]),
        "/own" => status(302, &[("Location", "/feed")]),
        "/metadata" => status(302, &[("Location", "http://169.254.169.254/latest/")]),
        "/name" => status(302, &[("Location", "http://localhost:1/")]),
        "/six" => status(302, &[("Location", "http://[::ffff:127.0.0.1]:1/")]),
        "/decimal" => status(302, &[("Location", "http://2130706433:1/")]),
        _ => feed("<rss/>"),
    });
    assert!(fetch(&server.url("/own"), true).is_ok());
    for path in ["/other", "/metadata", "/name", "/six", "/decimal"] {
        let error = fetch(&server.url(path), true).unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{path}: {error}");
    }
    let error = fetch(&server.url("/feed"), false).unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
    assert_eq!((other.times("/feed"), server.times("/feed")), (0, 1));
}

#[test]
fn a_password_goes_to_its_host_and_into_no_sentence() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/feed" => feed("<rss/>"),
        _ => status(404, &[]),
    });
    let secret = |path: &str| server.url(path).replace("://", "://layla:p%40ss@");
    fetch(&secret("/feed"), true).unwrap();
    assert_eq!(server.last("/feed").header("authorization"), Some("Basic bGF5bGE6cEBzcw=="));
    let error = fetch(&secret("/none"), true).unwrap_err().to_string();
    assert!(error.contains("404") && !error.contains("p%40ss"), "{error}");
}

#[test]
fn when_a_server_wants_to_be_left_alone() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/soon" => status(429, &[("Retry-After", "60")]),
        "/date" => status(503, &[("Retry-After", "Fri, 27 Nov 2026 12:00:00 GMT")]),
        "/later" => status(503, &[]),
        _ => Answer::Raw(b"nothing".to_vec()),
    });
    let until = |path: &str| fetch(&server.url(path), true).unwrap_err().until().map(|time| time.to_string());
    assert_eq!(until("/soon").as_deref(), Some("2026-11-27T10:01:00Z"));
    assert_eq!(until("/date").as_deref(), Some("2026-11-27T12:00:00Z"));
    assert_eq!((until("/later"), until("/broken")), (None, None));
}

/// A server that speaks TLS with a certificate that nobody trusts; returns its port.
fn untrusted() -> u16 {
    let pem =
        |name: &str| std::fs::read(format!("{}/tests/feeds/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let certificate =
        rustls::pki_types::CertificateDer::from_pem_slice(&pem("untrusted-certificate.pem")).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::from_pem_slice(&pem("untrusted-key.pem")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = std::sync::Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut connection = rustls::ServerConnection::new(std::sync::Arc::clone(&config)).unwrap();
            let mut stream = stream.unwrap();
            // Whoever does not trust us ends the handshake.
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            let _ =
                std::io::Write::write_all(&mut tls, b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>");
        }
    });
    port
}

#[test]
fn a_certificate_that_nobody_trusts_is_not_passed_over() {
    let port = untrusted();
    let error = fetch(&format!("https://127.0.0.1:{port}/feed"), true).unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. }), "{error}");
    assert!(error.to_string().contains("cannot be trusted"), "{error}");
    // Nor where a redirect leads to it.
    let server =
        Server::start(move |_| status(302, &[("Location", &format!("https://127.0.0.1:{port}/feed"))]));
    assert!(matches!(fetch(&server.url("/feed"), true), Err(FetchError::Private { .. })));
}
