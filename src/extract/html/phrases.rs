//! What words say of a block: is it the article's, or of what stands around it («read also», shares, rights)? In the
//! languages that are read here; compared as search compares them.

use std::sync::LazyLock;

use crate::text::fold::fold;

/// What a block that is none of the article's begins with, as people write it.
const PHRASES: &[&str] = &[
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "إقرأ أيضا",
    "اقرأ المزيد",
    "اقرأوا أيضا",
    "اقرئي أيضا",
    "شاهد أيضا",
    "طالع أيضا",
    "طالع المزيد",
    "اقرأ أكثر",
    "انظر أيضا",
    "مواضيع ذات صلة",
    "موضوعات ذات صلة",
    "أخبار ذات صلة",
    "مقالات ذات صلة",
    "ذات صلة",
    "قد يعجبك",
    "قد يهمك",
    "تابعنا على",
    "تابعونا على",
    "تابع أحدث الأخبار",
    "شارك الخبر",
    "شارك المقال",
    "شارك هذا",
    "شاركها",
    "للمزيد من الأخبار",
    "اضغط هنا",
    "اشترك في",
    "اشترك الآن",
    "حمّل التطبيق",
    "حمل التطبيق",
    "حملوا تطبيق",
    "انضم إلى قناتنا",
    "انضموا إلى قناتنا",
    "جميع الحقوق محفوظة",
    "نستخدم ملفات تعريف الارتباط",
    "الأكثر قراءة",
    "الكلمات المفتاحية",
    "الكلمات الدلالية",
    "read more",
    "read also",
    "also read",
    "see also",
    "related:",
    "related articles",
    "related stories",
    "related topics",
    "recommended for you",
    "you may also like",
    "you might also like",
    "more from",
    "more on this story",
    "follow us",
    "share this",
    "sign up for",
    "subscribe to",
    "subscribe now",
    "already a subscriber",
    "continue reading",
    "click here to",
    "all rights reserved",
    "most read",
    "most popular",
    "skip to",
    "we use cookies",
    "this site uses cookies",
    "comments are closed",
    "filed under",
    "posted in",
    "tagged",
    "explore more on",
    "leave a comment",
    "was this page helpful",
    "was this article helpful",
    "هل كان هذا المقال مفيدا",
    "هل وجدت هذا مفيدا",
    "lire aussi",
    "à lire aussi",
    "à lire également",
    "voir aussi",
    "lea también",
    "lee también",
    "le puede interesar",
    "lesen sie auch",
    "mehr zum thema",
    "leggi anche",
    "leia também",
    "lees ook",
    "ayrıca okuyun",
    "ilgili haberler",
    "читайте также",
    "بیشتر بخوانید",
    "همچنین بخوانید",
    "مطالب مرتبط",
    "اخبار مرتبط",
    "به اشتراک بگذارید",
    "لینک کوتاه",
    "کد خبر",
    "انتهای پیام",
    "ما را دنبال کنید",
    "نظرات کاربران",
    "קראו גם",
    "קראו עוד",
    "קרא עוד",
    "כתבות נוספות",
    "כתבות קשורות",
    "שתפו",
    "שתפו את",
    "הירשמו",
    "אולי יעניין",
    "עקבו אחרינו",
    "כל הזכויות שמורות",
    "مزید پڑھیں",
    "یہ بھی پڑھیں",
];

/// Phrases that are a whole block where they are none of the article's.
const ALONE: &[&str] = &[
    "إعلان",
    "advertisement",
    "sponsored",
    "related",
    "share",
    "print",
    "tags",
    "comments",
    "פרסומת",
    "שתפו",
    "live",
    "مباشر",
    "ذات صلة",
    "الوسوم",
    "طباعة",
    "مشاركة",
    "شارك",
    "تعليقات",
    "التعليقات",
    "انتهای پیام",
    "انتهای پیام/",
    "برچسب‌ها",
];

static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(PHRASES));
static FOLDED_ALONE: LazyLock<Vec<String>> = LazyLock::new(|| folded(ALONE));

fn folded(phrases: &[&str]) -> Vec<String> {
    phrases.iter().map(|phrase| fold(phrase)).collect()
}

/// Letters of a block that may be judged by how it begins.
const SHORT: usize = 220;

/// Whether a block's words say that it is none of the article's. `linked` says that most of it is a link.
pub(super) fn is_phrase(text: &str, linked: bool) -> bool {
    if text.chars().count() > SHORT {
        return false;
    }
    let text = fold(text);
    let text = text.trim().trim_matches(|c: char| !c.is_alphanumeric() && c != '/').trim();
    if FOLDED_ALONE.iter().any(|phrase| phrase.trim_end_matches('/') == text.trim_end_matches('/')) {
        return true;
    }
    if text.starts_with("the post ") && text.contains(" appeared first on ") {
        return true;
    }
    let few = text.split_whitespace().count() <= 5;
    let begins = FOLDED.iter().any(|phrase| {
        text.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    begins && (linked || few || text.contains("cookies"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_judged_by_how_a_block_begins() {
        assert!(is_phrase("اقرأ أيضاً: افتتاح الجسر العائم أمام المشاة في خور الدانة", true));
        assert!(is_phrase("Related stories", false));
        assert!(is_phrase("إعلان", false));
        assert!(is_phrase("The post New ferry appeared first on Harbour News.", false));
        assert!(!is_phrase("إعلان النتائج كان مفاجأة للجميع", false));
        assert!(!is_phrase("Share prices fell on Tuesday.", false));
        assert!(!is_phrase("The post office will close in May, the council said on Tuesday.", false));
    }
}
