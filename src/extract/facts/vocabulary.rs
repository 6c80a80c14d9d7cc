//! Words that tell where a flattened row's border is: header words, heads that never stand alone, words that begin
//! values. All folded.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::fold::fold;

fn set(words: &str) -> HashSet<String> {
    words.split_whitespace().map(fold).collect()
}

/// Last words of header rows.
pub(super) static HEADER_VALUES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "التفاصيل القيمة الوصف السعر التاريخ البيان البيانات المعلومات الوقت الشرح الإجابة الموعد العدد النسبة \
         القيم المبلغ الحالة توضیحات مقدار شرح פרטים נתון details value information",
    )
});

/// First words of header rows over names of fields.
pub(super) static HEADER_KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "العنوان البند العنصر المعلومة البيان المحور الشرط المعطى الموضوع المجال التفصيل المؤشر الحقل السؤال النوع \
         الخاصية عنوان مورد נושא item field",
    )
});

/// First words of header rows over names of things.
pub(super) static HEADER_ENTITIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "الدولة البلد العيار البنك الكلية العملة المدينة المحافظة الصنف الفريق اللاعب السلعة المنتج الشركة المرحلة الحدث",
    )
});

/// Heads that never stand alone as a key.
pub(super) static GENERIC: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "عدد موعد مدة نوع رقم نسبة اسم مكان تاريخ قيمة سعر أبرز آخر أهم حجم مساحة طول عرض وقت بداية نهاية بدء انتهاء \
         سبب مصدر جهة مقر طريقة رسوم شروط درجة مستوى معدل إجمالي متوسط صافي رئيس قائد مدير تكلفة ثمن فئة لون وزن \
         أعلى أدنى أقصى أول حد سقف سن عمر رابط خط بلد شكل قاعدة مجموع فتح أيام ساعات موقع مرحلة هزینه زمان تاریخ \
         نام سایت حداکثر ظرفیت تعداد מספר מחיר שעות",
    )
});

/// Words that begin values: particles, weekdays, months, approximations.
pub(super) static STARTERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "من حتى عبر نحو حوالي قرابة أكثر أقل يوم مساء صباح فجر اليوم غدا أمس الأحد الاثنين الإثنين الثلاثاء الأربعاء \
         الخميس الجمعة السبت يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر أن لا غير بعد قبل \
         خلال كل لدى يعلن يحدد يبدأ تبدأ سنتان سنة شهر شهران ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مليون ألف \
         مجاني مجانا متاح متوفر لم سيتم تم بحجز مسموح حسب وفق نعم جميع",
    )
});

/// Words behind which no key ends.
pub(super) static LINKS: LazyLock<HashSet<String>> =
    LazyLock::new(|| set("من في على إلى عن مع بين و أو لدى عند حول ضد قبل بعد تحت فوق غير ذات ذو"));

/// Words that begin lines which are no rows.
pub(super) static NO_ROWS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "اللهم ربنا اقرأ شاهد تابع كتب كتبت قال قالت أكد أكدت أضاف وأضاف وأكد وقال أعلن بحضور والله وسجل وبلغ فيما \
         وتراوح سجلت غرد وصل أوضح وأوضح افتتح يا إني",
    )
});
