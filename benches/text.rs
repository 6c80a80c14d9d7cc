//! How long text takes: the seed and articles in ten languages, by the article (5 kB) and by the screenful (24 rows at
//! 72 columns); what else is done per line of a list.

use criterion::{Criterion, criterion_group, criterion_main};
use khabar::text::{Base, Direction, Options, analyse, fold};

const SEED: &str = include_str!("../seeds/000_b4d0be8530039662.txt");
/// Columns of a line.
const MEASURE: usize = 72;
/// Rows of a screen.
const ROWS: usize = 24;

/// Analyses, breaks, shapes and reorders the paragraphs of a text until there are as many rows; returns the cells drawn.
fn lay_out(text: &str, rows: usize) -> usize {
    let options = Options { base: Base::Auto { fallback: Direction::Ltr }, ..Options::default() };
    let (mut placed, mut cells) = (0, 0);
    for paragraph in text.split('\n') {
        let paragraph = analyse(paragraph, &options);
        for clusters in paragraph.break_lines(MEASURE).into_iter().take(rows - placed) {
            cells += paragraph.line(clusters).cells().count();
            placed += 1;
        }
        if placed == rows {
            break;
        }
    }
    cells
}

/// About 5 kB: paragraphs of three times these sentences.
fn article(sentences: &str) -> String {
    let paragraph = sentences.repeat(3);
    vec![paragraph.trim(); 5000 / paragraph.len() + 1].join("\n")
}

const LANGUAGES: [(&str, &str); 11] = [
    (
        "arabic",
        "أعلنت وزارة الصحة اليوم عن افتتاح مستشفى جديد في العاصمة. وقال الوزير إن المشروع، الذي بلغت كلفته 45 مليون دينار، سيخدم أكثر من 300 ألف نسمة. ",
    ),
    ("arabic with harakat", "أُقِرَّتِ الخُطَّةُ الوَطَنِيَّةُ لِلتَّنْمِيَةِ، وقالَ المُتَحَدِّثُ إنَّها تَبْدَأُ في العامِ المُقْبِلِ. "),
    (
        "arabic and english",
        "أعلنت OpenLoom إطلاق GPT-5.2 بسعر 20$ شهرياً (خصم 15%) في 2026-11-24، وفق بيان على https://example.org/ar. ",
    ),
    ("persian", "وزیران روز سه‌شنبه توافق کردند که بهار آینده دوباره دیدار کنند. نرخ تورم ۴۲٫۵٪ اعلام شد. "),
    ("urdu", "وزیراعظم نے قوم سے خطاب کرتے ہوئے کہا کہ بجلی کی قیمت میں 2.5 روپے کمی کی جائے گی۔ "),
    ("kurdish", "سەرۆکی هەرێم لەگەڵ وەزیری دەرەوە کۆبووەوە. نرخی نەوت 5% بەرز بووەوە لە ساڵی 2026. "),
    ("hebrew", "השרים הסכימו ביום שלישי להיפגש שוב באביב הבא, כך נמסר. מחירי הדלק עלו ב-3.5% החודש. "),
    (
        "english",
        "The ministers agreed on Tuesday to meet again next spring, sources said; prices rose 3.5%. ",
    ),
    (
        "russian",
        "Министры договорились во вторник снова встретиться весной, сообщили источники; цены выросли на 3,5%. ",
    ),
    ("japanese", "部長たちは火曜日に、来年の春に再び会うことで合意した。物価は3.5%上昇した。"),
    ("hindi", "मंत्रियों ने मंगलवार को अगले वसंत में फिर मिलने पर सहमति जताई। कीमतें 3.5% बढ़ीं। "),
];

fn layout(criterion: &mut Criterion) {
    let seed = std::iter::once(("seed", SEED.to_owned()));
    let texts: Vec<_> = seed.chain(LANGUAGES.map(|(name, text)| (name, article(text)))).collect();
    for (name, text) in &texts {
        criterion
            .bench_function(&format!("article {name}"), |bench| bench.iter(|| lay_out(text, usize::MAX)));
    }
    for (name, text) in &texts {
        criterion.bench_function(&format!("screenful {name}"), |bench| bench.iter(|| lay_out(text, ROWS)));
    }
}

fn pieces(criterion: &mut Criterion) {
    criterion.bench_function("fold 5 kB seed", |bench| bench.iter(|| fold::fold(SEED).len()));
    criterion.bench_function("headline", |bench| {
        let title = SEED.lines().next().unwrap_or("");
        bench.iter(|| analyse(title, &Options::default()).truncated(48).width());
    });
}

criterion_group!(benches, layout, pieces);
criterion_main!(benches);
