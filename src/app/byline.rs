//! The fields of the row under a title: source, author, date, reading time, and what the person put on it: tags, the day to
//! come back, the note. Each is a paragraph of its own.

use jiff::tz::TimeZone;

use crate::article::{Article, Bookmark, Headline, reading_minutes};

/// The fields that are known.
pub fn byline(article: &Article, headline: &Headline, zone: &TimeZone) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    let named = [article.source.clone().or_else(|| headline.source.clone()), article.author.clone()];
    fields.extend(named.into_iter().flatten().filter(|field| !field.trim().is_empty()));
    if let Some(published) = article.published {
        fields.push(published.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
    }
    fields.push(format!("{} min", reading_minutes(headline.words, headline.language.as_deref())));
    fields.extend(headline.marks.tags.iter().map(|tag| format!("#{tag}")));
    if let Some(Bookmark { note, due }) = &headline.marks.bookmark {
        let due = due.map(|day| day.strftime("%a %Y-%m-%d").to_string());
        fields.push(format!("* {}", due.as_deref().unwrap_or("follow-up")));
        fields.extend(note.clone());
    }
    fields
}
