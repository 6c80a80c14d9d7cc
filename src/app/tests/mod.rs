//! What keys do, as people rely on it: a state, keys typed, the state and the effects afterwards.

mod board;
mod browsing;
mod comparing;
mod correcting;
mod deciding;
mod fetching;
mod follow_ups;
mod following;
mod orders;
mod pointing;
mod reading;
mod tagging;
mod typing;
mod views;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::keymap::parse_keys;
use super::*;
use crate::article::{Article, ArticleId, Block, BlockKind, Evidence, Fact, Headline, Marks, Method, Span};
use crate::query::View;

pub(super) const SEED: &str = include_str!("../../../seeds/000_b4d0be8530039662.txt");

pub(super) fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// An article whose first line is the title and whose other lines are paragraphs.
pub(super) fn article(text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        if article.title.is_empty() {
            article.title = span;
        } else if !span.is_empty() {
            article.blocks.push(Block { kind: BlockKind::Paragraph, span, direction: None });
        }
    }
    article
}

pub(super) fn fact(text: &str, key: &str, value: &str) -> Fact {
    let row = format!("{key} {value}");
    let start = text.find(&row).unwrap();
    Fact {
        key: key.to_owned(),
        value: value.to_owned(),
        concept: None,
        normalized: Vec::new(),
        evidence: Evidence {
            key: Span::new(start, start + key.len()),
            value: Span::new(start + key.len() + 1, start + row.len()),
            row: Span::new(start, start + row.len()),
            table: None,
            sentence: None,
            contradiction: None,
        },
        method: Method::Flattened,
        confidence: 1.0,
    }
}

pub(super) fn headline(id: i64, title: &str) -> Headline {
    Headline {
        id: ArticleId(id),
        title: title.to_owned(),
        source: Some("وكالة الاختبار".to_owned()),
        published: "2026-11-24T07:00:00Z".parse().unwrap(),
        direction: None,
        language: Some("ar".to_owned()),
        marks: Marks::default(),
        facts: 0,
        words: 400,
    }
}

/// A state with its library's answers given as `update` asks for them.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) headlines: Vec<Headline>,
    pub(super) effects: Vec<Effect>,
    pub(super) stories: Vec<(ArticleId, Vec<ArticleId>)>,
}

impl Desk {
    /// A reader of `columns`×`rows` on an inbox of `many` articles with the seed's text.
    pub(super) fn new(columns: u16, rows: u16, many: i64) -> Self {
        let headlines = (1..=many).map(|id| headline(id, &format!("خبر رقم {id}"))).collect();
        let settings = Settings { direction: Some(crate::text::Direction::Ltr), ..Settings::default() };
        let state = State::new((columns, rows), now(), TimeZone::UTC, settings, Library::Own);
        let mut desk = Self { state, headlines, effects: Vec::new(), stories: Vec::new() };
        let effects = desk.state.start(None);
        desk.answer(effects);
        desk
    }

    /// Types keys, each with its answers, and returns the effects of all of them.
    pub(super) fn keys(&mut self, keys: &str) -> Vec<Effect> {
        self.effects.clear();
        for key in parse_keys(keys).unwrap() {
            self.event(Event::Key(key));
        }
        self.effects.iter().filter(|effect| !matches!(effect, Effect::CheckLibrary)).cloned().collect()
    }

    pub(super) fn event(&mut self, event: Event) {
        let effects = self.state.update(event, now());
        self.answer(effects);
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        self.state.arrange();
        for effect in effects {
            self.effects.push(effect.clone());
            let event = match effect {
                Effect::LoadView { view, sort, reason } => {
                    let headlines: Vec<Headline> = self.headlines.clone();
                    let ids: Vec<ArticleId> = headlines.iter().map(|line| line.id).collect();
                    let stories = self.stories.clone();
                    let complete = true;
                    Event::ViewLoaded(ViewLoaded {
                        view,
                        sort,
                        many: ids.len(),
                        ids,
                        headlines,
                        complete,
                        stories,
                        reason,
                    })
                }
                Effect::LoadArticle(id) => {
                    let loaded = self.state.list.headline(id).cloned().map(|headline| {
                        let facts: Vec<Fact> = vec![
                            fact(SEED, "الدولة المستضيفة", "الصين"),
                            fact(SEED, "الدورة المقبلة", "الكويت (موعد لاحق)"),
                        ];
                        let article = Arc::new(article(SEED));
                        Box::new(Loaded {
                            article,
                            facts: facts.into(),
                            headline,
                            position: None,
                            changed: None,
                        })
                    });
                    Event::ArticleLoaded(id, loaded)
                }
                Effect::After(_, timer @ Timer::Preview(_)) => Event::Timer(timer),
                _ => continue,
            };
            let effects = self.state.update(event, now());
            self.answer(effects);
        }
        self.state.arrange();
    }

    pub(super) fn marks(&self, id: i64) -> Marks {
        self.state.list.marks(ArticleId(id)).cloned().unwrap_or_default()
    }

    pub(super) fn open(&self) -> Option<i64> {
        self.state.reader.as_ref().filter(|_| self.state.open).map(|reader| reader.id.0)
    }

    pub(super) fn message(&self) -> &str {
        match &self.state.status {
            Status::Message(text) | Status::Error(text) => text,
            Status::Hints => "",
        }
    }

    pub(super) fn view(&self) -> &View {
        &self.state.list.view
    }
}

mod any_keys {
    //! Whatever is typed, in whatever order and at whatever size: the cursor stays on the list, and nothing panics.

    use proptest::prelude::*;
    use proptest::strategy::Strategy;

    use super::*;

    fn any_step() -> impl Strategy<Value = String> {
        let names = crate::app::actions::ACTIONS.iter().flat_map(|info| info.keys.iter().copied());
        let keys: Vec<String> = names.map(str::to_owned).collect();
        prop_oneof![
            8 => prop::sample::select(keys),
            1 => "[0-9a-zا-ي/?]{1,3}",
            1 => Just("/المشاريع<Enter>".to_owned()),
            1 => Just("<Esc>".to_owned()),
            1 => "@[0-9]{1,3}x[0-9]{1,2}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_breaks(steps in prop::collection::vec(any_step(), 1..60), many in 0i64..40) {
            let mut desk = Desk::new(80, 24, many);
            for step in steps {
                match step.strip_prefix('@').and_then(|size| size.split_once('x')) {
                    Some((columns, rows)) => {
                        desk.event(Event::Resize(columns.parse().unwrap_or(0), rows.parse().unwrap_or(0)));
                    }
                    None => {
                        desk.keys(&step);
                    }
                }
                let state = &desk.state;
                prop_assert!(state.list.ids.is_empty() || state.list.cursor < state.list.ids.len());
                prop_assert!(state.list.top <= state.list.cursor || state.panes.list.is_none() || state.open);
                if let Some(reader) = &state.reader {
                    prop_assert!(reader.facts.is_empty() || reader.fact < reader.facts.len());
                    prop_assert!(reader.percent <= 100);
                }
            }
        }
    }
}
