//! Tags: the prompt that puts them on and takes them off, its completion, and the last tags again.

use std::collections::BTreeSet;

use super::effect::Effect;
use super::prompt::{Prompt, PromptKind};
use super::state::State;
use crate::article::{Verb, tags_of};
use crate::text::fold::fold;

impl State {
    /// `t`: asks for tags of the articles that are meant now; those that all of them have stand there already.
    pub(super) fn ask_tags(&mut self, count: Option<usize>) -> Vec<Effect> {
        let ids = self.targets(count);
        let Some((first, rest)) = ids.split_first() else { return self.nothing_here() };
        let mut common = self.known_marks(*first).tags;
        for id in rest {
            let own = self.known_marks(*id).tags;
            common.retain(|tag| own.contains(tag));
        }
        let line = common.iter().map(|tag| format!("{tag}, ")).collect::<String>();
        self.triage.tags_before = common;
        self.prompt = Some(Prompt::with(PromptKind::Tags, &line));
        self.asked_for = ids;
        vec![Effect::LoadTags]
    }

    /// Enter: what was typed is put on, what was deleted is taken off.
    pub(super) fn tags_typed(&mut self, line: &str) -> Vec<Effect> {
        let ids = std::mem::take(&mut self.asked_for);
        let wanted: BTreeSet<String> = tags_of(line).into_iter().map(|tag| self.known_tag(tag)).collect();
        let before = std::mem::take(&mut self.triage.tags_before);
        let add: BTreeSet<String> = wanted.difference(&before).cloned().collect();
        let remove: BTreeSet<String> = before.difference(&wanted).cloned().collect();
        if add.is_empty() && remove.is_empty() {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if !add.is_empty() && add != self.triage.last_tags {
            self.triage.last_tags.clone_from(&add);
            effects.push(Effect::KeepTags(add.clone()));
        }
        effects.extend(self.act(&Verb::Tag { add, remove }, ids, false));
        effects
    }

    /// The tags that were put on last in an earlier session.
    pub fn remember_tags(&mut self, tags: BTreeSet<String>) {
        self.triage.last_tags = tags;
    }

    /// `T`: the last tags again.
    pub(super) fn tag_again(&mut self, count: Option<usize>) -> Vec<Effect> {
        let add = self.triage.last_tags.clone();
        if add.is_empty() {
            self.say("no tag was put on yet: t asks for one");
            return Vec::new();
        }
        let ids = self.targets(count);
        if ids.is_empty() {
            return self.nothing_here();
        }
        self.act(&Verb::Tag { add, remove: BTreeSet::new() }, ids, false)
    }

    /// Takes the library's tags.
    pub(super) fn take_tags(&mut self, tags: Vec<String>) {
        self.triage.tags = tags;
    }

    /// A tag as it is written already, where it differs in spelling only.
    fn known_tag(&self, typed: String) -> String {
        let folded = fold(&typed);
        self.triage.tags.iter().find(|tag| fold(tag) == folded).cloned().unwrap_or(typed)
    }

    /// The tags that what is typed behind the last comma can become, those used most first.
    pub fn tag_completions(&self) -> Vec<&str> {
        let Some(prompt) = self.prompt.as_ref().filter(|prompt| prompt.kind == PromptKind::Tags) else {
            return Vec::new();
        };
        let (before, typed) = split(prompt.text());
        let there: Vec<String> = tags_of(before).iter().map(|tag| fold(tag)).collect();
        let typed = fold(typed.trim());
        let fits = |tag: &&String| {
            let folded = fold(tag);
            folded.contains(&typed) && !there.contains(&folded)
        };
        let mut found: Vec<&str> = self.triage.tags.iter().filter(fits).map(String::as_str).collect();
        // Those that begin so come first.
        found.sort_by_key(|tag| !fold(tag).starts_with(&typed));
        found
    }

    /// Tab: the first completion, and a comma for the next tag.
    pub(super) fn complete_tag(&mut self) {
        let Some(tag) = self.tag_completions().first().map(|tag| (*tag).to_owned()) else { return };
        if let Some(prompt) = &mut self.prompt {
            let (before, _) = split(prompt.text());
            let blank = if before.is_empty() { "" } else { " " };
            *prompt = Prompt::with(PromptKind::Tags, &format!("{before}{blank}{tag}, "));
        }
    }
}

/// The line up to its last comma, and what is typed behind it.
fn split(line: &str) -> (&str, &str) {
    let at = line
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, ',' | '،'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    line.split_at_checked(at).unwrap_or(("", line))
}
