//! Words that tell where a flattened row's border is: header words, heads that never stand alone, words that begin
//! values. All folded.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::fold::fold;

fn set(words: &str) -> HashSet<String> {
    words.split_whitespace().map(fold).collect()
}

/// Last words of header rows.
pub(in crate::extract) static HEADER_VALUES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "التفاصيل القيمة الوصف السعر التاريخ البيان البيانات المعلومات الوقت الشرح الإجابة الموعد العدد النسبة \
         القيم المبلغ الحالة العاصمة العملة التردد الراتب العائد المعدل الدرجة الأجر الرسوم التكلفة التوضيح المحتوى \
         تفاصيل الفائز البطل الوزير المادة الترتيب الإيرادات الأثر التعديل الرقم الملاحظات التعليق الإيضاح التوقيت الثمن المدة الكمية المسافة المساحة النتيجة النقاط القناة \
         توضیحات توضیح مقدار شرح قیمت نرخ جزئیات مشخصات اطلاعات ساعت مبلغ פרטים פירוט נתון נתונים מידע תיאור ערך \
         details detail value values information info description price answer data figure cost amount date time \
         détails détail valeur valeurs informations information prix description réponse chiffre tarif montant",
    )
});

/// First words of header rows over names of fields.
pub(in crate::extract) static HEADER_KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "العنوان البند العنصر المعلومة البيان المحور الشرط المعطى الموضوع المجال التفصيل المؤشر الحقل السؤال النوع \
         الخاصية الأمر الجانب السمة التفصيلة المعيار المواصفة المواصفات الميزة الوصف البنود العناصر عنوان مورد ویژگی مشخصه موضوع بخش \
         آیتم נושא פרט סעיף מאפיין קטגוריה item items field topic category subject feature parameter spec metric \
         indicator aspect rubrique élément éléments sujet critère indicateur caractéristique catégorie",
    )
});

/// First words of header rows over names of things.
pub(in crate::extract) static HEADER_ENTITIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "الدولة البلد العيار البنك الكلية العملة المدينة المحافظة الصنف الفريق اللاعب السلعة المنتج الشركة المرحلة الحدث المادة المنطقة \
         التطبيق القمر التخصص الصلاة البلدية الولاية الحي النادي المنتخب المصرف الخام الجامعة المستشفى المحطة الخط \
         الرحلة المعدن الخدمة الهاتف الطراز السيارة الموديل المسلسل الفيلم القناة الوزارة الوظيفة المهنة السنة العام \
         الشهر اليوم الفئة المنصة المجموعة الطريق المناسبة المعبر الفرع الشرط القرار الوقود البرنامج المحصول المستشفى الفندق الكتاب الجائزة الحزب المرشح الشريحة \
         الدائرة الإقليم الجهة کالا کشور شهر استان بانک تیم روز محصول מדינה עיר בנק מוצר country bank city team product \
         day station route category pays ville banque équipe produit jour ligne station",
    )
});

/// Heads that never stand alone as a key.
pub(in crate::extract) static GENERIC: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "عدد موعد مدة نوع رقم نسبة اسم مكان تاريخ قيمة سعر أبرز آخر أهم حجم مساحة طول عرض وقت بداية نهاية بدء انتهاء \
         سبب مصدر جهة مقر طريقة رسوم شروط درجة مستوى معدل إجمالي متوسط صافي رئيس قائد مدير تكلفة ثمن فئة لون وزن \
         أعلى أدنى أقصى أول حد سقف سن عمر رابط خط بلد شكل قاعدة مجموع فتح أيام ساعات موقع مرحلة هزینه زمان تاریخ \
         نام سایت حداکثر ظرفیت تعداد מספר מחיר שעות",
    )
});

/// Words that begin values: particles, weekdays, months, approximations.
pub(in crate::extract) static STARTERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "من حتى عبر نحو حوالي قرابة أكثر أقل يوم مساء صباح فجر اليوم غدا أمس الأحد الاثنين الإثنين الثلاثاء الأربعاء \
         الخميس الجمعة السبت يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر أن لا غير بعد قبل \
         خلال كل لدى يعلن يحدد يبدأ تبدأ سنتان سنة شهر شهران ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مليون ألف \
         مجاني مجانا متاح متوفر لم سيتم تم بحجز مسموح حسب وفق نعم جميع",
    )
});

/// Words behind which no key ends.
pub(in crate::extract) static LINKS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "من في على إلى عن مع بين و أو لدى عند حول ضد قبل بعد تحت فوق غير ذات ذو التي الذي الذين أبو عبد بن ابن آل \
             از تا در به با برای של על עם את of for in at on the and to by with per de du des la le les à au aux et en pour par sur",
    )
});

/// Words that begin lines which are no rows.
pub(in crate::extract) static NO_ROWS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "اللهم ربنا اقرأ شاهد تابع كتب كتبت قال قالت أكد أكدت أضاف وأضاف وأكد وقال أعلن بحضور والله وسجل وبلغ فيما \
         وتراوح سجلت غرد وصل أوضح وأوضح افتتح يا إني",
    )
});

/// Words that stand in sayings and sentences, and hardly ever in the value of a field.
pub(in crate::extract) static SPEECH: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "أن إن أنا نحن أنت أنتم هو هي هم لا لم لن لقد قد هل ليس ليست لسنا كان كانت كنا كنت سوف يجب نتمنى أتمنى نعمل نسعى \
         نحتاج نرى نريد أريد أعتقد نعتقد شكرا لماذا كيف هذا هذه ذلك هكذا الذي التي الذين أننا أنني أنه أنها لأن لكن ولكن \
         بأن سنواصل سيكون ستكون سنعمل أفضل لو إذا عندما حين كأن لعل ليت فقد وقد ولا ولم ولن مبروك حفظكم بارك \
         است نیست شد می‌شود می‌کند می‌کنیم خواهد خواهیم باید کرد کردند ما من شما را هستیم هستند نباید \
         אני אנחנו אתם לא אבל צריך צריכים היה היתה היו הוא היא הם את כי אם זה זאת יש אין \
         is are was were will would we i you they he she my our your the that this have has must should don’t don't isn’t \
         est sont nous vous je j’ai il elle ils faut avons avez c’est pas ne n’est notre votre qui que cette",
    )
});

/// Places where people are found, and no fields of a story.
pub(in crate::extract) static NETWORKS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "فيسبوك تويتر إكس إنستغرام انستجرام انستقرام يوتيوب تيليغرام تليجرام واتساب واتسآب سناب تيك لينكد facebook \
         twitter x instagram youtube telegram whatsapp tiktok snapchat linkedin threads اینستاگرام تلگرام توییتر",
    )
});

/// Words that begin lines which say who speaks.
pub(in crate::extract) static SAYING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "قال قالت وقال وقالت أضاف وأضاف أضافت وأضافت أكد وأكد أكدت وأكدت أوضح وأوضح أوضحت تابع وتابع تابعت أشار وأشار \
         ذكر وذكر علق وعلق غرد كتب وكتب رد ورد ختم وختم واختتم استطرد وأردف أبو أم السيد السيدة المواطن مواطن مواطنة \
         المذيع المذيعة الضيف الضيفة المحاور المحلل الصحفي السائل القارئ المعلم الأم الأب الطالب الطالبة المتصل \
         گفت وی مجری مهمان خبرنگار המראיין המרואיין host guest interviewer reporter moderator caller",
    )
});

/// Months and days of the week.
pub(in crate::extract) static DATES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت يناير فبراير مارس أبريل إبريل مايو يونيو يونيه \
         يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين كانون جانفي \
         فيفري أفريل ماي جوان جويلية أوت يوليوز غشت شتنبر نونبر دجنبر محرم صفر ربيع جمادى رجب شعبان رمضان شوال \
         فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه \
         پنجشنبه جمعه بينואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר january \
         february march april may june july august september october november december janvier février mars avril mai \
         juin juillet août septembre octobre novembre décembre monday tuesday wednesday thursday friday saturday sunday",
    )
});

/// Numbers in words.
pub(in crate::extract) static NUMBERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "واحد واحدة اثنان اثنين اثنتان ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثماني ثمانية ثمان تسع تسعة عشر \
         عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة \
         مائة مئتان مئتين مائتان مائتين ألف ألفان ألفين آلاف مليون مليونا مليونان مليونين ملايين مليار مليارا مليارات \
         بليون تريليون نصف ثلث ربع یک دو سه چهار پنج شش هفت هشت نه ده میلیون میلیارد هزار",
    )
});

/// Units that stand behind figures.
pub(in crate::extract) static UNITS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "دينار دينارا دنانير ريال ريالا ريالات درهم درهما دراهم جنيه جنيها جنيهات ليرة دولار دولارا دولارات يورو قرش \
         فلس فلسا درجة درجات متر مترا كم كلم كيلومتر كيلومترا كيلو كيلوغرام كغ كجم غرام جرام طن طنا نقطة نقاط يوم يوما \
         أيام شهر أشهر سنة سنوات ساعة ساعات دقيقة دقائق هكتار فدان برميل ميجاواط تومان تومن ریال שקל ₪ % بالمئة بالمائة",
    )
});

/// Given names, and titles that stand before names.
pub(in crate::extract) static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    set(
        "محمد أحمد محمود علي حسن حسين عمر خالد سعيد سعد سالم ناصر يوسف إبراهيم إسماعيل مصطفى عبدالله عبدالرحمن عبدالعزيز \
         عبد عبدالحميد عبدالقادر كريم سامح رامي هاني وليد طارق ياسر عادل سمير سامي ماجد فهد فيصل تركي بندر سلمان سلطان \
         راشد حمد حمدان زايد منصور جاسم بدر مشعل عثمان بلال أيمن أشرف أسامة شريف عمرو حازم هشام تامر باسم باسل زياد \
         مازن نبيل جمال كمال صلاح عصام حسام علاء رضا جعفر عباس حيدر كاظم جواد مهدي قاسم هادي صادق عمار ياسين نور نورة \
         فاطمة عائشة مريم زينب سارة ليلى هند سعاد أمل منى هدى سلمى نادية وفاء إيمان نوال سميرة خديجة أسماء رانيا دينا \
         نيللي سلافة جورج إلياس أنطوان ميشال بيار جان مايكل جون ديفيد كريستيانو ليونيل رياض منير بوعلام عبدالمجيد قيس \
         المهندس الدكتور الأستاذ المستشار الشيخ اللواء العميد العقيد النائب السفير المايسترو الفنان الفنانة الأمير \
         محمدرضا رضا امیر حمید مجید فرهاد بیژن منوچهر پرویز داریوش יוסי דני משה דוד יעל רונן עמרי יונתן",
    )
});

/// Lines behind which lists of other articles stand.
pub(in crate::extract) static RELATED: LazyLock<Vec<String>> = LazyLock::new(|| {
    [
        "موضوعات ذات صلة",
        "مواضيع ذات صلة",
        "أخبار ذات صلة",
        "اقرأ أيضا",
        "اقرأ أيضًا",
        "إقرأ أيضا",
        "اقرا ايضا",
        "الأكثر قراءة",
        "الأكثر مشاهدة",
        "قد يهمك",
        "شاهد أيضا",
        "تابع أيضا",
        "موضوعات متعلقة",
        "أخبار متعلقة",
        "المزيد من الأخبار",
        "آخر الأخبار",
        "اقرأ المزيد",
        "الكلمات الدالة",
        "كلمات مفتاحية",
        "اخبار مرتبط",
        "مطالب مرتبط",
        "بیشتر بخوانید",
        "כתבות נוספות",
        "קראו גם",
        "more on this story",
        "related",
        "read more",
        "most read",
        "see also",
        "à lire aussi",
        "lire aussi",
        "sur le même sujet",
        "les plus lus",
    ]
    .iter()
    .map(|line| fold(line))
    .collect()
});
