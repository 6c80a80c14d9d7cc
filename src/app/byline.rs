//! The fields of the row under a title: source, author, date, reading time. Each is a paragraph of its own.

use jiff::tz::TimeZone;

use crate::article::{Article, Headline, reading_minutes};

/// The fields that are known.
pub fn byline(article: &Article, headline: &Headline, zone: &TimeZone) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    let named = [article.source.clone().or_else(|| headline.source.clone()), article.author.clone()];
    fields.extend(named.into_iter().flatten().filter(|field| !field.trim().is_empty()));
    if let Some(published) = article.published {
        fields.push(published.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
    }
    fields.push(format!("{} min", reading_minutes(headline.words, headline.language.as_deref())));
    fields
}
