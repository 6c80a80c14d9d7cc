//! Trains the two models of flattened rows on articles whose borders are marked (`rows-*.txt`, `not-rows.txt`), by an
//! averaged perceptron: for borders the right one must be ahead of each other one, for lines a row must be above zero
//! and any other line below. For `examples/train-borders.rs`; nothing of it runs when articles are read.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::body::BodyText;
use super::features::{self, Block, Head};
use super::header::header_at;
use super::model::{Model, Sink};
use super::words::{Word, words};
use super::{Judges, Split, read, run_end};
use crate::extract::plain::{self, Line};

/// Rounds over all examples.
const ROUNDS: usize = 12;
/// By how much the right answer must be ahead while training.
const MARGIN: f32 = 1.0;
/// Weights below this are left out of the file.
const LEAST_WEIGHT: f32 = 0.02;

/// What a line of a marked article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gold {
    /// A row; the value begins at this byte.
    Row(usize),
    Header,
    Other,
}

/// An article whose rows are marked.
#[derive(Clone, Debug)]
pub struct Marked {
    text: String,
    gold: Vec<Gold>,
}

/// The weights of both models, as their files hold them.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Of borders.
    pub borders: String,
    /// Of lines.
    pub lines: String,
}

/// What reading marked articles gave: facts that are right, those that were read, those that there are; rows whose
/// border was judged alone, and how many of them rightly.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Facts read as marked.
    pub right: usize,
    /// Facts read.
    pub read: usize,
    /// Facts marked.
    pub marked: usize,
    /// Rows whose border is right when the rows are given.
    pub borders: usize,
    /// Facts read of articles that have none.
    pub from_none: usize,
    /// Articles that have none.
    pub none: usize,
}

/// Reads marked articles: `@` begins one, a bar marks a row's border, `#` begins a header row, `;` a remark.
pub fn marked(file: &str) -> Vec<Marked> {
    let mut articles: Vec<Marked> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with(';')) {
        if line.starts_with('@') {
            articles.push(Marked { text: String::new(), gold: Vec::new() });
            continue;
        }
        let Some(article) = articles.last_mut() else { continue };
        let (line, header) = line.strip_prefix("# ").map_or((line, false), |rest| (rest, true));
        let gold = match line.find('|') {
            _ if header => Gold::Header,
            Some(at) => Gold::Row(at + 1),
            None => Gold::Other,
        };
        article.text.push_str(&line.replacen('|', " ", 1));
        article.text.push('\n');
        if !line.trim().is_empty() {
            article.gold.push(gold);
        }
    }
    articles
}

/// A run of lines of an article, with what they are.
struct Run<'t> {
    rows: Vec<Vec<Word<'t>>>,
    texts: Vec<&'t str>,
    gold: Vec<Gold>,
}

/// The runs of an article's lines behind its title, and its body.
fn runs(article: &Marked) -> (Vec<Run<'_>>, BodyText) {
    let lines = plain::lines(&article.text);
    let rest: &[Line<'_>] = lines.get(1..).unwrap_or(&[]);
    let gold = article.gold.get(1..).unwrap_or(&[]);
    let body = BodyText::new(rest.iter().map(|line| line.text));
    let mut runs = Vec::new();
    let mut at = 0;
    while at < rest.len() {
        let end = run_end(rest, at).max(at + 1);
        let own = rest.get(at..end).unwrap_or(&[]);
        if own.first().is_some_and(|line| super::is_related(line.text)) {
            at = end;
            continue;
        }
        runs.push(Run {
            rows: own.iter().map(|line| words(line.text)).collect(),
            texts: own.iter().map(|line| line.text).collect(),
            gold: gold.get(at..end).unwrap_or(&[]).to_vec(),
        });
        at = end;
    }
    (runs, body)
}

/// The index of the word that begins at a byte.
fn word_at(words: &[Word<'_>], byte: usize) -> Option<usize> {
    words.iter().position(|word| word.start >= byte).filter(|at| *at > 0)
}

/// The names of features, and their numbers while training.
#[derive(Default)]
struct Names(HashMap<String, usize>);

struct Collect<'n> {
    names: &'n mut Names,
    found: Vec<usize>,
}

impl Sink for Collect<'_> {
    fn add(&mut self, parts: &[&str]) {
        let next = self.names.0.len();
        self.found.push(*self.names.0.entry(parts.join("|")).or_insert(next));
    }
}

impl Names {
    fn collect(&mut self, features: impl FnOnce(&mut dyn Sink)) -> Vec<usize> {
        let mut sink = Collect { names: self, found: Vec::new() };
        features(&mut sink);
        sink.found
    }
}

/// An averaged perceptron.
#[derive(Default)]
struct Perceptron {
    weights: Vec<f32>,
    sums: Vec<f64>,
    step: f64,
}

impl Perceptron {
    fn new(many: usize) -> Self {
        Self { weights: vec![0.0; many], sums: vec![0.0; many], step: 1.0 }
    }

    fn score(&self, features: &[usize]) -> f32 {
        features.iter().filter_map(|feature| self.weights.get(*feature)).sum()
    }

    fn update(&mut self, features: &[usize], by: f32) {
        for feature in features {
            if let (Some(weight), Some(sum)) = (self.weights.get_mut(*feature), self.sums.get_mut(*feature)) {
                *weight += by;
                *sum += f64::from(by) * self.step;
            }
        }
    }

    /// The mean of all weights that there were.
    fn file(&self, names: &Names) -> String {
        let mut lines: Vec<String> = names
            .0
            .iter()
            .filter_map(|(name, at)| {
                let mean = f64::from(*self.weights.get(*at)?) - self.sums.get(*at)? / self.step;
                (mean.abs() >= f64::from(LEAST_WEIGHT)).then(|| format!("{name}\t{mean:.2}"))
            })
            .collect();
        lines.sort_unstable();
        let mut file = String::new();
        for line in lines {
            let _ = writeln!(file, "{line}");
        }
        file
    }
}

/// An order that is the same each time (xorshift).
fn shuffled(many: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..many).collect();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for at in (1..many).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(at, usize::try_from(state % (at as u64 + 1)).unwrap_or(0));
    }
    order
}

/// The header over a run's rows, as reading finds it.
fn head(run: &Run<'_>) -> (usize, Head) {
    (0..run.rows.len().min(8))
        .find_map(|at| header_at(&run.rows, at).map(|(_, head)| (at + 1, head)))
        .unwrap_or((0, Head::None))
}

/// The marked rows of a run, and their block.
fn table<'r, 't>(run: &'r Run<'t>) -> Vec<(&'r [Word<'t>], usize)> {
    let rows = run.rows.iter().zip(&run.gold);
    rows.filter_map(|(words, gold)| match gold {
        Gold::Row(byte) => Some((words.as_slice(), word_at(words, *byte)?)),
        _ => None,
    })
    .collect()
}

/// Learns both models.
pub fn train(articles: &[Marked]) -> Weights {
    let borders = train_borders(articles);
    let model = Model::read(&borders);
    let lines = train_lines(articles, &model);
    Weights { borders, lines }
}

fn train_borders(articles: &[Marked]) -> String {
    let mut names = Names::default();
    let mut examples: Vec<(usize, Vec<Vec<usize>>)> = Vec::new();
    for article in articles {
        let (runs, body) = runs(article);
        for run in &runs {
            let rows = table(run);
            let own: Vec<&[Word<'_>]> = rows.iter().map(|(words, _)| *words).collect();
            let block = Block::new(&own, &body, head(run).1);
            for (words, gold) in &rows {
                let candidates = features::borders(words);
                let Some(right) = candidates.iter().position(|at| at == gold) else { continue };
                let features = candidates.iter().map(|at| {
                    names.collect(|sink| {
                        features::border(words, *at, features::label_lengths(words), &block, sink);
                    })
                });
                examples.push((right, features.collect()));
            }
        }
    }
    let mut learned = Perceptron::new(names.0.len());
    for round in 0..ROUNDS {
        for at in shuffled(examples.len(), round as u64 + 1) {
            learned.step += 1.0;
            let Some((gold, candidates)) = examples.get(at) else { continue };
            let Some(right) = candidates.get(*gold) else { continue };
            let score = learned.score(right);
            let rival = candidates
                .iter()
                .enumerate()
                .filter(|(other, _)| other != gold)
                .map(|(_, features)| (learned.score(features), features))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((other, features)) = rival
                && other + MARGIN > score
            {
                learned.update(right, 1.0);
                learned.update(features, -1.0);
            }
        }
    }
    learned.file(&names)
}

fn train_lines(articles: &[Marked], borders: &Model) -> String {
    let mut names = Names::default();
    let mut examples: Vec<(bool, Vec<usize>)> = Vec::new();
    for article in articles {
        let (runs, body) = runs(article);
        for run in runs.iter().filter(|run| run.rows.len() >= 2) {
            let (from, head) = head(run);
            let own: Vec<&[Word<'_>]> = run.rows.iter().skip(from).map(Vec::as_slice).collect();
            let block = Block::new(&own, &body, head);
            for ((words, text), gold) in run.rows.iter().zip(&run.texts).zip(&run.gold).skip(from) {
                if *gold == Gold::Header {
                    continue;
                }
                let best = super::best(words, &block, borders).map_or(0.0, |(_, score, _)| score);
                let features = names.collect(|sink| features::line(words, text, &block, best, sink));
                examples.push((matches!(gold, Gold::Row(_)), features));
            }
        }
    }
    let mut learned = Perceptron::new(names.0.len());
    for round in 0..ROUNDS {
        for at in shuffled(examples.len(), round as u64 + 101) {
            learned.step += 1.0;
            let Some((is, features)) = examples.get(at) else { continue };
            let sign = if *is { 1.0 } else { -1.0 };
            if learned.score(features) * sign < MARGIN {
                learned.update(features, sign);
            }
        }
    }
    learned.file(&names)
}

/// Reads marked articles with some weights and counts what is right.
pub fn evaluate(articles: &[Marked], weights: &Weights) -> Counts {
    let (borders, lines) = (Model::read(&weights.borders), Model::read(&weights.lines));
    let judges = Judges { borders: &borders, lines: &lines };
    let mut counts = Counts::default();
    for article in articles {
        let (runs, body) = runs(article);
        let before = counts.read;
        let none = !article.gold.iter().any(|gold| matches!(gold, Gold::Row(_)));
        for run in &runs {
            let rows = table(run);
            counts.marked += rows.len();
            let own: Vec<&[Word<'_>]> = rows.iter().map(|(words, _)| *words).collect();
            let block = Block::new(&own, &body, head(run).1);
            let right = |(words, gold): &&(&[Word<'_>], usize)| {
                super::best(words, &block, &borders).is_some_and(|(at, ..)| at == *gold)
            };
            counts.borders += rows.iter().filter(right).count();
            let reading = read(&run.rows, &run.texts, &|| &body, judges);
            let Some(reading) = reading else { continue };
            for (ahead, split) in reading.rows.iter().enumerate() {
                let at = reading.first + ahead;
                let (Split::At(found), Some(words), Some(gold)) = (split, run.rows.get(at), run.gold.get(at))
                else {
                    continue;
                };
                counts.read += 1;
                counts.right +=
                    usize::from(matches!(gold, Gold::Row(byte) if word_at(words, *byte) == Some(*found)));
            }
        }
        if none {
            counts.none += 1;
            counts.from_none += counts.read - before;
        }
    }
    counts
}
