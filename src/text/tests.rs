//! The traps of text on a cell grid, each with a test, and the five lines that a native reader checks first.

use super::*;

fn rtl() -> Options {
    Options { base: Base::Fixed(Direction::Rtl), harakat: Harakat::Shown, ..Options::default() }
}

fn ltr() -> Options {
    Options { base: Base::Fixed(Direction::Ltr), ..rtl() }
}

/// Code points of a line from left to right.
fn codes(line: &Line) -> String {
    line.to_visual_string().chars().map(|c| format!("{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}

/// A line as runs from left to right: `R‹…›` drawn right-to-left, `L‹…›` left-to-right, the source inside in reading
/// order.
fn runs(text: &str, options: Options) -> String {
    let line = analyse(text, &options).whole_line();
    let mut runs: Vec<(bool, Vec<std::ops::Range<usize>>)> = Vec::new();
    for cell in line.cells() {
        match runs.last_mut() {
            Some((is_rtl, cells)) if *is_rtl == cell.is_rtl() => cells.push(cell.source()),
            _ => runs.push((cell.is_rtl(), vec![cell.source()])),
        }
    }
    let shown = runs.into_iter().map(|(is_rtl, mut cells)| {
        if is_rtl {
            cells.reverse();
        }
        let inside: String = cells.into_iter().map(|range| &text[range]).collect();
        if is_rtl { format!("R‹{inside}›") } else { format!("L‹{inside}›") }
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_five_lines_come_out_run_by_run() {
    let check =
        |text: &str, options: Options, expect: &str| assert_eq!(runs(text, options), expect, "{text}");
    check(
        "OpenAI تطلق GPT-5.2 بسعر 20$ شهرياً (خصم 15%)",
        rtl(),
        "R‹%)› L‹15› R‹$ شهرياً (خصم › L‹20› R‹ بسعر › L‹GPT-5.2› R‹ تطلق › L‹OpenAI›",
    );
    check(
        "للحجز: +965 2222-3333 أو https://kw.gov/ar?id=7.",
        rtl(),
        "R‹.› L‹https://kw.gov/ar?id=7› R‹ أو › L‹+965 2222-3333› R‹للحجز: ›",
    );
    check(
        "قال: «إنّ (رؤية 2035) أُقرّت»؛ ثم: \"لا بأس!\".",
        rtl(),
        "R‹) أُقرّت»؛ ثم: \"لا بأس!\".› L‹2035› R‹قال: «إنّ (رؤية ›",
    );
    check(
        "Ministers from الكويت, الصين and قطر met on 5 مايو 2026.",
        ltr(),
        // The number before the month's name follows the words before it without a border of its own.
        "L‹Ministers from › R‹الكويت, الصين› L‹ and › R‹قطر› L‹ met on 5 2026› R‹مايو › L‹.›",
    );
    check(
        "🇰🇼 فازت الكويت 3-1 على الصين (90+4')",
        rtl(),
        "R‹')› L‹4› R‹+› L‹90› R‹ على الصين (› L‹1› R‹-› L‹3› R‹ فازت الكويت › L‹🇰🇼›",
    );
}

#[test]
fn the_marks_of_the_third_line_stay_with_their_letters() {
    let line = analyse("قال: «إنّ (رؤية 2035) أُقرّت»؛ ثم: \"لا بأس!\".", &rtl()).whole_line();
    assert_eq!(line.cells().next().map(|cell| cell.glyph().to_owned()), Some(".".to_owned()));
    let shadda: Vec<String> = line
        .cells()
        .filter(|cell| cell.glyph().contains('\u{651}'))
        .map(|cell| cell.glyph().to_owned())
        .collect();
    assert_eq!(
        shadda,
        ["\u{FEAE}\u{651}", "\u{FEE5}\u{651}"],
        "reh and noon, each with its shadda behind it"
    );
}

#[test]
fn width_is_counted_after_shaping() {
    for (text, columns) in [
        ("الاسلام", 5),
        ("سلام", 3),
        ("لا", 1),
        ("لَّا", 1),
        ("ل\u{200c}ا", 2),
        ("لال", 2),
        ("كَتَبَ", 3),
        ("٢٠", 2),
        ("ـ", 1),
        ("漢字", 4),
        ("🇰🇼", 2),
        ("👩‍👩‍👧", 2),
        ("❤️", 2),
        ("e\u{301}", 1),
        ("a\u{200f}b", 2),
        ("\u{600}١٢", 3),
        ("", 0),
    ] {
        assert_eq!(width(text), columns, "{text}");
        assert_eq!(analyse(text, &rtl()).whole_line().width(), columns, "{text}");
    }
}

#[test]
fn letters_take_their_forms() {
    let check = |text: &str, expect: &str| {
        assert_eq!(codes(&analyse(text, &rtl()).whole_line()), expect, "{text}");
    };
    check("سلام", "FEE1 FEFC FEB3");
    check("السلام", "FEE1 FEFC FEB4 FEDF FE8D");
    check("لا", "FEFB");
    check("لأ لإ لآ", "FEF5 0020 FEF9 0020 FEF7");
    check("لًا", "FEFB 064B");
    check("بـب", "FE90 0640 FE91");
    check("ل\u{200c}ا", "FE8D FEDD");
    check("ب\u{200d}", "FE91");
    check("گچپژ", "FB8B FB59 FB7D FB94");
    check("ە", "FEE9");
    check("بە", "FEEA FE91");
    check("بىب", "FE90 FBE9 FE91");
    check("ڕ ڵ", "FEDD 065A 0020 FEAD 065A");
    check("الله", "FEEA FEE0 FEDF FE8D");
    check("(رؤية)", "0028 FE94 FEF3 FE85 FEAD 0029");
    check("«خبر»", "00AB FEAE FE92 FEA7 00BB");
}

#[test]
fn letters_without_forms_borrow_a_skeleton_and_say_so() {
    let check = |text: &str, shown: &str, hidden: &str| {
        assert_eq!(codes(&analyse(text, &rtl()).whole_line()), shown, "{text}");
        let options = Options { harakat: Harakat::Hidden, ..rtl() };
        assert_eq!(codes(&analyse(text, &options).whole_line()), hidden, "{text}");
    };
    // Kurdish, Pashto, Sindhi, Maghreb, Jawi: neighbours join as if the letter did.
    check("بێب", "FE90 FBFF 065A FE91", "FE90 FBFF FE91");
    check("گوڵ", "FEDD 065A FEEE FB94", "FEDD FEEE FB94");
    check("ښځ", "FEA2 065A FEB3 065A", "FEA2 FEB3");
    check("بڪب", "FE90 FB91 065A FE91", "FE90 FB91 FE91");
    check("ڨب", "FE90 FED7 065A", "FE90 FED7");
    check("ڠݢڽ", "FEE6 065A FB91 065A FECB 065A", "FEE6 FB91 FECB");
    // A letter that is another with hamza keeps its hamza; one that looks like the letter lent needs no sign.
    check("ۂ", "FBA6 0654", "FBA6");
    check("ۃ", "FE93", "FE93");
    // Copying gives the original: the cell stands for its bytes.
    let line = analyse("ڨب", &rtl()).whole_line();
    assert_eq!(line.cells().map(|cell| cell.source()).collect::<Vec<_>>(), [2..4, 0..2]);
}

#[test]
fn without_presentation_forms_letters_stand_in_their_order_as_they_are() {
    let plain = |harakat| Options { shape: false, harakat, ..rtl() };
    let check = |text: &str, options: Options, expect: &str| {
        assert_eq!(codes(&analyse(text, &options).whole_line()), expect, "{text}");
    };
    check("سلام", plain(Harakat::Hidden), "0645 0627 0644 0633");
    check("(لأن)", plain(Harakat::Hidden), "0028 0646 0623 0644 0029");
    check("بَب", plain(Harakat::Shown), "0628 0628 064E");
    check("ﻻ ﷲ", plain(Harakat::Hidden), "0647 0644 0644 0627 0020 0627 0644");
    check("ب 12", plain(Harakat::Hidden), "0031 0032 0020 0628");
    assert_eq!(analyse("لا", &plain(Harakat::Hidden)).width(), 2);
}

#[test]
fn hebrew_points_hide_and_its_signs_are_characters() {
    let options = Options { harakat: Harakat::Hidden, ..rtl() };
    let drawn = |text: &str| analyse(text, &options).whole_line().to_visual_string();
    assert_eq!(drawn("בְּרֵאשִׁית בָּרָא׃"), "׃ארב תישארב");
    assert_eq!(drawn("בית־ספר"), "רפס־תיב");
    assert_eq!(drawn("שׁלוֹם"), "םולש", "pasted letters with points are letters and points");
}

#[test]
fn a_soft_hyphen_is_drawn_where_a_line_ends_after_it() {
    let lines = |text: &str, columns: usize, options: Options| -> Vec<String> {
        let paragraph = analyse(text, &options);
        let lines = paragraph.break_lines(columns).into_iter();
        lines.map(|line| paragraph.line(line).to_visual_string()).collect()
    };
    assert_eq!(lines("Donau\u{ad}dampf\u{ad}schiff", 12, ltr()), ["Donaudampf-", "schiff"]);
    assert_eq!(lines("Donau\u{ad}dampf\u{ad}schiff", 10, ltr()), ["Donau-", "dampf-", "schiff"]);
    assert_eq!(lines("Donau\u{ad}dampf\u{ad}schiff", 40, ltr()), ["Donaudampfschiff"]);
    assert_eq!(lines("abc\u{ad}def", 3, ltr()), ["abc", "def"], "no column is left for it");
    assert_eq!(lines("abc\u{ad}", 3, ltr()), ["abc"]);
    // After a Latin word it stands at that word's right; after a Hebrew one at its left.
    assert_eq!(lines("אב abc\u{ad}def", 8, rtl()), ["abc- בא", "def"]);
    assert_eq!(lines("אבג\u{ad}דהו", 4, rtl()), ["-גבא", "והד"]);
}

#[test]
fn a_telephone_number_and_a_time_stamp_stay_on_a_line() {
    let lines = |text: &str, columns: usize, options: Options| -> Vec<String> {
        let paragraph = analyse(text, &options);
        let lines = paragraph.break_lines(columns).into_iter();
        lines.map(|line| text[paragraph.line(line).source()].trim_end().to_owned()).collect()
    };
    assert_eq!(lines("للحجز: +965 2222-3333 الآن", 16, rtl()), ["للحجز:", "+965 2222-3333", "الآن"]);
    assert_eq!(lines("Call now: +965 2222-3333", 16, ltr()), ["Call now:", "+965 2222-3333"]);
    assert_eq!(lines("صدر في 2026-11-24 09:30 مساء", 20, rtl()), ["صدر في", "2026-11-24 09:30", "مساء"]);
    assert_eq!(lines("+965 2222-3333", 8, ltr()), ["+965 222", "2-3333"], "where there is no room it must");
}

#[test]
fn numbers_by_themselves_are_known() {
    for (text, expect) in [
        ("-0.6%", true),
        ("1,250.50", true),
        ("$20", true),
        ("٢٥٪", true),
        ("2026-05-12", true),
        ("—", false),
        ("", false),
        ("5 kg", false),
        ("20 د.ك", false),
    ] {
        assert_eq!(is_numeric(text), expect, "{text}");
    }
}

#[test]
fn pasted_forms_are_letters_again() {
    let pasted = "ﺍﻟﺴﻼﻡ ﷲ ﷺ";
    let typed = "السلام الله صلى الله عليه وسلم";
    let drawn = |text: &str| analyse(text, &rtl()).whole_line().to_visual_string();
    assert_eq!(drawn(pasted), drawn(typed));
    assert_eq!(drawn("﷽"), drawn("بسم الله الرحمن الرحيم"));
    assert_eq!(drawn("\u{FD41} \u{FDFF}"), drawn("رضي الله عنه عز وجل"));
    let line = analyse(pasted, &rtl()).whole_line();
    assert!(line.cells().all(|cell| pasted.get(cell.source()).is_some_and(|own| !own.is_empty())));
}

#[test]
fn hidden_harakat_leave_the_letters() {
    let options = Options { harakat: Harakat::Hidden, ..rtl() };
    let drawn = |text: &str| analyse(text, &options).whole_line().to_visual_string();
    assert_eq!(drawn("وزارتَي بنّاءة"), drawn("وزارتي بناءة"));
    assert_eq!(drawn("شָׁלוֹם"), drawn("شלום"));
    assert_eq!(drawn("é"), "é", "only harakat are meant");
}

#[test]
fn reordering_moves_clusters_and_mirrors() {
    let check = |text: &str, expect: &str| {
        assert_eq!(analyse(text, &rtl()).whole_line().to_visual_string(), expect, "{text}");
    };
    check("(אב)", "(בא)");
    check("[א] {ב} <ג>", "<ג> {ב} [א]");
    check("“א”", "”א“");
    check("א ← ב", "ב ← א");
    check("אב, abc", "abc ,בא");
}

#[test]
fn what_is_not_drawn_takes_part_and_gets_no_cell() {
    for text in
        ["\u{200e}", "\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}", "\u{feff}", "\u{ad}", "\u{200b}\u{2060}"]
    {
        let paragraph = analyse(text, &rtl());
        assert_eq!(paragraph.whole_line().cells().count(), 0, "{text:?}");
        assert_eq!(paragraph.clusters().last().map(|cluster| cluster.source().end), Some(text.len()));
    }
    assert_eq!(runs("\u{202b}abc אב\u{202c}", ltr()), "R‹ אב› L‹abc›");
}

#[test]
fn nothing_that_a_terminal_would_obey_is_drawn() {
    let hostile = "a\u{1b}[2J\u{7}\u{9b}31m\u{0}\u{8}\r\n\u{85}\u{2028}\u{202e}b\u{200b}\u{fff9}";
    for options in [rtl(), ltr()] {
        let line = analyse(hostile, &options).whole_line();
        for c in line.to_visual_string().chars() {
            assert!(
                !c.is_control() && !chars::is_bidi_control(c) && !chars::is_ignorable(c),
                "U+{:04X}",
                u32::from(c)
            );
        }
    }
}

#[test]
fn a_mark_without_a_letter_gets_one() {
    assert_eq!(codes(&analyse("\u{64e}ب", &rtl()).whole_line()), "FE8F 25CC 064E");
    let hidden = Options { harakat: Harakat::Hidden, ..rtl() };
    assert_eq!(codes(&analyse("\u{64e}ب", &hidden).whole_line()), "FE8F");
}

#[test]
fn number_signs_are_one_visible_cell() {
    for sign in ('\u{600}'..='\u{605}').chain(['\u{6dd}', '\u{8e2}']) {
        let line = analyse(&format!("{sign}١٢"), &rtl()).whole_line();
        assert_eq!(line.width(), 3, "U+{:04X}", u32::from(sign));
        assert_eq!(line.to_visual_string().matches('○').count(), 1);
    }
}

#[test]
fn many_marks_are_cut_and_lose_no_source() {
    let zalgo: String =
        std::iter::once('a').chain(std::iter::repeat_n('\u{301}', 500)).chain("b".chars()).collect();
    let line = analyse(&zalgo, &ltr()).whole_line();
    assert_eq!(line.width(), 2);
    assert!(line.to_visual_string().chars().count() < 40);
    assert_eq!(line.cells().last().map(|cell| cell.source().end), Some(zalgo.len()));
}

#[test]
fn direction_goes_by_words() {
    let check = |text: &str, expect: Option<Direction>| assert_eq!(direction_of(text), expect, "{text}");
    check("🇰🇼 الكويت تفوز", Some(Direction::Rtl));
    check("OpenAI تطلق نموذجاً", Some(Direction::Rtl));
    check("OpenAI launches الكويت office in town", Some(Direction::Ltr));
    check("https://example.org/a مرحبا", Some(Direction::Rtl));
    check("@handle news@example.org قال", Some(Direction::Rtl));
    check("(kw.gov/ar) «www.example.org» #Kuwait2035 #News أخبار", Some(Direction::Rtl));
    check("A/B v2.0 and/or خبر", Some(Direction::Ltr));
    check("3-1", None);
    check("— 🎉", None);
    check("", None);
    check("Plain English", Some(Direction::Ltr));
    check("שלום עולם", Some(Direction::Rtl));
    let inherited = Options { base: Base::Auto { fallback: Direction::Rtl }, ..Options::default() };
    assert_eq!(analyse("3-1", &inherited).direction(), Direction::Rtl);
}

#[test]
fn lines_break_where_uax_14_says() {
    let broken = |text: &str, columns: usize| -> Vec<String> {
        let paragraph = analyse(text, &ltr());
        let lines = paragraph.break_lines(columns).into_iter();
        lines.map(|line| text[paragraph.line(line).source()].trim_end().to_owned()).collect()
    };
    assert_eq!(broken("the quick brown fox", 10), ["the quick", "brown fox"]);
    assert_eq!(broken("ميناء مبارك الكبير، مشاريع", 12), ["ميناء مبارك", "الكبير،", "مشاريع"]);
    assert_eq!(
        broken("日本、語", 4),
        ["日", "本、", "語"].map(String::from).to_vec(),
        "no comma at a line's start"
    );
    assert_eq!(broken("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    assert_eq!(broken("a bcdefghij k", 4), ["a", "bcde", "fghi", "j k"]);
    assert_eq!(broken("well-known facts", 6), ["well-", "known", "facts"]);
    assert_eq!(broken("", 4), [""; 0]);
    assert_eq!(broken("漢", 1), ["漢"], "one cluster may be wider");
}

#[test]
fn hanging_space_is_not_drawn_and_a_marked_line_is_as_wide_as_without() {
    let paragraph = analyse("كَتَبَ كَتَبَ كَتَبَ", &rtl());
    let lines = paragraph.break_lines(7);
    assert_eq!(lines.len(), 2);
    assert_eq!(paragraph.line(lines[0].clone()).width(), 7);
}

#[test]
fn truncation_keeps_words_forms_and_the_own_side() {
    let cut = |text: &str, columns: usize, options: Options| {
        analyse(text, &options).truncated(columns).to_visual_string()
    };
    assert_eq!(cut("The quick brown fox", 12, ltr()), "The quick…");
    assert_eq!(cut("Internationalisation", 8, ltr()), "Interna…");
    assert_eq!(cut("fits", 4, ltr()), "fits");
    assert_eq!(cut("אבג דהו זחט", 9, rtl()), "…והד גבא");
    // The joining form stays that of the whole word: a middle form before the ellipsis.
    let arabic = analyse("المستضيفة", &rtl()).truncated(4);
    assert_eq!(codes(&arabic), "2026 FEE4 FEDF FE8D");
    // A Latin word of a right-to-left title goes as a whole.
    assert_eq!(cut("אבגדה International", 12, rtl()), "…הדגבא");
    // Never inside lam-alef.
    assert_eq!(analyse("سلامة", &rtl()).truncated(3).cells().count(), 3);
    for columns in 0..30 {
        assert!(analyse("OpenAI تطلق GPT-5.2 بسعر", &rtl()).truncated(columns).width() <= columns);
    }
}

#[test]
fn columns_and_bytes_know_each_other() {
    let text = "abc אבג def";
    let line = analyse(text, &ltr()).whole_line();
    let at = text.find('א').unwrap();
    assert_eq!(line.columns_of(at..at + 2), [6..7], "the first letter is the rightmost");
    assert_eq!(line.columns_of(2..at + 2), [2..4, 6..7], "over a change of direction it is two rectangles");
    assert_eq!(line.source_at(6), Some(at..at + 2));
    assert_eq!(line.source_at(99), None);
    let lam_alef = analyse("لا", &rtl()).whole_line();
    assert_eq!(lam_alef.columns_of(0..2), [0..1], "half of it is all of its cell");
    assert_eq!(lam_alef.columns_of(2..4), [0..1]);
}

#[test]
fn the_caret_stands_where_the_next_letter_goes() {
    let line = analyse("אב", &rtl()).whole_line();
    assert_eq!([0, 2, 4].map(|offset| line.caret_column(offset)), [2, 1, 0]);
    let line = analyse("ab ", &ltr()).whole_line();
    assert_eq!([0, 1, 3].map(|offset| line.caret_column(offset)), [0, 1, 3]);
    assert_eq!(analyse("", &rtl()).whole_line().caret_column(0), 0);
}

#[test]
fn a_telephone_number_is_not_broken_at_its_blanks() {
    let text = "للحجز اتصلوا على +965 2222 3333 اليوم";
    let options = Options { base: Base::Fixed(Direction::Rtl), ..Options::default() };
    let paragraph = analyse(text, &options);
    for columns in 16..40 {
        let lines: Vec<&str> = paragraph
            .break_lines(columns)
            .into_iter()
            .map(|line| {
                let clusters = &paragraph.clusters()[line];
                &text[clusters[0].source().start..clusters[clusters.len() - 1].source().end]
            })
            .collect();
        assert!(lines.iter().any(|line| line.contains("+965 2222 3333")), "{columns}: {lines:?}");
    }
}
