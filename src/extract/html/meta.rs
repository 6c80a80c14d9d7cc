//! What a page says of its article: title, byline, day, language, direction, address. From JSON-LD, OpenGraph, `meta`,
//! `time` and the elements that are made for it; what is said in vain (a template's language, an address for a name) is
//! not believed.

use jiff::Timestamp;
use scraper::{ElementRef, Html};
use url::Url;

use super::json_ld::Said;
use super::{attribute, collapsed, meta, select};
use crate::article::Normalized;
use crate::extract::facts::understand;
use crate::extract::language::language_of;
use crate::extract::plain;
use crate::text::fold::fold;
use crate::text::{Direction, direction_of};

/// Letters of a byline and of a written date.
const SHORT: usize = 80;
/// Lines before a text in which its day may stand.
const HEAD_LINES: usize = 12;
/// What parts a title from the name of its site.
const SEPARATORS: &[&str] = &[" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " · "];
/// What stands before a name in a byline, folded where it is compared.
pub(super) const BY: &[&str] = &[
    "written by",
    "by",
    "بقلم",
    "بواسطة",
    "كتبت",
    "كتبه",
    "كتب",
    "تحرير",
    "إعداد",
    "نویسنده",
    "نوشته",
    "خبرنگار",
    "מאת",
];

/// The title: as the article's own heading, as the page declares it, as its window shows it.
pub(super) fn title(document: &Html, root: Option<ElementRef<'_>>, said: &Said) -> Option<String> {
    let site = site(document, said);
    let headings: Vec<String> = select("h1").map_or_else(Vec::new, |h1| {
        document.select(&h1).take(20).map(text_of).filter(|text| !text.is_empty()).collect()
    });
    let own = root.and_then(|root| root.select(&select("h1")?).map(text_of).find(|text| !text.is_empty()));
    let declared = said
        .headline
        .clone()
        .or_else(|| meta(document, "og:title"))
        .or_else(|| meta(document, "twitter:title"))
        .map(|title| without_site(&title, site.as_deref()));
    let window = attribute_text(document, "title").map(|title| without_site(&title, site.as_deref()));
    // A heading outside the article counts where the page says the same elsewhere; a site's name stands there too.
    let said_twice = headings.iter().find(|heading| {
        let heading = fold(heading);
        [&declared, &window].into_iter().flatten().any(|other| {
            let other = fold(other);
            let near = heading.len().min(other.len()) * 10 >= heading.len().max(other.len()) * 6;
            other == heading || (near && (other.contains(&heading) || heading.contains(&other)))
        })
    });
    // A heading that the window's title begins or ends with, parted from the rest, is the title.
    // Old pages set it in large or bold letters.
    let set_as = if headings.is_empty() { "h1, h2, b, strong, font, big" } else { "h1, h2" };
    let begins = select(set_as).and_then(|headings| {
        let window = attribute_text(document, "title")?;
        document.select(&headings).take(20).map(text_of).find(|heading| {
            let rest =
                window.strip_prefix(heading.as_str()).or_else(|| window.strip_suffix(heading.as_str()));
            let parted =
                |rest: &str| SEPARATORS.iter().any(|own| rest.starts_with(own) || rest.ends_with(own));
            heading.chars().count() > 8 && rest.is_some_and(|rest| !rest.is_empty() && parted(rest))
        })
    });
    let is_site = |title: &String| site.as_ref().is_some_and(|site| fold(site) == fold(title));
    own.filter(|title| !is_site(title))
        .or_else(|| said_twice.cloned().filter(|title| !is_site(title)))
        .or(declared)
        .or_else(|| begins.filter(|title| !is_site(title)))
        .or_else(|| headings.first().filter(|title| headings.len() == 1 && !is_site(title)).cloned())
        .or(window)
}

fn attribute_text(document: &Html, selector: &str) -> Option<String> {
    let found = document.select(&select(selector)?).next().map(text_of)?;
    (!found.is_empty()).then_some(found)
}

fn text_of(element: ElementRef<'_>) -> String {
    collapsed(element.text())
}

/// A title without the name of its site at its end or start.
fn without_site(title: &str, site: Option<&str>) -> String {
    let site = site.map(fold);
    for separator in SEPARATORS {
        if let Some((before, after)) = title.rsplit_once(separator) {
            let known = site.as_ref().is_some_and(|site| fold(after) == *site);
            let barred = matches!(*separator, " | " | " :: " | " » ")
                && before.chars().count() > after.chars().count();
            if known || barred {
                return before.trim().to_owned();
            }
        }
        if let Some((before, after)) = title.split_once(separator)
            && site.as_ref().is_some_and(|site| fold(before) == *site)
        {
            return after.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The name of the publication.
pub(super) fn site(document: &Html, said: &Said) -> Option<String> {
    meta(document, "og:site_name")
        .or_else(|| said.publisher.clone())
        .or_else(|| meta(document, "application-name"))
}

/// Who wrote it.
pub(super) fn author(document: &Html, said: &Said) -> Option<String> {
    let is_name =
        |name: &String| !name.contains("://") && !name.starts_with('@') && name.chars().count() <= SHORT;
    let declared = said.author.clone().or_else(|| meta(document, "author")).filter(is_name);
    let named =
        || meta(document, "article:author").or_else(|| meta(document, "parsely-author")).filter(is_name);
    declared.or_else(named).or_else(|| {
        let elements = select("[itemprop=author] [itemprop=name], [itemprop=author], [rel=author], .author-name, .byline, .author, .authors")?;
        document
            .select(&elements)
            .take(8)
            .map(text_of)
            .map(|text| without_by(&text))
            .find(|text| !text.is_empty() && is_name(text) && !text.chars().any(char::is_numeric))
    })
}

/// A byline's name alone.
fn without_by(text: &str) -> String {
    let folded = fold(text);
    let by = BY.iter().map(|by| fold(by)).find(|by| {
        folded.strip_prefix(by.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let Some(by) = by else { return text.to_owned() };
    let rest: String = text.chars().skip(by.chars().count()).collect();
    rest.trim_start_matches([':', ' ', '：', '-']).trim().to_owned()
}

/// When it was published.
pub(super) fn published(document: &Html, root: Option<ElementRef<'_>>, said: &Said) -> Option<Timestamp> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "datePublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "DC.date.issued",
        "dcterms.created",
        "dc.date",
        "DC.date",
        "DC.Date",
        "pubdate",
        "publish-date",
        "publishdate",
        "date",
    ];
    let declared = said.published.as_deref().and_then(timestamp);
    let named = || NAMES.iter().filter_map(|name| meta(document, name)).find_map(|said| timestamp(&said));
    let marked = |selector: &str| {
        attribute(document, selector, "datetime").or_else(|| attribute(document, selector, "content"))
    };
    declared
        .or_else(named)
        .or_else(|| marked("[itemprop=datePublished]").and_then(|said| timestamp(&said)))
        .or_else(|| {
            let times = select("time[datetime]")?;
            let inside = root.and_then(|root| root.select(&times).next());
            let time = inside.or_else(|| document.select(&times).next())?;
            timestamp(time.value().attr("datetime")?)
        })
        .or_else(|| written(document))
        .or_else(|| written_before(root?))
}

/// A day that stands on a line of its own before an article's text.
fn written_before(root: ElementRef<'_>) -> Option<Timestamp> {
    let lines = root.text().map(str::trim).filter(|line| !line.is_empty()).take(HEAD_LINES);
    let short = lines.take_while(|line| line.chars().count() <= SHORT * 2);
    let has_year = |line: &&str| {
        line.chars().count() <= SHORT / 2
            && line.split(|c: char| !c.is_ascii_digit()).any(|own| own.len() == 4 && own.starts_with("20"))
    };
    short.filter(has_year).find_map(day)
}

/// A day that is written for people, where an element says that it is one.
fn written(document: &Html) -> Option<Timestamp> {
    let elements = select(
        "time, [itemprop=datePublished], .date, .post-date, .entry-date, .published, .posted-on, .news-date, .publish-date",
    )?;
    document
        .select(&elements)
        .take(8)
        .map(text_of)
        .filter(|text| text.chars().count() <= SHORT)
        .find_map(|text| day(&text))
}

/// The day that a text names.
fn day(text: &str) -> Option<Timestamp> {
    understand("التاريخ", text).normalized.iter().find_map(|value| match value {
        Normalized::Date(day) => jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok(),
        _ => None,
    })
}

/// A time as pages write it for machines: RFC 3339 and what is nearly so, RFC 2822, a day.
fn timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let nearly = || {
        [
            "%Y-%m-%dT%H:%M:%S%z",
            "%Y-%m-%dT%H:%M:%S%.f%z",
            "%Y-%m-%d %H:%M:%S %z",
            "%Y-%m-%dT%H:%M%z",
            "%Y-%m-%dT%H:%M%:z",
        ]
        .iter()
        .find_map(|form| Timestamp::strptime(form, text).ok())
    };
    let mail = || jiff::fmt::rfc2822::parse(text).ok().map(|time| time.timestamp());
    let day = || plain::timestamp(&text.replace('/', "-"));
    plain::timestamp(text).or_else(nearly).or_else(mail).or_else(day)
}

/// The language: as declared, where the text is in its script; else as the text says.
pub(super) fn language(document: &Html, said: &Said, text: &str) -> Option<String> {
    let declared = [
        attribute(document, "html", "lang"),
        attribute(document, "html", "xml:lang"),
        said.language.clone(),
        meta(document, "og:locale"),
        attribute(document, "body[lang], article[lang], main[lang]", "lang"),
        meta(document, "content-language"),
        attribute(
            document,
            "meta[http-equiv=Content-Language], meta[http-equiv=content-language]",
            "content",
        ),
    ];
    let guess = language_of(text);
    let script = guess.map(script_of);
    let tag = declared
        .into_iter()
        .flatten()
        .map(|tag| tag.chars().take(35).collect::<String>().replace('_', "-"))
        .find(|tag| {
            let primary = tag.split('-').next().unwrap_or("");
            (2..=3).contains(&primary.len()) && script.is_none_or(|script| script == script_of(primary))
        });
    tag.or_else(|| guess.map(str::to_owned))
}

/// Which script a language is written in, as far as it matters here.
fn script_of(tag: &str) -> u8 {
    match tag.to_ascii_lowercase().as_str() {
        "ar" | "fa" | "ur" | "ps" | "ckb" | "sd" | "ug" | "ku" => 1,
        "he" | "iw" | "yi" => 2,
        _ => 0,
    }
}

/// The direction: by `dir`, by style sheet, by the theme's class, where the text does not say otherwise.
pub(super) fn direction(document: &Html, root: Option<ElementRef<'_>>, text: &str) -> Option<Direction> {
    let of_words = direction_of(text);
    let around = root.and_then(|root| {
        let own = std::iter::once(root).chain(root.ancestors().filter_map(ElementRef::wrap));
        own.filter_map(|element| super::direction(element.value().attr("dir")?)).next()
    });
    let declared = attribute(document, "html, body, article", "dir").and_then(|dir| super::direction(&dir));
    let declared = around.or(declared).or_else(|| styled(document, root));
    // A page that is left-to-right as a whole may hold an article that is not, and the other way round.
    declared.filter(|declared| of_words.is_none_or(|words| words == *declared))
}

/// The direction that styles give: on the element, or of the page's own style sheet, or by the name of a theme.
fn styled(document: &Html, root: Option<ElementRef<'_>>) -> Option<Direction> {
    let rtl = |style: &str| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("direction:rtl")
    };
    let around = root.into_iter().flat_map(|root| {
        std::iter::once(root).chain(root.ancestors().filter_map(ElementRef::wrap)).collect::<Vec<_>>()
    });
    let named = |class: &str| class.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("rtl"));
    let own = around.into_iter().any(|element| {
        let own = element.value();
        own.attr("style").is_some_and(rtl) || own.attr("class").is_some_and(named)
    });
    let sheet = || {
        let styles = select("style")?;
        let found = document.select(&styles).take(20).any(|style| {
            let text: String = style.text().collect();
            text.split('}').any(|rule| {
                let mut parts = rule.splitn(2, '{');
                let (of, what) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
                let whole = of.split(',').any(|name| matches!(name.trim(), "body" | "html" | "*"));
                whole && rtl(what)
            })
        });
        found.then_some(Direction::Rtl)
    };
    if own { Some(Direction::Rtl) } else { sheet() }
}

/// The page's own address: as it says itself, where that is a page and not its site.
pub(super) fn address(document: &Html, said: &Said, base: Option<&Url>) -> Option<String> {
    let candidates =
        [attribute(document, "link[rel=canonical]", "href"), meta(document, "og:url"), said.url.clone()];
    let mut web = candidates.into_iter().flatten().filter_map(|address| super::web_address(base, &address));
    let is_page =
        |address: &String| Url::parse(address).is_ok_and(|url| url.path() != "/" || url.query().is_some());
    web.find(is_page)
}
