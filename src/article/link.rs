//! Which addresses are followed: those of the web and of mail. Nothing that runs a program or names a file of this
//! machine, and nothing that a terminal or a program could take for more than an address.

use url::Url;

/// Whether a reader may follow an address: absolute, `http`, `https` (with a host) or `mailto`, without characters that
/// are no part of an address (RFC 3986: controls, white space, quotation marks, angle brackets).
pub fn is_followed(address: &str) -> bool {
    let clean = address.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>'));
    let Ok(url) = Url::parse(address) else { return false };
    match url.scheme() {
        "http" | "https" => clean && url.host_str().is_some_and(|host| !host.is_empty()),
        "mailto" => clean && url.path().contains('@'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_followed() {
        for good in [
            "https://a.example/x?y=1#z",
            "http://[::1]/",
            "mailto:desk@a.example",
            "https://a.example/%D8%AE",
        ] {
            assert!(is_followed(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "/relative",
            "https://a.example/\u{1b}]0;x\u{7}",
            "https://a.example/ x",
            "https://a.example/\u{202E}x",
            "http://",
            "mailto:",
            "",
        ] {
            assert!(!is_followed(bad), "{bad}");
        }
    }
}
