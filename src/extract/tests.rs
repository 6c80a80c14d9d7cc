//! What readers rely on: the right encoding, title, blocks and tables, whatever the bytes; facts with evidence that stands
//! where it says.

use proptest::prelude::*;

use super::*;
use crate::article::{BlockKind, BodyHash, Method, TableKind};
use crate::text::Direction;

fn body(bytes: &[u8], format: Format) -> Body {
    Body { bytes: bytes.to_vec(), format, hash: BodyHash(String::new()) }
}

fn read(text: &str, format: Format) -> Extracted {
    extract(&Entry::default(), &body(text.as_bytes(), format))
}

/// The blocks of an article: a letter a kind, and the text.
fn blocks(article: &Article) -> Vec<String> {
    let letter = |kind: BlockKind| match kind {
        BlockKind::Paragraph => "P".to_owned(),
        BlockKind::Heading(level) => format!("H{level}"),
        BlockKind::Item { depth, number: None } => format!("•{depth}"),
        BlockKind::Item { number: Some(number), .. } => format!("{number}."),
        BlockKind::Quote => "Q".to_owned(),
        BlockKind::Code => "C".to_owned(),
        BlockKind::Table(_) => "T".to_owned(),
        BlockKind::Caption => "F".to_owned(),
        BlockKind::Rule => "-".to_owned(),
        BlockKind::Continued { depth } => format!("+{depth}"),
        BlockKind::Figure => "I".to_owned(),
        BlockKind::Note(number) => format!("[{number}]"),
    };
    let first_line = |text: &str| text.lines().next().unwrap_or("").to_owned();
    article
        .blocks
        .iter()
        .map(|block| format!("{} {}", letter(block.kind), first_line(block.span.of(&article.text))))
        .collect()
}

fn facts_of(extracted: &Extracted) -> Vec<(&str, &str)> {
    extracted.facts.iter().map(|fact| (fact.key.as_str(), fact.value.as_str())).collect()
}

const ARABIC: &str = "عقد الوزراء اجتماعاً في العاصمة أمس، وقال المتحدث إن «المباحثات كانت مثمرة».\n\nوسيعقد اللقاء المقبل لاحقاً؛ هل تُعلن النتائج؟\n";

#[test]
fn every_arabic_encoding_is_guessed() {
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| ARABIC.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let with = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode(ARABIC);
    // ISO-8859-6 has no guillemets and no harakat to lose here.
    let iso_text = ARABIC.replace(['«', '»'], "\"").replace('\u{64B}', "");
    let (iso, _, _) = encoding_rs::ISO_8859_6.encode(&iso_text);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("UTF-8", ARABIC.as_bytes().to_vec(), ARABIC),
        ("UTF-8 with a mark", with(b"\xef\xbb\xbf", ARABIC.as_bytes()), ARABIC),
        ("UTF-16LE with a mark", with(b"\xff\xfe", &utf_16(u16::to_le_bytes)), ARABIC),
        ("UTF-16BE with a mark", with(b"\xfe\xff", &utf_16(u16::to_be_bytes)), ARABIC),
        ("UTF-16LE", utf_16(u16::to_le_bytes), ARABIC),
        ("UTF-16BE", utf_16(u16::to_be_bytes), ARABIC),
        ("Windows-1256", windows.into_owned(), ARABIC),
        ("ISO-8859-6", iso.into_owned(), &iso_text),
    ];
    for (name, bytes, expect) in cases {
        let mut warnings = Vec::new();
        assert_eq!(decode(&bytes, None, false, &mut warnings), expect, "{name}");
        assert_eq!(warnings, [], "{name}");
    }
}

#[test]
fn a_declared_charset_counts_and_damage_stays_damage() {
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode("<p>خبر</p>");
    let page = [b"<meta charset=windows-1256>".as_slice(), &windows].concat();
    assert!(decode(&page, None, true, &mut Vec::new()).contains("خبر"));
    assert!(decode(&windows, Some("cp1256"), false, &mut Vec::new()).contains("خبر"));
    let damaged = [ARABIC.as_bytes(), b"\xff\xfe", ARABIC.as_bytes()].concat();
    let mut warnings = Vec::new();
    let text = decode(&damaged, None, false, &mut warnings);
    assert!(text.starts_with(ARABIC) && text.contains('\u{fffd}'));
    assert_eq!(warnings.len(), 1);
    let (french, _, _) =
        encoding_rs::WINDOWS_1252.encode("Le ministère a déclaré que l'été sera très chaud, où qu'on aille.");
    assert!(decode(&french, None, false, &mut Vec::new()).contains("ministère a déclaré"));
}

#[test]
fn controls_are_taken_out_and_line_ends_are_one() {
    let text = decode(b"a\r\nb\rc\x1b[2Jd\x00\x07\tend", None, false, &mut Vec::new());
    assert_eq!(text, "a\nb\nc[2Jd\tend");
}

#[test]
fn plain_text_has_a_title_headings_paragraphs_and_lists() {
    let text = "العنوان\nSource: وكالة\nDate: 2026-11-20\n\nالفقرة الأولى طويلة بما يكفي لكي تكون فقرة كاملة لا عنواناً فرعياً، وفيها أكثر من جملة واحدة.\n\nعنوان فرعي\n\nفقرة ثانية طويلة بما يكفي لكي تكون فقرة كاملة تحت العنوان الفرعي الذي سبقها في النص.\n- بند أول\n- بند ثان\n1. خطوة\n";
    let extracted = read(text, Format::Text);
    let article = &extracted.article;
    assert_eq!(article.title_text(), "العنوان");
    assert_eq!(article.source.as_deref(), Some("وكالة"));
    assert_eq!(article.published.map(|time| time.to_string()).as_deref(), Some("2026-11-20T00:00:00Z"));
    assert_eq!(article.language.as_deref(), Some("ar"));
    let kinds: Vec<String> =
        blocks(article).iter().map(|block| block.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["P", "H2", "P", "•0", "•0", "1."]);
    assert_eq!(article.blocks[3].span.of(&article.text), "بند أول", "without its marker");
}

#[test]
fn hard_wrapped_text_is_joined_and_long_lines_are_not() {
    let wrapped = "Title\n\nThe delegates met on Tuesday in the old harbour office and spoke\nfor three hours about berths, ice and the price of rope before they\nadjourned.\n";
    assert_eq!(read(wrapped, Format::Text).article.blocks.len(), 1);
    let seed = include_str!("../../seeds/000_b4d0be8530039662.txt");
    let article = read(seed, Format::Text).article;
    let paragraphs = article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).count();
    assert_eq!(paragraphs, 8, "{:#?}", blocks(&article));
    assert_eq!(article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))).count(), 3);
}

#[test]
fn html_gives_the_main_part_only() {
    let html = r#"<html lang="ar" dir="rtl"><head><title>عنوان الصفحة</title><script>x</script></head><body>
        <nav>قائمة</nav><article><h1>العنوان</h1><p>فقرة <a href="https://a.example/x">رابط</a> و<b>نص</b>.</p>
        <h2>فرعي</h2><ul><li>أول<ul><li>داخلي</li></ul></li></ul><ol start="3"><li>ثالث</li></ol>
        <blockquote><p>اقتباس</p></blockquote><pre>a
 b</pre><hr><p><a href="javascript:alert(1)">خطر</a></p></article><aside>إعلان</aside><footer>حقوق</footer></body></html>"#;
    let article = read(html, Format::Html).article;
    assert_eq!(article.title_text(), "العنوان");
    assert_eq!((article.language.as_deref(), article.direction), (Some("ar"), Some(Direction::Rtl)));
    assert_eq!(
        blocks(&article),
        ["P فقرة رابط ونص.", "H2 فرعي", "•0 أول", "•1 داخلي", "3. ثالث", "Q اقتباس", "C a", "- ", "P خطر"]
    );
    let links: Vec<_> =
        article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
    assert_eq!(links, [("رابط", "https://a.example/x")]);
    for outside in ["قائمة", "إعلان", "حقوق"] {
        assert!(!article.text.contains(outside));
    }
}

#[test]
fn html_tables_are_facts_or_grids_and_layout_is_neither() {
    let table =
        |rows: &str| read(&format!("<article><h1>ع</h1><table>{rows}</table></article>"), Format::Html);
    let pairs = table(
        "<tr><th>البيان</th><th>التفاصيل</th></tr><tr><td>المكان</td><td>مسقط</td></tr><tr><td>الوقت</td><td>20:00</td></tr>",
    );
    assert_eq!(facts_of(&pairs), [("المكان", "مسقط"), ("الوقت", "20:00")]);
    assert!(pairs.facts.iter().all(|fact| fact.method == Method::Html));
    let grid =
        table("<tr><th>الفريق</th><th>لعب</th><th>النقاط</th></tr><tr><td>أ</td><td>1</td><td>3</td></tr>");
    assert_eq!(facts_of(&grid), []);
    assert_eq!(grid.article.tables[0].kind, TableKind::Grid);
    let layout = table(&format!(
        "<tr><td>قائمة</td><td>{}</td></tr><tr><td>x</td><td>y</td></tr>",
        "نص طويل ".repeat(80)
    ));
    assert_eq!((facts_of(&layout), layout.article.tables.len()), (vec![], 0));
    let list =
        read("<h1>ع</h1><dl><dt>الجهة</dt><dd>البلدية</dd><dt>الراتب</dt><dd>900</dd></dl>", Format::Html);
    assert_eq!(facts_of(&list), [("الجهة", "البلدية"), ("الراتب", "900")]);
}

#[test]
fn markdown_has_front_matter_tables_and_links() {
    let text = "---\ntitle: عنوان\nsource: مصدر\n---\n\n## فرعي\n\nنص [رابط](https://a.example).\n\n> قول\n\n| البند | القيمة |\n|---|---|\n| الطول | 210 كم |\n";
    let extracted = read(text, Format::Markdown);
    assert_eq!(extracted.article.title_text(), "عنوان");
    assert_eq!(extracted.article.source.as_deref(), Some("مصدر"));
    assert_eq!(blocks(&extracted.article), ["H2 فرعي", "P نص رابط.", "Q قول", "T البند\tالقيمة"]);
    assert_eq!(facts_of(&extracted), [("الطول", "210 كم")]);
    assert_eq!(extracted.article.links.len(), 1);
}

#[test]
fn delimited_rows_are_facts() {
    let body =
        "عنوان الخبر\n\nفقرة افتتاحية طويلة بما يكفي لكي لا تكون صفاً من صفوف الجدول الذي يليها مباشرة.\n\n";
    let check = |rows: &str, expect: &[(&str, &str)]| {
        let extracted = read(&format!("{body}{rows}\n"), Format::Text);
        assert_eq!(facts_of(&extracted), expect, "{rows}");
    };
    check("الجهة\tالبلدية\nالراتب\t900 ريال", &[("الجهة", "البلدية"), ("الراتب", "900 ريال")]);
    check(
        "| العيار | السعر |\n| عيار 24 | 41.2 |\n| عيار 22 | 37.8 |",
        &[("عيار 24", "41.2"), ("عيار 22", "37.8")],
    );
    check("البند | القيمة |\n---|---|\nالأرباح | 120 |\n", &[("الأرباح", "120")]);
    check(
        "- المكان: الكيلو 245\n- الوقت: 7:45 مساء\n- العدد: 5",
        &[("المكان", "الكيلو 245"), ("الوقت", "7:45 مساء"), ("العدد", "5")],
    );
    check(
        "الاسم      خالد\nالعمر      32 عاماً\nالهاتف      0090555",
        &[("الاسم", "خالد"), ("العمر", "32 عاماً"), ("الهاتف", "0090555")],
    );
}

#[test]
fn what_is_no_table_makes_no_facts() {
    for rows in [
        "المحلل: «لا حل عسكرياً».\nالوزير: «الوقت يضيق».\nالناطق: «سنعود قريباً».",
        "أولاً: الرفض التام لأي تجاوز.\nثانياً: فتح تحقيق عاجل.\nثالثاً: الاحتفاظ بالحق.",
        "أحمد محمود السيد\nيوسف طارق عبدالحميد\nمريم حسام الدين\nكريم سامح جرجس",
        "الصبر مفتاح الفرج\nالقناعة كنز لا يفنى\nالوقت سيف قاطع\nالجار قبل الدار",
        "اللهم إني أسألك العفو\nاللهم اغفر لي\nاللهم ارزقنا من حيث لا نحتسب",
        "اقرأ أيضاً\nسعر الدولار اليوم في لبنان\nأسعار النفط تتراجع بعد البيانات",
        "التوقيت https://a.example/12:30",
    ] {
        let text = format!(
            "عنوان الخبر\n\nفقرة افتتاحية طويلة بما يكفي لكي لا تكون صفاً من صفوف جدول.\n\n{rows}\n\nخاتمة.\n"
        );
        assert_eq!(facts_of(&read(&text, Format::Text)), [], "{rows}");
    }
}

#[test]
fn languages_are_told_apart() {
    let check = |text: &str, expect: Option<&str>| assert_eq!(language_of(text), expect, "{text}");
    check(ARABIC, Some("ar"));
    check("نمایشگاه کتاب زمستانی از هفتهٔ آینده برگزار می‌شود", Some("fa"));
    check("نئی ریل سروس کا آغاز ہو گیا ہے اور بچوں کے لیے ٹکٹ", Some("ur"));
    check("قوتابخانەیەکی نوێ لە گوندێکی شاخاوی", Some("ckb"));
    check("הספרייה העירונית הודיעה", Some("he"));
    check("The ministers of the three countries met in Vienna", Some("en"));
    check("Le ministre a dit que les pourparlers et la paix", Some("fr"));
    check("123 — 456", None);
}

#[test]
fn depth_and_length_are_survived() {
    let deep = "<div>".repeat(3_000) + "نص" + &"</div>".repeat(3_000);
    assert!(read(&deep, Format::Html).article.text.contains("نص"));
    let quotes = ">".repeat(5_000) + " x";
    read(&quotes, Format::Markdown);
    let rows: String = (0..20_000).map(|at| format!("الحقل {at} القيمة {at}\n")).collect();
    read(&format!("عنوان\n\nالبند التفاصيل\n{rows}"), Format::Text);
    read(&"كلمة ".repeat(200_000), Format::Text);
}

/// What must hold of any article: spans inside the text and on characters, blocks in order and apart, facts where they
/// say that they stand.
fn assert_sound(extracted: &Extracted) {
    let article = &extracted.article;
    let text = article.text.as_str();
    let whole = |span: crate::article::Span| span.is_empty() || text.get(span.range()).is_some();
    assert!(whole(article.title));
    let mut end = 0;
    for block in &article.blocks {
        assert!(whole(block.span) && block.span.start >= end, "{:?} after {end}", block.span);
        end = block.span.end.max(end);
    }
    for cell in article.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        assert!(whole(cell.span));
    }
    for fact in &extracted.facts {
        assert_eq!(fact.evidence.key.of(text), fact.key);
        assert_eq!(fact.evidence.value.of(text), fact.value);
        assert!(fact.evidence.row.start <= fact.evidence.key.start && whole(fact.evidence.row));
    }
    assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_make_a_sound_article(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for format in [Format::Text, Format::Html, Format::Markdown] {
            assert_sound(&extract(&Entry::default(), &body(&bytes, format)));
        }
    }

    #[test]
    fn any_mixture_of_marks_makes_a_sound_article(parts in prop::collection::vec(
        "(<p>|</p>|<table>|<tr>|<td>|<th>|</table>|<li>|<ul>|<a href='http://x'>|<br>|\\||\n|\n\n|\t|---|: |- |1\\. |البند التفاصيل\n|الدولة المستضيفة |الصين|عدد |«|»|[0-9]{1,3}|  |# |> |كلمة |\u{200f}|é)", 0..60)) {
        let text = parts.concat();
        for format in [Format::Text, Format::Html, Format::Markdown] {
            assert_sound(&extract(&Entry::default(), &body(text.as_bytes(), format)));
        }
    }
}

#[test]
fn stress_links_and_notes_stand_on_their_words() {
    let html = r##"<article><p>Plain <strong>very <a href="https://a.example/x">linked</a></strong> and <em>told</em>
        <code>x()</code>.<sup><a href="#n1">1</a></sup> <a href="#top">up</a></p>
        <ol><li id="n1">The note. <a href="#r">↩</a></li></ol></article>"##;
    let article = read(html, Format::Html).article;
    let text = |span: crate::article::Span| span.of(&article.text).to_owned();
    let stressed: Vec<_> = article.emphasis.iter().map(|own| (text(own.span), own.kind)).collect();
    use crate::article::EmphasisKind::{Code, Stress, Strong};
    let expect = [("very linked", Strong), ("told", Stress), ("x()", Code)];
    assert_eq!(stressed, expect.map(|(text, kind)| (text.to_owned(), kind)));
    assert_eq!(article.links.iter().map(|link| text(link.span)).collect::<Vec<_>>(), ["linked"]);
    assert_eq!(blocks(&article), ["P Plain very linked and told x().[1] up", "[1] The note."]);
    assert_eq!(
        article.references.iter().map(|own| (text(own.span), own.block)).collect::<Vec<_>>(),
        [("[1]".to_owned(), 1)]
    );
    let markdown = "Text[^a] and **bold** `code`.\n\n- one\n\n  more\n\n[^a]: Below.\n";
    let article = read(markdown, Format::Markdown).article;
    assert_eq!(blocks(&article), ["P Text[1] and bold code.", "•0 one", "+0 more", "[1] Below."]);
    assert_eq!((article.references.len(), article.emphasis.len()), (1, 2));
}

#[test]
fn links_that_run_or_name_files_are_no_links() {
    let html = r#"<article><p><a href="javascript:x">a</a> <a href="file:///etc/passwd">b</a>
        <a href="data:text/html,x">c</a> <a href="https://ok.example/&#27;]0;x">d</a> <a href="https://ok.example/">e</a></p></article>"#;
    let article = read(html, Format::Html).article;
    let urls: Vec<_> = article.links.iter().map(|link| link.url.as_str()).collect();
    assert!(urls.contains(&"https://ok.example/") && urls.iter().all(|url| crate::article::is_followed(url)));
    assert!(urls.iter().all(|url| url.starts_with("https://")), "{urls:?}");
}

#[test]
fn a_page_that_misleads_by_its_charset_is_read_all_the_same() {
    let page = |meta: &str| {
        let html = format!("<html><head>{meta}<title>x</title></head><body><p>{ARABIC}</p></body></html>");
        encoding_rs::WINDOWS_1256.encode(&html).0.into_owned()
    };
    for meta in [
        "",
        "<script charset=utf-8></script>",
        "<meta charset=iso-8859-1>",
        &format!("{}<meta charset=windows-1256>", "<!-- long -->".repeat(200)),
    ] {
        assert!(decode(&page(meta), None, true, &mut Vec::new()).contains("المتحدث"), "{meta}");
    }
}

#[test]
fn links_of_cells_are_links_of_the_article() {
    let check = |text: &str, format: Format| {
        let article = read(text, format).article;
        let found: Vec<(&str, &str)> =
            article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
        let expect = [("Gulf", "https://b.example/gulf"), ("its  page", "https://b.example/coast")]
            .map(|(text, url)| (text.replace("  ", " "), url));
        let found: Vec<(String, &str)> =
            found.into_iter().map(|(text, url)| (text.to_owned(), url)).collect();
        assert_eq!(found, expect, "{format:?}");
        assert_eq!(article.tables[0].rows[2].cells[0].span.of(&article.text), "Coast, see its page now");
    };
    check(
        "<table><tr><th>Team</th><th>Won</th></tr><tr><td> <a href='https://b.example/gulf'>Gulf</a></td><td>4</td></tr>\
         <tr><td>Coast, see <a href='https://b.example/coast'>its <b> page</b></a><a href='javascript:x'> now</a></td><td>2</td></tr></table>",
        Format::Html,
    );
    check(
        "| Team | Won |\n|---|---|\n| [Gulf](https://b.example/gulf) | 4 |\n| Coast, see [its page](https://b.example/coast) now | 2 |\n",
        Format::Markdown,
    );
}

#[test]
fn what_stands_in_a_quotation_is_known_to() {
    let check = |text: &str, format: Format| {
        let article = read(text, format).article;
        let quoted: Vec<&str> = article
            .blocks
            .iter()
            .filter(|block| article.is_quoted(block))
            .map(|block| block.span.of(&article.text))
            .collect();
        assert_eq!(quoted, ["He said:", "one", "two", "Enough."], "{format:?}");
    };
    let html = "<p>Before.</p><blockquote><p>He said:</p><ul><li>one</li><li>two</li></ul><p>Enough.</p></blockquote><ul><li>after</li></ul>";
    check(html, Format::Html);
    check("Before.\n\n> He said:\n>\n> - one\n> - two\n>\n> Enough.\n\n- after\n", Format::Markdown);
}
