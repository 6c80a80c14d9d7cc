//! The environment's proxies: `http_proxy`, `https_proxy`, `all_proxy`, and `no_proxy` for the hosts that are reached
//! without one. Names in small letters stand before those in capitals, as other programs have it.

use url::Url;

/// The proxies by the scheme of the address that is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Proxies {
    pub http: Option<ureq::Proxy>,
    pub https: Option<ureq::Proxy>,
    without: Vec<String>,
}

impl Proxies {
    /// The proxies of the process's environment.
    pub(super) fn of_environment() -> Self {
        Self::of(&|name| std::env::var(name).ok())
    }

    fn of(value: &dyn Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&str]| {
            let set = names.iter().filter_map(|name| value(name)).find(|value| !value.trim().is_empty());
            set.and_then(|value| ureq::Proxy::new(value.trim()).ok())
        };
        let without = ["no_proxy", "NO_PROXY"].into_iter().find_map(value).unwrap_or_default();
        Self {
            // `HTTP_PROXY` is not read: where this program is started by a web server, its clients set it.
            http: first(&["http_proxy", "all_proxy", "ALL_PROXY"]),
            https: first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            without: without.split(',').map(|host| host.trim().to_ascii_lowercase()).collect(),
        }
    }

    /// Whether `no_proxy` names the host of an address, or a domain that it belongs to.
    pub(super) fn passes_over(&self, address: &Url) -> bool {
        let host = address.host_str().unwrap_or_default();
        self.without.iter().any(|own| {
            let own = own.trim_start_matches('*').trim_start_matches('.');
            let below = host.strip_suffix(own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !own.is_empty() && below || own.is_empty() && self.without.iter().any(|all| all == "*")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_go_by_scheme_and_hosts() {
        let proxies = Proxies::of(&|name| {
            let value = match name {
                "https_proxy" => "http://proxy.example:8080",
                "ALL_PROXY" => "socks5://127.0.0.1:1080",
                "NO_PROXY" => "news.example, .internal",
                _ => return None,
            };
            Some(value.to_owned())
        });
        assert_eq!(proxies.https.as_ref().map(|proxy| proxy.port()), Some(8080));
        assert_eq!(proxies.http.as_ref().map(|proxy| proxy.port()), Some(1080));
        let over = |address: &str| proxies.passes_over(&Url::parse(address).unwrap());
        assert!(
            over("https://news.example/feed")
                && over("https://a.news.example/")
                && over("http://x.internal/")
        );
        assert!(!over("https://oldnews.example/") && !over("https://example/"));
        let all = Proxies::of(&|name| (name == "no_proxy").then(|| "*".to_owned()));
        assert!(all.passes_over(&Url::parse("https://a.example/").unwrap()));
    }
}
