//! Trains the two models of flattened rows on articles whose borders are marked (`rows-*.txt`, `not-rows.txt`). Both are
//! logistic regressions over named features: for borders among those of a row (softmax), for lines between row and no
//! row. For `examples/train-borders.rs`; nothing of it runs when articles are read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use super::body::BodyText;
use super::features::{self, Block, Head};
use super::header::header_at;
use super::model::{Model, Sink};
use super::words::{Word, joined, words};
use super::{Judges, Split, read, run_end};
use crate::extract::plain::{self, Line};

/// Rounds over all examples.
const ROUNDS: usize = 20;
/// How far a step goes.
const RATE: f32 = 0.3;
/// By how much weights are drawn to zero.
const L2: f32 = 0.001;
/// Parts of the articles that borders are learned from, for the scores that lines are learned from.
const PARTS: usize = 5;
/// Weights below this are left out of the file.
const LEAST_WEIGHT: f32 = 0.05;

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
    /// The keys that name fields, folded, a line each.
    pub keys: String,
}

/// What reading marked articles gave: facts that are right, those that were read, those that there are; rows whose
/// border was judged alone, and how many of them rightly.
#[derive(Clone, Debug, Default)]
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
    /// The lines that were read otherwise than they are marked: as read, then as marked, a bar for the border.
    pub wrong: Vec<String>,
}

impl Counts {
    /// Adds what another part gave.
    pub fn add(&mut self, part: Counts) {
        self.right += part.right;
        self.read += part.read;
        self.marked += part.marked;
        self.borders += part.borders;
        self.from_none += part.from_none;
        self.none += part.none;
        self.wrong.extend(part.wrong);
    }
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

/// Weights that are learned step by step, each at a rate of its own (AdaGrad), and kept small (L2).
struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Learner {
    fn new(many: usize) -> Self {
        Self { weights: vec![0.0; many], squares: vec![1e-3; many] }
    }

    fn score(&self, features: &[usize]) -> f32 {
        features.iter().filter_map(|feature| self.weights.get(*feature)).sum()
    }

    /// A step along a gradient: how much each feature should have counted more.
    fn step(&mut self, gradient: &BTreeMap<usize, f32>) {
        for (feature, own) in gradient {
            if let (Some(weight), Some(squares)) =
                (self.weights.get_mut(*feature), self.squares.get_mut(*feature))
            {
                let own = own - L2 * *weight;
                *squares += own * own;
                *weight += RATE * own / squares.sqrt();
            }
        }
    }

    fn file(&self, names: &Names) -> String {
        let mut lines: Vec<String> = names
            .0
            .iter()
            .filter_map(|(name, at)| {
                let weight = *self.weights.get(*at)?;
                (weight.abs() >= LEAST_WEIGHT).then(|| format!("{name}\t{weight:.2}"))
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

/// Learns both models. A border's score in a line that was learned from says too much: the lines of each part of the
/// articles are learned with borders that were learned from the others.
pub fn train(articles: &[Marked]) -> Weights {
    let (mut names, mut examples) = (Names::default(), Vec::new());
    for part in 0..PARTS {
        let of = |own: bool| {
            let all = articles.iter().enumerate().filter(move |(at, _)| (at % PARTS == part) == own);
            all.map(|(_, article)| article)
        };
        let borders = Model::read(&train_borders(of(false)));
        for article in of(true) {
            line_examples(article, &borders, &mut names, &mut examples);
        }
    }
    Weights {
        borders: train_borders(articles.iter()),
        lines: train_lines(&names, &examples),
        keys: keys(articles),
    }
}

/// The keys of all rows whose keys name fields: each once, in order.
fn keys(articles: &[Marked]) -> String {
    let mut keys = BTreeSet::new();
    for article in articles {
        for run in runs(article).0.iter().filter(|run| head(run).1 != Head::Things) {
            for (words, value) in table(run) {
                let own = words.get(..value).unwrap_or(&[]);
                if !own.iter().any(Word::has_digit) {
                    keys.insert(joined(own));
                }
            }
        }
    }
    keys.into_iter().fold(String::new(), |file, key| file + &key + "\n")
}

fn train_borders<'m>(articles: impl Iterator<Item = &'m Marked>) -> String {
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
    let mut learned = Learner::new(names.0.len());
    for round in 0..ROUNDS {
        for at in shuffled(examples.len(), round as u64 + 1) {
            let Some((right, candidates)) = examples.get(at) else { continue };
            let scores: Vec<f32> = candidates.iter().map(|features| learned.score(features)).collect();
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let all: f32 = scores.iter().map(|score| (score - most).exp()).sum();
            let mut gradient = BTreeMap::new();
            for (other, (features, score)) in candidates.iter().zip(&scores).enumerate() {
                let likely = (score - most).exp() / all;
                let own = f32::from(u8::from(other == *right)) - likely;
                for feature in features {
                    *gradient.entry(*feature).or_default() += own;
                }
            }
            learned.step(&gradient);
        }
    }
    learned.file(&names)
}

/// The lines of an article that may be rows, and whether they are.
fn line_examples(
    article: &Marked,
    borders: &Model,
    names: &mut Names,
    examples: &mut Vec<(bool, Vec<usize>)>,
) {
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

fn train_lines(names: &Names, examples: &[(bool, Vec<usize>)]) -> String {
    let mut learned = Learner::new(names.0.len());
    for round in 0..ROUNDS {
        for at in shuffled(examples.len(), round as u64 + 101) {
            let Some((is, features)) = examples.get(at) else { continue };
            let own = f32::from(u8::from(*is)) - 1.0 / (1.0 + (-learned.score(features)).exp());
            let mut gradient = BTreeMap::new();
            for feature in features {
                *gradient.entry(*feature).or_default() += own;
            }
            learned.step(&gradient);
        }
    }
    learned.file(names)
}

/// A row with a bar at its border; without a border, as it is.
fn barred(words: &[Word<'_>], border: Option<usize>) -> String {
    let texts = |own: &[Word<'_>]| own.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    match border.and_then(|at| words.split_at_checked(at)) {
        Some((key, value)) => format!("{} | {}", texts(key), texts(value)),
        None => texts(words),
    }
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
            let found = |at: usize| {
                let reading = reading.as_ref()?;
                match reading.rows.get(at.checked_sub(reading.first)?)? {
                    Split::At(found) => Some(*found),
                    _ => None,
                }
            };
            for (at, (words, gold)) in run.rows.iter().zip(&run.gold).enumerate() {
                let found = found(at);
                let marked = match gold {
                    Gold::Row(byte) => word_at(words, *byte),
                    _ => None,
                };
                counts.read += usize::from(found.is_some());
                counts.right += usize::from(found.is_some() && found == marked);
                if found != marked {
                    counts.wrong.push(format!("{}\t{}", barred(words, found), barred(words, marked)));
                }
            }
        }
        if none {
            counts.none += 1;
            counts.from_none += counts.read - before;
        }
    }
    counts
}
