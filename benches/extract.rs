//! How long an article takes from its bytes to its facts: 5 kB of text and of HTML, and 5 MB of each.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khabar::article::{Body, BodyHash, Entry, Format};
use khabar::extract::extract;

const SEED: &str = include_str!("../seeds/000_b4d0be8530039662.txt");

fn body(text: &str, format: Format) -> Body {
    Body { bytes: text.as_bytes().to_vec(), format, hash: BodyHash(String::new()) }
}

/// The seed as a page: its paragraphs, its rows as a table, and what stands around an article.
fn page(times: usize) -> String {
    let mut paragraphs = String::new();
    let mut rows = String::new();
    for line in SEED.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once(' ') {
            Some((key, value)) if line.chars().count() < 60 => {
                rows.push_str(&format!("<tr><td>{key}</td><td>{value}</td></tr>\n"));
            }
            _ => paragraphs.push_str(&format!("<p>{line}</p>\n")),
        }
    }
    let menu = "<nav><ul><li><a href='/a'>الرئيسية</a></li><li><a href='/b'>رياضة</a></li></ul></nav>";
    format!(
        "<html lang=ar dir=rtl><head><title>خبر</title></head><body>{menu}<article><h1>خبر</h1>{}<table>{rows}</table></article></body></html>",
        paragraphs.repeat(times)
    )
}

fn articles(criterion: &mut Criterion) {
    let entry = Entry::default();
    let mut group = criterion.benchmark_group("extract");
    let text = body(SEED, Format::Text);
    let html = body(&page(1), Format::Html);
    let long_text = body(&SEED.repeat(5_000_000 / SEED.len()), Format::Text);
    let long_html = body(&page(5_000_000 / SEED.len()), Format::Html);
    let one_line = body(&"كلمة أخرى ".repeat(10_000_000 / 18), Format::Text);
    for (name, body) in [("5 kB text", &text), ("5 kB HTML", &html)] {
        group.throughput(Throughput::Bytes(body.bytes.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| extract(&entry, body).facts.len()));
    }
    group.sample_size(10);
    for (name, body) in
        [("5 MB text", &long_text), ("5 MB HTML", &long_html), ("one line of 10 MB", &one_line)]
    {
        group.throughput(Throughput::Bytes(body.bytes.len() as u64));
        group.bench_function(name, |bench| bench.iter(|| extract(&entry, body).facts.len()));
    }
    group.finish();
}

criterion_group!(benches, articles);
criterion_main!(benches);
