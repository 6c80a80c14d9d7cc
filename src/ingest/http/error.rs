//! What a request can meet with, and what comes of it: one sentence each, and when to try again.

use std::time::Duration;

use jiff::Timestamp;

/// A document that did not come.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is none of the web.
    #[error("could not fetch {address}: {reason}; give an address that begins with http:// or https://")]
    Address {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A server or a document, and not the person, named a host of a private network.
    #[error(
        "did not fetch {address}: it leads to {host}, which is on a private network; if you want that, give its address yourself"
    )]
    Private {
        /// What was asked for.
        address: String,
        /// Where it led.
        host: String,
    },
    /// The name has no address.
    #[error("could not find the host of {address}; look at its name and at the network")]
    NoHost {
        /// What was asked for.
        address: String,
    },
    /// No connection.
    #[error("could not reach {address}: {reason}; look at the address and at the network")]
    Connection {
        /// What was asked for.
        address: String,
        /// What the system said.
        reason: String,
    },
    /// The connection is not safe.
    #[error(
        "did not read {address}: its certificate or encryption cannot be trusted ({reason}); look at the clock and at the system's certificates, or tell the site"
    )]
    Tls {
        /// What was asked for.
        address: String,
        /// What is wrong.
        reason: String,
    },
    /// It took too long.
    #[error("gave {address} up after {seconds} seconds (limits.request)")]
    Slow {
        /// What was asked for.
        address: String,
        /// The limit.
        seconds: u64,
    },
    /// It is larger than what is read.
    #[error("did not read {address}: it is larger than {limit} MB (limits.document_mb)")]
    Large {
        /// What was asked for.
        address: String,
        /// The limit, in megabytes.
        limit: u64,
    },
    /// Redirects that do not end.
    #[error("did not follow {address}: it was redirected {many} times without coming to an end")]
    Redirects {
        /// What was asked for.
        address: String,
        /// How often.
        many: usize,
    },
    /// It is gone for good (RFC 9110, 15.5.11).
    #[error("{address} is gone for good (410): it is not fetched any more; remove it, or add it again")]
    Gone {
        /// What was asked for.
        address: String,
    },
    /// The server said no.
    #[error("{address} was answered with {}{}", describe(*.status), when(*.until))]
    Status {
        /// What was asked for.
        address: String,
        /// The status (RFC 9110, 15).
        status: u16,
        /// Until when the server wants to be left alone.
        until: Option<Timestamp>,
    },
    /// What came is no HTTP, or is packed wrongly.
    #[error("could not read the answer of {address}: {reason}; tell the site if it stays so")]
    Broken {
        /// What was asked for.
        address: String,
        /// What is wrong.
        reason: String,
    },
}

impl FetchError {
    /// Until when the server wants to be left alone.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Status { until, .. } => *until,
            _ => None,
        }
    }

    /// Whether there is no use in trying again.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Gone { .. })
    }
}

/// A status, and what it means.
fn describe(status: u16) -> String {
    let meaning = match status {
        401 | 407 => "it wants a password; give the address as https://name:password@host/",
        403 => "it does not let us in",
        404 => "there is no such page; look at how the address is written",
        408 | 504 => "it took too long there",
        429 => "it was asked too often",
        451 => "it may not be shown here, by law",
        500..=599 => "a fault of the server",
        _ => "nothing that can be read",
    };
    format!("{status} ({meaning})")
}

fn when(until: Option<Timestamp>) -> &'static str {
    if until.is_some() { "; it wants to be left alone for a while" } else { "" }
}

/// The sentence for what ureq met with.
pub(super) fn of(error: ureq::Error, address: &str, limit: Duration, megabytes: u64) -> FetchError {
    let address = address.to_owned();
    let broken = |address, reason: String| FetchError::Broken { address, reason };
    match error {
        ureq::Error::Timeout(_) => FetchError::Slow { address, seconds: limit.as_secs().max(1) },
        ureq::Error::HostNotFound => FetchError::NoHost { address },
        ureq::Error::Rustls(error) => FetchError::Tls { address, reason: error.to_string() },
        ureq::Error::Tls(reason) => FetchError::Tls { address, reason: reason.to_owned() },
        ureq::Error::BodyExceedsLimit(_) => FetchError::Large { address, limit: megabytes },
        ureq::Error::BadUri(_) => FetchError::Address { address, reason: "it is no address of the web" },
        ureq::Error::Decompress(what, _) => broken(address, format!("it is no sound {what}")),
        ureq::Error::LargeResponseHeader(..) => broken(address, "its head is too long".to_owned()),
        ureq::Error::Other(other) => match other.downcast_ref::<super::address::PrivateHost>() {
            Some(host) => FetchError::Private { address, host: host.0.clone() },
            None => broken(address, other.to_string()),
        },
        ureq::Error::Io(error) => io(error, address, limit, megabytes),
        ureq::Error::ConnectionFailed => {
            FetchError::Connection { address, reason: "no connection came about".to_owned() }
        }
        ureq::Error::ConnectProxyFailed(reason) => {
            FetchError::Connection { address, reason: format!("the proxy refused ({reason})") }
        }
        other => broken(address, other.to_string()),
    }
}

fn io(error: std::io::Error, address: String, limit: Duration, megabytes: u64) -> FetchError {
    use std::io::ErrorKind;
    let kind = error.kind();
    // Errors of ureq travel inside errors of the reader.
    match error.downcast::<ureq::Error>() {
        Ok(inner) if !matches!(inner, ureq::Error::Io(_)) => of(inner, &address, limit, megabytes),
        Ok(inner) => FetchError::Connection { address, reason: inner.to_string() },
        Err(error) => match kind {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                FetchError::Slow { address, seconds: limit.as_secs().max(1) }
            }
            ErrorKind::InvalidData if error.to_string().contains("ertificate") => {
                FetchError::Tls { address, reason: error.to_string() }
            }
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::ConnectionReset => {
                FetchError::Broken { address, reason: "it ended in the middle".to_owned() }
            }
            _ if error.to_string().contains("lookup") => FetchError::NoHost { address },
            _ => {
                let text = error.to_string();
                let reason = text.split(" (os error").next().unwrap_or(&text).to_lowercase();
                FetchError::Connection { address, reason }
            }
        },
    }
}
