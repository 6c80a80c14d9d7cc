//! What elements say of themselves by `class`, `id` and `role`: is it the article's, or of what stands around it (menus,
//! shares, related news, comments, banners, advertisements). What words say of a block is `phrases`'.

use scraper::node::Element;

/// Elements that are no part of an article's text.
const PASSED: &[&str] = &[
    "script",
    "style",
    "nav",
    "aside",
    "footer",
    "form",
    "noscript",
    "template",
    "svg",
    "button",
    "iframe",
    "select",
    "head",
    "object",
    "math",
    "dialog",
    "menu",
    "amp-sidebar",
    "amp-ad",
    "amp-consent",
    "amp-social-share",
    "input",
    "textarea",
    "label",
    "canvas",
];

/// Words of classes, ids and roles of what stands beside an article, each as a whole word of a name.
const BESIDE: &[&str] = &[
    "actions",
    "ad",
    "ads",
    "adsense",
    "adsbygoogle",
    "advert",
    "advertisement",
    "advertising",
    "addtoany",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "comments",
    "commentlist",
    "consent",
    "contentinfo",
    "complementary",
    "btn",
    "button",
    "cookie",
    "cookies",
    "disqus",
    "cta",
    "dfp",
    "download",
    "foot",
    "footer",
    "gdpr",
    "login",
    "masthead",
    "menu",
    "meta",
    "mgid",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "noprint",
    "onetrust",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "poll",
    "popular",
    "popup",
    "poster",
    "postmeta",
    "postprofile",
    "promo",
    "promotion",
    "rating",
    "recirc",
    "recommended",
    "recommendations",
    "regwall",
    "related",
    "relatedposts",
    "respond",
    "search",
    "searchform",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "ticker",
    "userinfo",
    "toolbar",
    "toc",
    "topbar",
    "trending",
    "widget",
    "feedflare",
    "catlinks",
    "navbox",
    "editsection",
];

/// Names of two words of what stands beside an article.
const BESIDE_PAIRS: &[(&str, &str)] = &[
    ("entry", "meta"),
    ("post", "meta"),
    ("article", "meta"),
    ("post", "info"),
    ("article", "info"),
    ("entry", "date"),
    ("post", "date"),
    ("posted", "on"),
    ("posted", "in"),
    ("publish", "date"),
    ("author", "box"),
    ("author", "bio"),
    ("about", "author"),
    ("author", "info"),
    ("tag", "list"),
    ("post", "tags"),
    ("cat", "links"),
    ("read", "more"),
    ("read", "also"),
    ("see", "also"),
    ("more", "news"),
    ("latest", "news"),
    ("site", "header"),
    ("site", "branding"),
    ("page", "header"),
    ("reader", "text"),
    ("app", "download"),
    ("follow", "us"),
    ("comment", "list"),
    ("comment", "form"),
    ("user", "actions"),
    ("post", "actions"),
    ("article", "tools"),
    ("live", "nav"),
    ("message", "user"),
    ("most", "read"),
    ("most", "viewed"),
    ("most", "popular"),
];

/// Words of names of an article's own parts: an element that has one is not judged by the words above.
const OWN: &[&str] = &[
    "articlebody",
    "entry-content",
    "post-content",
    "article-body",
    "article-content",
    "story-body",
    "story-content",
    "post-body",
    "main-content",
    "page-content",
    "td-post-content",
    "news-content",
    "content-body",
    "lead",
    "standfirst",
    "footnotes",
    "footnote",
    "endnotes",
    "references",
];

/// Words of names of what says who wrote an article, and when.
const SAID: &[&str] = &[
    "author",
    "writer",
    "reporter",
    "byline",
    "signature",
    "date",
    "time",
    "timestamp",
    "published",
    "updated",
    "posted",
];

/// Whether an element is never the article's: scripts, menus, forms; what is hidden; what stands beside it by its role.
pub(super) fn is_passed(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or("");
    PASSED.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || hides(style)
        || matches!(
            element.attr("role"),
            Some(
                "navigation"
                    | "complementary"
                    | "search"
                    | "contentinfo"
                    | "banner"
                    | "dialog"
                    | "alertdialog"
                    | "menu"
                    | "menubar"
                    | "toolbar"
                    | "alert"
            )
        )
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Whether an element's names say that it stands beside the article.
pub(super) fn is_beside(element: &Element) -> bool {
    if matches!(element.name(), "html" | "body") || says_own(element) {
        return false;
    }
    let names = [element.attr("class"), element.attr("id"), element.attr("data-component")];
    names.into_iter().flatten().flat_map(str::split_ascii_whitespace).any(is_name_beside)
}

/// One class or id: by its words, the last one first, since what comes before describes it.
fn is_name_beside(name: &str) -> bool {
    let words = words(name);
    // A theme says of the whole page what it has: «has-sidebar», «no-comments», «with-ads».
    let describes =
        words.first().is_some_and(|first| matches!(first.as_str(), "has" | "no" | "with" | "without"));
    // Page builders call every part a widget.
    let built = words.first().is_some_and(|first| matches!(first.as_str(), "elementor" | "vc" | "et"));
    if describes || built {
        return false;
    }
    // Boxes around everything: «content-sidebar-wrap».
    let wraps = words.iter().any(|word| matches!(word.as_str(), "content" | "wrap" | "wrapper" | "layout"));
    let is_around = |word: &str| matches!(word, "sidebar" | "nav" | "menu" | "widget" | "footer" | "banner");
    words.iter().any(|word| BESIDE.contains(&word.as_str()) && !(wraps && is_around(word)))
        || words.windows(2).any(|pair| match pair {
            [first, second] => BESIDE_PAIRS.contains(&(first.as_str(), second.as_str())),
            _ => false,
        })
}

/// Whether an element's names say that it is the article's text.
pub(super) fn says_own(element: &Element) -> bool {
    let names = [element.attr("class"), element.attr("id"), element.attr("itemprop"), element.attr("role")];
    names.into_iter().flatten().flat_map(str::split_ascii_whitespace).any(|name| {
        let name = name.to_ascii_lowercase().replace('_', "-");
        OWN.contains(&name.as_str()) || name.starts_with("doc-endnote") || name.starts_with("doc-footnote")
    })
}

/// Whether a class says that an element is the caption of a picture.
pub(super) fn is_caption(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or("");
    class.split_ascii_whitespace().flat_map(words).any(|word| word == "caption")
}

/// Whether an element says who wrote the article, or when.
pub(super) fn says_when_or_who(element: &Element) -> bool {
    let names = [element.attr("class"), element.attr("id"), element.attr("itemprop"), element.attr("rel")];
    element.name() == "time"
        || names
            .into_iter()
            .flatten()
            .flat_map(str::split_ascii_whitespace)
            .flat_map(words)
            .any(|word| SAID.contains(&word.as_str()))
}

/// The words of a name: parted by signs and by capitals.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            words.push(String::new());
        } else {
            if c.is_uppercase() && before_small {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_their_words() {
        for beside in
            ["share-buttons", "sidebar", "relatedPosts", "jp-relatedposts", "entry-meta", "cookie_bar"]
        {
            assert!(is_name_beside(beside), "{beside}");
        }
        for own in ["has-sidebar", "content-sidebar-wrap", "shared", "adventure", "single-post", "navy"] {
            assert!(!is_name_beside(own), "{own}");
        }
    }
}
