//! Documents over HTTP, by ureq: blocking, one thread a request, TLS by rustls with the system's own trust. Redirects are
//! followed here, step by step, so that each address is judged before anything is sent to it and permanent moves are
//! remembered. Bodies are unpacked, and cut off where they pass the limits.

mod address;
mod error;
mod headers;
mod proxy;

use std::io::Read;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::http::{Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::Limits;
use address::PublicOnly;
pub use error::FetchError;
use proxy::Proxies;

/// What is asked of servers: a name, and where to read of us.
const USER_AGENT: &str = concat!("khabar/", env!("CARGO_PKG_VERSION"), " (terminal news reader)");
/// Documents that are wanted, in the order of preference.
const ACCEPT_FEED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
                           application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1";
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5";

/// What kind of document is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// A feed, or a page that names one.
    #[default]
    Feed,
    /// A page.
    Page,
}

/// A document that is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Where.
    pub address: &'a Url,
    /// The address that the person named, if one: its host may lie on a private network, no other.
    pub named: Option<&'a Url>,
    /// What is wanted.
    pub wanted: Wanted,
    /// The `ETag` of what is had already.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` of what is had already.
    pub last_modified: Option<&'a str>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The document; nothing where it has not changed (304).
    pub document: Option<Downloaded>,
    /// Where it was found, after redirects.
    pub address: Url,
    /// Where it has moved to for good, if it has.
    pub moved: Option<Url>,
    /// What to ask with the next time.
    pub etag: Option<String>,
    /// What to ask with the next time.
    pub last_modified: Option<String>,
    /// How long it is fresh.
    pub fresh_for: Option<Duration>,
}

/// A document that came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Downloaded {
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
    /// The charset of its `Content-Type`.
    pub charset: Option<String>,
    /// The media type of its `Content-Type`, in lower case.
    pub media_type: Option<String>,
}

/// Fetches documents. One for all threads: connections are kept and used again.
#[derive(Debug)]
pub struct Client {
    /// For what the person named.
    named: Agents,
    /// For everything else. Connections of the two are never mixed.
    public: Agents,
    limits: Limits,
}

/// Agents by the way that they take.
#[derive(Debug)]
struct Agents {
    direct: Agent,
    http: Option<Agent>,
    https: Option<Agent>,
    proxies: Proxies,
}

impl Client {
    /// A client that goes by the environment's proxies (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`).
    pub fn new(limits: Limits) -> Self {
        let proxies = Proxies::of_environment();
        Self {
            named: Agents::new(&limits, &proxies, false),
            public: Agents::new(&limits, &proxies, true),
            limits,
        }
    }

    /// The limits that it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Fetches a document.
    ///
    /// # Errors
    /// [`FetchError`], with its sentence.
    pub fn fetch(&self, request: &Request<'_>, now: Timestamp) -> Result<Fetched, FetchError> {
        let deadline = Instant::now() + self.limits.request;
        let asked = shown(request.address);
        let mut address = request.address.clone();
        let mut moved = None;
        let mut permanent = true;
        let mut steps = Vec::new();
        loop {
            let answer = self.ask(request, &address, &asked, deadline, now)?;
            let next = match self.redirect(&answer, &address) {
                Some(next) => next?,
                None => return self.read(answer, address, moved, &asked),
            };
            let for_good =
                matches!(answer.status(), StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            // A chain has moved for good as far as each of its steps has. It is not remembered that a page gave up
            // encryption.
            permanent &= for_good && !(address.scheme() == "https" && next.scheme() == "http");
            if permanent {
                moved = Some(next.clone());
            }
            steps.push(std::mem::replace(&mut address, next));
            if steps.contains(&address) || steps.len() > self.limits.redirects {
                return Err(FetchError::Redirects { address: asked, many: steps.len() });
            }
        }
    }

    /// Sends one request and waits for the head of its answer.
    fn ask(
        &self,
        request: &Request<'_>,
        address: &Url,
        asked: &str,
        deadline: Instant,
        now: Timestamp,
    ) -> Result<Response<Body>, FetchError> {
        let reject = |reason| Err(FetchError::Address { address: asked.to_owned(), reason });
        if !matches!(address.scheme(), "http" | "https") {
            return reject("it is no address of the web");
        }
        let named = request.named.is_some_and(|named| same_host(named, address));
        // A proxy finds the host itself; what is plainly private is refused before it is asked.
        let plain = match address.host() {
            Some(url::Host::Ipv4(ip)) => !address::is_public(ip.into()),
            Some(url::Host::Ipv6(ip)) => !address::is_public(ip.into()),
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => return reject("it names no host"),
        };
        if plain && !named {
            let host = address.host_str().unwrap_or_default().to_owned();
            return Err(FetchError::Private { address: asked.to_owned(), host });
        }
        let agent = if named { &self.named } else { &self.public }.of(address, plain);
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(self.too_slow(asked));
        }
        let accept = match request.wanted {
            Wanted::Feed => ACCEPT_FEED,
            Wanted::Page => ACCEPT_PAGE,
        };
        let mut get = agent.get(without_secrets(address).as_str()).header(header::ACCEPT, accept);
        if let Some(secret) = password(address) {
            get = get.header(header::AUTHORIZATION, secret);
        }
        if let Some(etag) = request.etag {
            get = get.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(time) = request.last_modified {
            get = get.header(header::IF_MODIFIED_SINCE, time);
        }
        let answer = get.config().timeout_global(Some(left)).build().call();
        let answer = answer.map_err(|error| self.failed(error, asked))?;
        let status = answer.status();
        if status.is_success() || status.is_redirection() {
            return Ok(answer);
        }
        let address = asked.to_owned();
        if status == StatusCode::GONE {
            return Err(FetchError::Gone { address });
        }
        let until = text(&answer, header::RETRY_AFTER).and_then(|value| headers::retry_after(value, now));
        Err(FetchError::Status { address, status: status.as_u16(), until })
    }

    /// Where an answer sends us on to, if it does.
    fn redirect(&self, answer: &Response<Body>, address: &Url) -> Option<Result<Url, FetchError>> {
        let status = answer.status();
        if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
            return None;
        }
        let next = text(answer, header::LOCATION).and_then(|location| address.join(location).ok());
        Some(next.ok_or_else(|| FetchError::Broken {
            address: shown(address),
            reason: format!("it is redirected ({}) to nowhere", status.as_u16()),
        }))
    }

    /// Reads the body of the last answer.
    fn read(
        &self,
        answer: Response<Body>,
        address: Url,
        moved: Option<Url>,
        asked: &str,
    ) -> Result<Fetched, FetchError> {
        let own = |name| text(&answer, name).map(str::to_owned).filter(|value| value.len() <= 512);
        let etag = own(header::ETAG);
        let last_modified = own(header::LAST_MODIFIED);
        let fresh_for = text(&answer, header::CACHE_CONTROL).and_then(headers::fresh_for);
        let status = answer.status();
        let document = if status == StatusCode::NOT_MODIFIED {
            None
        } else if status == StatusCode::NO_CONTENT {
            return Err(FetchError::Status { address: asked.to_owned(), status: 204, until: None });
        } else {
            let charset = answer.body().charset().map(str::to_owned);
            let media_type = answer.body().mime_type().map(str::to_ascii_lowercase);
            let packed = text(&answer, header::CONTENT_ENCODING).is_some_and(|own| own != "identity");
            if packed {
                let reason = "it is packed in a way that was not asked for".to_owned();
                return Err(FetchError::Broken { address: asked.to_owned(), reason });
            }
            let bytes = self.body(answer.into_body(), asked)?;
            Some(Downloaded { bytes: self.unpacked(bytes, asked)?, charset, media_type })
        };
        Ok(Fetched { document, address, moved, etag, last_modified, fresh_for })
    }

    fn body(&self, body: Body, asked: &str) -> Result<Vec<u8>, FetchError> {
        let limit = self.limits.document_bytes;
        let expected = body.content_length().unwrap_or(0).min(limit);
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(self.too_large(asked));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        let mut reader = body.into_with_config().limit(limit).reader();
        reader.read_to_end(&mut bytes).map_err(|error| self.failed(ureq::Error::Io(error), asked))?;
        Ok(bytes)
    }

    /// Unpacks what is a gzip file, whatever the headers say (`feed.xml.gz`).
    fn unpacked(&self, bytes: Vec<u8>, asked: &str) -> Result<Vec<u8>, FetchError> {
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return Ok(bytes);
        }
        let limit = self.limits.document_bytes;
        let mut plain = Vec::new();
        let reader = flate2::read::MultiGzDecoder::new(bytes.as_slice());
        reader.take(limit.saturating_add(1)).read_to_end(&mut plain).map_err(|_| FetchError::Broken {
            address: asked.to_owned(),
            reason: "it is no sound gzip".to_owned(),
        })?;
        if u64::try_from(plain.len()).unwrap_or(u64::MAX) > limit {
            return Err(self.too_large(asked));
        }
        Ok(plain)
    }

    fn failed(&self, error: ureq::Error, asked: &str) -> FetchError {
        error::of(error, asked, self.limits.request, self.limits.document_bytes >> 20)
    }

    fn too_slow(&self, asked: &str) -> FetchError {
        FetchError::Slow { address: asked.to_owned(), seconds: self.limits.request.as_secs().max(1) }
    }

    fn too_large(&self, asked: &str) -> FetchError {
        FetchError::Large { address: asked.to_owned(), limit: self.limits.document_bytes >> 20 }
    }
}

impl Agents {
    fn new(limits: &Limits, proxies: &Proxies, public: bool) -> Self {
        let agent = |proxy: Option<&ureq::Proxy>| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(USER_AGENT)
                .timeout_connect(Some(limits.connect))
                .timeout_resolve(Some(limits.connect))
                .max_idle_connections(limits.parallel)
                .max_idle_connections_per_host(limits.per_host)
                .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
                .proxy(proxy.cloned())
                .build();
            let connector = DefaultConnector::default();
            if public {
                let proxy = proxy.map(|proxy| proxy.uri().clone());
                let inner = DefaultResolver::default();
                Agent::with_parts(config, connector, PublicOnly { proxy, inner })
            } else {
                Agent::with_parts(config, connector, DefaultResolver::default())
            }
        };
        Self {
            direct: agent(None),
            http: proxies.http.as_ref().map(|proxy| agent(Some(proxy))),
            https: proxies.https.as_ref().map(|proxy| agent(Some(proxy))),
            proxies: proxies.clone(),
        }
    }

    /// The agent for an address; what is on this machine or network never goes through a proxy.
    fn of(&self, address: &Url, private: bool) -> &Agent {
        let proxied = if address.scheme() == "https" { &self.https } else { &self.http };
        match proxied {
            Some(agent) if !private && !self.proxies.passes_over(address) => agent,
            _ => &self.direct,
        }
    }
}

/// Whether two addresses are of one host and port.
fn same_host(one: &Url, other: &Url) -> bool {
    one.host() == other.host() && one.port_or_known_default() == other.port_or_known_default()
}

/// A header's text.
fn text(answer: &Response<Body>, name: header::HeaderName) -> Option<&str> {
    answer.headers().get(name)?.to_str().ok()
}

/// An address as it may be shown: without a password.
pub fn shown(address: &Url) -> String {
    let mut shown = address.clone();
    if shown.password().is_some() {
        // Fails only where there is no host, and then there is no password.
        let _ = shown.set_password(None);
    }
    shown.into()
}

/// An address as it is sent: name, password and fragment do not belong to it.
fn without_secrets(address: &Url) -> Url {
    let mut bare = address.clone();
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    bare.set_fragment(None);
    bare
}

/// The `Authorization` of an address with a name and a password in it (RFC 7617).
fn password(address: &Url) -> Option<String> {
    use base64::Engine;
    let name = address.username();
    if name.is_empty() && address.password().is_none() {
        return None;
    }
    let plain = |text: &str| percent_decoded(text);
    let pair = [plain(name), b":".to_vec(), plain(address.password().unwrap_or(""))].concat();
    Some(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)))
}

/// The bytes of a percent-encoded text (RFC 3986, 2.1).
fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digit = |at: usize| behind.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = behind.get(2..).unwrap_or(&[]);
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    bytes
}
