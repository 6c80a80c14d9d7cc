//! How long a paragraph takes: the seed and some scripts, whole and by the screen.

use criterion::{Criterion, criterion_group, criterion_main};
use khabar::text::{Base, Direction, Options, analyse, fold};

const SEED: &str = include_str!("../seeds/000_b4d0be8530039662.txt");

/// Analyses, breaks, shapes and reorders every line of a text at 72 columns; returns the cells drawn.
fn lay_out(text: &str) -> usize {
    let options = Options { base: Base::Auto { fallback: Direction::Ltr }, ..Options::default() };
    text.split('\n')
        .map(|line| {
            let paragraph = analyse(line, &options);
            let lines = paragraph.break_lines(72).into_iter();
            lines.map(|clusters| paragraph.line(clusters).cells().count()).sum::<usize>()
        })
        .sum()
}

fn texts(criterion: &mut Criterion) {
    let repeated = |text: &str| text.repeat(5000 / text.len());
    let scripts = [
        ("seed", SEED.to_owned()),
        ("english", repeated("The ministers agreed on Tuesday to meet again next spring, sources said. ")),
        ("hebrew", repeated("השרים הסכימו ביום שלישי להיפגש שוב באביב הבא, כך נמסר. ")),
        ("persian", repeated("وزیران روز سه‌شنبه توافق کردند که بهار آینده دوباره دیدار کنند. ")),
        ("mixed", repeated("أعلنت OpenLoom إطلاق GPT-5.2 بسعر 20$ شهرياً (خصم 15%) في 2026-11-24. ")),
        ("harakat", repeated("أُقِرَّتِ الخُطَّةُ الوَطَنِيَّةُ لِلتَّنْمِيَةِ. ")),
        ("cjk", repeated("部長たちは火曜日に、来年の春に再び会うことで合意した。")),
    ];
    for (name, text) in &scripts {
        criterion.bench_function(&format!("layout 5 kB {name}"), |bench| bench.iter(|| lay_out(text)));
    }
    criterion.bench_function("fold 5 kB seed", |bench| bench.iter(|| fold::fold(SEED).len()));
    criterion.bench_function("headline", |bench| {
        let title = SEED.lines().next().unwrap_or("");
        bench.iter(|| analyse(title, &Options::default()).truncated(48).width());
    });
}

criterion_group!(benches, texts);
criterion_main!(benches);
