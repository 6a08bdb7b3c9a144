"""Which code page a text is in, told from how its letters follow one another in the languages of the region."""

import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "cp1252": ("de", "fr", "es"),
    "cp1250": ("pl", "cs", "de"),
    "cp1254": ("tr", "de", "fr"),
    "iso8859-2": ("pl", "cs"),
    "cp1256": ("fa", "ps", "ur", "ar"),
    "cp1251": ("ru", "tg"),
    "koi8-r": ("ru",),
    "koi8-t": ("tg",),
    "mac-cyrillic": ("ru",),
    "cp866": ("ru",),
    "cp850": ("de", "fr", "es"),
    "mac-roman": ("de", "fr", "es"),
}
"""Code pages, the likelier ones first, and the languages that are written in them."""

_TEXTS: Final[Mapping[str, str]] = {
    "de": "Über die Straße nach Kandahar wurden am späten Abend fünf Männer getötet, drei Verletzte kamen in "
    "das größte Krankenhaus. Die Behörden bestätigten den Angriff für Ende März; Zeugen hörten Schüsse "
    "und mehrere Explosionen. Häuser zerstört, Flüchtlinge, Grenzübergang geschlossen, Körper, Mörser, "
    "Gefecht zwischen Kämpfern und Soldaten, Tadschikistan, südlich, nördlich, östlich, Jänner, Köln, "
    "München, Müller, Öffnung, Ärzte, Überfall, während, gemäß",
    "fr": "Trois civils ont été tués et sept blessés après une frappe aérienne près de la frontière. Selon des "
    "témoins, l'armée a riposté à l'artillerie; le bilan s'élève à dix décès. Événement, février, août, "
    "décembre, réfugiés, forêt, côté, où, déjà, même, très, là, français, reçu, touché, marché, bouche, "
    "empêché, dégâts, évacué, pénétré, Médecins sans frontières, sécurité",
    "es": "Murieron tres niños y dos señores en el ataque según la policía; después del tiroteo la situación "
    "está más tranquila. Año, mañana, región, también, público, explosión, Pakistán, Afganistán, "
    "Tayikistán, víctimas, ejército",
    "pl": "Trzech żołnierzy zginęło, a pięć osób zostało rannych w pobliżu przejścia granicznego. Według "
    "świadków ostrzał trwał całą noc, siły bezpieczeństwa odpowiedziały ogniem. Źródło, październik, "
    "wrzesień, styczeń, sierpień, grudzień, życie, możliwość, miasto Łódź, książka, być, święto, "
    "zabójstwo, ludność, wieś, wojna, ciężko, górski, królestwo, Świat, Żaden, Źle, Ćwiczenia, Śląsk, "
    "Pakistański, cywilów, policję, ofiarą, będą, są, więcej, działań",
    "cs": "Při útoku na hlídku zahynuli tři vojáci a čtyři lidé byli zraněni. Podle svědků střelba trvala celou "
    "noc, ozbrojené síly odpověděly palbou. Září, říjen, březen, červen, únor, květen, město, příhraničí, "
    "údolí, řeka, šest, žena, děti, země, kůň, můž, Čech, Škoda, Žižka, Řím, mrtvých, zničené domy, "
    "uprchlíci, výbuch, náměstí",
    "tr": "Sınır kapısı yakınında çıkan çatışmada üç kişi öldü, beş kişi yaralandı. Görgü tanıklarına göre ateş "
    "gece boyunca sürdü; güvenlik güçleri karşılık verdi. Şubat, Ağustos, Eylül, Kasım, Aralık, İran, "
    "Türkiye, Pakistan, köy, dağ, şehir, ilçe, için, değil, çocuk, İstanbul, Işık, Çarşı, Özbek, Üç, "
    "saldırı, patlama, havan topu, ölü, sığınmacı",
    "ru": "Жертвы, погибших, раненых, столкновение, мина, засада, теракт, смертник, полиция, заложники, "
    "контрабанда, удар, бой, женщины, дети, жители, "
    "В результате обстрела на границе погибли три человека, пятеро ранены. По словам очевидцев, "
    "перестрелка длилась всю ночь; силы безопасности открыли ответный огонь. Январь, февраль, март, "
    "апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь. Источник, провинция, район, "
    "село, город, Кабул, Кандагар, Афганистан, Пакистан, Таджикистан, Душанбе, Хорог, Горно-Бадахшанская "
    "область, взрыв, военные, мирные жители, убито, ранено, дата, место, погибшие, число, описание, "
    "событие, широта, долгота, страна, нападение, боевики, пограничники, дом, школа, Хост, Кунар, "
    "Вазиристан, Пешавар",
    "tg": "Дар натиҷаи тирпаронӣ дар сарҳад се нафар кушта ва панҷ нафар захмӣ шуданд. Ба гуфтаи шоҳидон ҷанг "
    "тамоми шаб давом кард. Тоҷикистон, Афғонистон, Покистон, вилоят, ноҳия, деҳа, шаҳри Душанбе, Хуҷанд, "
    "Ғарм, Қӯрғонтеппа, Бадахшон, ҳодиса, ҳамла, посгоҳ, қишлоқ, маҳалла, ҳалок, даҳҳо, аҳолӣ, чоршанбе, "
    "қатл, қувваҳои амниятӣ, ҷабрдида, ҳуҷум, ёздаҳум, моҳи октябр, соли, мардум, рӯз, кӯҳ, ғайринизомӣ, "
    "сарбоз, маълумот",
    "fa": "در حمله به پاسگاه مرزی سه نفر کشته و پنج نفر زخمی شدند. به گفته شاهدان درگیری تمام شب ادامه داشت و "
    "نیروهای امنیتی پاسخ دادند. تاریخ، ولایت، ولسوالی، قریه، شهر، افغانستان، پاکستان، تاجیکستان، کابل، "
    "قندهار، سپین بولدک، هرات، بدخشان، ننگرهار، کنر، خوست، پکتیا، انفجار، حمله هوایی، غیرنظامیان، طالبان، "
    "منبع، محل، تعداد، کشور، گزارش، چهار، ژنرال",
    "ps": "په برید کې درې تنه ووژل شول او پنځه نور ټپیان دي. د پولې سره نږدې جګړه ټوله شپه روانه وه، ځواکونو "
    "ځواب ورکړ. نېټه، ولایت، ولسوالۍ، کلی، ښار، افغانستان، کندهار، ننګرهار، خوست، پکتیکا، چاودنه، ملکي "
    "کسان، سرچینه، ځای، هېواد، شمېر",
    "ur": "سرحد کے قریب حملے میں تین افراد ہلاک اور پانچ زخمی ہو گئے۔ عینی شاہدین کے مطابق فائرنگ رات بھر جاری "
    "رہی، سکیورٹی فورسز نے جوابی کارروائی کی۔ تاریخ، صوبہ، ضلع، گاؤں، شہر، پاکستان، بلوچستان، خیبر "
    "پختونخوا، پشاور، کوئٹہ، دھماکہ، ذریعہ، ٹانک، ڈیرہ",
    "ar": "خطف، حرق، لغم أرضي، قصف القرية، غزنة، مقتل الحاكم، إغلاق المعبر، ضحايا، إصابات، جندي، شرطة، سوق، مسجد، "
    "مدرسة، طريق، منطقة، حادث، تاريخ، وصف، عملية أمنية، إطلاق نار، صاروخ، طائرة، "
    "قتل ثلاثة أشخاص وأصيب خمسة آخرون في هجوم قرب الحدود. وقال شهود إن الاشتباكات استمرت طوال الليل وردت "
    "قوات الأمن. التاريخ، المحافظة، المدينة، أفغانستان، باكستان، طاجيكستان، كابول، قندهار، انفجار، غارة "
    "جوية، المدنيين، المصدر، المكان، العدد",
}
"""As it is reported what happens at the borders; enough to know which letters follow which."""

_ALIKE: Final = str.maketrans("يىكةأإآ", "ییکهااا")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = re.compile(rb"[A-Za-z\x80-\xff']*[\x80-\xff][A-Za-z\x80-\xff']*")
_MOST_WORDS: Final = 600
_PARTS: Final = (0.75, 0.2, 0.05)
"""What pairs of letters, letters alone, and letters never seen weigh."""
_UNKNOWN: Final = math.log(1e-7)
_CASE: Final = -4.0
"""For a capital after a small letter, as the wrong page of Russian makes them."""
_MIXED: Final = -6.0
"""For letters of two scripts in one word."""
_SIGN: Final = -10.0
"""For a byte that is a sign and no letter, or none at all."""
_RARE: Final[Mapping[str, float]] = {
    "koi8-r": -0.1,
    "cp1250": -0.1,
    "cp1254": -0.04,
    "iso8859-2": -0.2,
    "mac-cyrillic": -0.1,
    "cp866": -0.1,
    "cp850": -0.2,
    "mac-roman": -0.2,
}
"""For pages that few write in: of two that read alike, the other is taken."""
_EDGE: Final = "_"
_SCRIPTS: Final = ("\u0370", "\u0530")
"""Where Latin letters end, and Cyrillic ones."""


def code_page(text: bytes) -> str:
    """Tell the code page of a text in which some bytes are no ASCII."""
    words = [word for word, _ in Counter(_WORDS.findall(text)).most_common(_MOST_WORDS)]
    merits = {page: _merit(words, page) + _RARE.get(page, 0) for page in PAGES}
    return max(merits, key=lambda page: merits[page])


def _merit(words: Iterable[bytes], page: str) -> float:
    """Return how well words read in a page, as the mean of what their letters weigh in the language that fits best."""
    texts = [word.decode(page, "replace") for word in words]
    letters = sum(map(len, texts)) or 1
    faults = sum(map(_faults, texts))
    parts = [part.lower().translate(_ALIKE) for text in texts for part in _WORD.findall(text)]
    return (faults + max(sum(_weight(part, language) for part in parts) for language in PAGES[page])) / letters


def _faults(text: str) -> float:
    found = 0.0
    for before, letter in zip(_EDGE + text, text, strict=False):
        if not letter.isalpha() and letter != "'":
            found += _SIGN
        elif letter.isupper() and before.islower():
            found += _CASE
        elif letter.isalpha() and before.isalpha() and _script(letter) != _script(before):
            found += _MIXED
    return found


def _script(letter: str) -> int:
    return bisect(_SCRIPTS, letter)


def _weight(word: str, language: str) -> float:
    letters, pairs = _model(language)
    total = sum(letters.values())
    weight = 0.0
    for before, letter in zip(_EDGE + word, word + _EDGE, strict=True):
        pair = pairs.get(before + letter, 0) / (letters.get(before, 0) + 1)
        alone = letters.get(letter, 0) / total
        known = 1 / 2_000 if letter in letters else 0.0
        likely = _PARTS[0] * pair + _PARTS[1] * alone + _PARTS[2] * known
        weight += math.log(likely) if likely else _UNKNOWN
    return weight


@cache
def _model(language: str) -> tuple[dict[str, int], dict[str, int]]:
    letters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in _WORD.findall(_TEXTS[language].lower().translate(_ALIKE)):
        letters.update(_EDGE + word)
        pairs.update(before + letter for before, letter in zip(_EDGE + word, word + _EDGE, strict=True))
    return dict(letters), dict(pairs)
