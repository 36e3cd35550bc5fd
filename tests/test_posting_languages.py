"""Postings in the languages whose lists of words are short: the language, what is asked for, and what is left out."""

from __future__ import annotations

import pytest

from cvgen.posting.posting import cut_posting
from cvgen.posting.posting_term import Importance
from cvgen.posting.posting_terms import find_posting_terms
from cvgen.posting.profile_words import ProfileWords
from cvgen.posting.term_kinds import TermKind
from cvgen.select.vocabulary_files import list_vocabulary_languages, read_vocabulary

LAYOUT = (
    "{title}\n\n{task}\n- {do}\n\n{must}\n- {years}\n- {knows}\n- {degree}\n\n{nice}\n- {likes}\n\n{offer}\n- {gives}\n"
)
POSTINGS = {
    "nl": ("Data-engineer", "Wat ga je doen", "Je bouwt onze pipelines.", "Wat wij vragen",
           "Minimaal 3 jaar ervaring met Airflow", "Goede kennis van SQL", "Een afgeronde hbo-opleiding",
           "Pre's", "Ervaring met Kafka", "Wij bieden", "Een pensioen en een laptop van Example"),
    "pl": ("Inżynier danych", "Zakres obowiązków", "Budowa naszych systemów.", "Wymagania",
           "Minimum 3 lata doświadczenia w Airflow", "Bardzo dobra znajomość SQL", "Wykształcenie wyższe",
           "Mile widziane", "Doświadczenie z Kafka", "Oferujemy", "Opieka medyczna i laptop Example"),
    "it": ("Ingegnere dei dati", "Cosa farai", "Svilupperai i nostri sistemi.", "Requisiti",
           "Almeno 3 anni di esperienza con Airflow", "Ottima conoscenza di SQL", "Laurea in ingegneria",
           "Costituiscono un plus", "Esperienza con Kafka", "Cosa offriamo", "Buoni pasto e un laptop Example"),
    "tr": ("Veri mühendisi", "İş Tanımı", "Sistemlerimizi geliştirmek.", "Aranan Nitelikler",
           "En az 3 yıl Airflow deneyimi", "İyi düzeyde SQL bilgisi", "Üniversite mezunu",
           "Tercih sebebi", "Kafka tecrübesi", "Sunduklarımız", "Özel sigorta ve Example dizüstü"),
    "sv": ("Dataingenjör", "Arbetsuppgifter", "Du bygger våra system.", "Kvalifikationer",
           "Minst 3 års erfarenhet av Airflow", "Goda kunskaper i SQL", "Högskoleexamen",
           "Meriterande", "Erfarenhet av Kafka", "Vi erbjuder", "Friskvård och en dator från Example"),
    "da": ("Dataingeniør", "Dine opgaver", "Du bygger vores systemer.", "Dine kvalifikationer",
           "Mindst 3 års erfaring med Airflow", "Godt kendskab til SQL", "Diplomingeniør",
           "Det er en fordel", "Erfaring med Kafka", "Vi tilbyder", "Pension og en computer fra Example"),
    "nb": ("Dataingeniør", "Arbeidsoppgaver", "Du bygger systemene våre.", "Kvalifikasjoner",
           "Minst 3 års erfaring med Airflow", "God kjennskap til SQL", "Mastergrad",
           "Ønskelig", "Erfaring med Kafka", "Vi tilbyr", "Pensjon og en datamaskin fra Example"),
    "cs": ("Datový inženýr", "Náplň práce", "Budete vyvíjet naše systémy.", "Požadujeme",
           "Minimálně 3 roky praxe s Airflow", "Dobrá znalost SQL", "Vysokoškolské vzdělání",
           "Výhodou", "Zkušenosti s Kafka", "Nabízíme", "Stravenky a notebook Example"),
    "uk": ("Інженер даних", "Обов’язки", "Ви розвиватимете наші системи.", "Вимоги",
           "Досвід роботи з Airflow від 3 років", "Добре знання SQL", "Вища освіта",
           "Буде плюсом", "Досвід роботи з Kafka", "Ми пропонуємо", "Страхування та ноутбук Example"),
    "vi": ("Kỹ sư dữ liệu", "Mô tả công việc", "Bạn sẽ phát triển hệ thống.", "Yêu cầu",
           "Ít nhất 3 năm kinh nghiệm với Airflow", "Thành thạo SQL", "Tốt nghiệp đại học",
           "Ưu tiên", "Có kinh nghiệm với Kafka", "Quyền lợi", "Bảo hiểm và laptop Example"),
    "id": ("Insinyur data", "Tanggung Jawab", "Mengembangkan sistem kami.", "Kualifikasi",
           "Pengalaman minimal 3 tahun dengan Airflow", "Menguasai SQL dengan baik", "Pendidikan minimal S1",
           "Nilai tambah", "Pengalaman dengan Kafka", "Kami menawarkan", "BPJS dan laptop Example"),
    "fa": ("مهندس داده", "شرح وظایف", "توسعهٔ سامانه‌های ما", "شرایط احراز",
           "حداقل 3 سال سابقه کار با Airflow", "تسلط کامل بر SQL", "مدرک کارشناسی",
           "مزیت", "آشنایی با Kafka", "مزایا", "بیمه و لپ‌تاپ Example"),
    "hi": ("डेटा इंजीनियर", "जिम्मेदारियाँ", "हमारी प्रणालियाँ बनाना", "आवश्यक योग्यता",
           "Airflow में कम से कम 3 वर्ष का अनुभव", "SQL का अच्छा ज्ञान", "स्नातक डिग्री",
           "वांछनीय", "Kafka का अनुभव", "हम प्रदान करते हैं", "बीमा और Example लैपटॉप"),
    "ca": ("Enginyer de dades", "Què faràs", "Desenvoluparàs els nostres sistemes.", "Requisits",
           "Mínim 3 anys d'experiència amb Airflow", "Bons coneixements de SQL", "Grau en enginyeria",
           "Es valorarà", "Experiència amb Kafka", "Què oferim", "Assegurança i un portàtil Example"),
    "ro": ("Inginer de date", "Responsabilități", "Vei dezvolta sistemele noastre.", "Cerințe",
           "Minim 3 ani de experiență cu Airflow", "Cunoștințe solide de SQL", "Studii universitare",
           "Constituie un avantaj", "Experiență cu Kafka", "Oferim", "Tichete de masă și un laptop Example"),
}  # fmt: skip
FIELDS = ("title", "task", "do", "must", "years", "knows", "degree", "nice", "likes", "offer", "gives")


@pytest.mark.parametrize("language", list(list_vocabulary_languages()))
def test_a_file_has_known_lists_only(language: str) -> None:
    english, own = read_vocabulary("en"), read_vocabulary(language)
    assert set(own) <= {*english, "levels", "language_endings"}
    for table in ("headings", "cues", "kinds", "phrases"):
        assert set(own[table]) <= set(english[table])


@pytest.mark.parametrize("language", POSTINGS)
def test_a_posting_in_a_language_with_a_short_list(language: str) -> None:
    posting = cut_posting(LAYOUT.format(**dict(zip(FIELDS, POSTINGS[language], strict=True))), language)
    assert posting.language == language
    terms = find_posting_terms(posting, ProfileWords([], [], language))
    named = {importance: {t.name for t in terms if t.importance is importance} for importance in Importance}
    assert {"Airflow", "SQL"} <= named[Importance.MUST]
    assert named[Importance.NICE] == {"Kafka"}
    assert {t.level for t in terms if t.kind is TermKind.YEARS} == {3}
    assert [t.name for t in terms if t.kind is TermKind.DEGREE] != []
    assert {t.name for t in terms if "Example" in t.name} == set()
    assert len(terms) <= 7, [t.name for t in terms]


@pytest.mark.parametrize(
    ("language", "text", "level"),
    [
        ("pl", "Wymagania:\n- Bardzo dobra znajomość języka angielskiego (B2)", 4),
        ("cs", "Požadujeme:\n- Velmi dobrá znalost angličtiny", None),
        ("uk", "Вимоги:\n- Знання англійської мови на рівні B2", 4),
        ("ru", "Требования:\n- Знание английского языка на уровне B2", 4),
        ("ro", "Cerințe:\n- Cunoștințe solide de limba engleză", None),
        ("tr", "ARANAN NİTELİKLER:\n- Çok iyi derecede İngilizce bilen ve", None),
        ("ca", "Requisits:\n- Excel·lents coneixements d'anglès amb els clients", None),
    ],
)
def test_a_language_is_found_with_the_endings_of_a_sentence(language: str, text: str, level: int | None) -> None:
    posting = cut_posting(text + "\n", language)
    assert posting.language == language
    terms = find_posting_terms(posting, ProfileWords([], [], language))
    assert [(term.kind, term.level) for term in terms] == [(TermKind.LANGUAGE, level)]


def test_a_posting_in_traditional_characters() -> None:
    text = (
        "應徵條件\n- 3年以上 Python 開發經驗\n\n加分條件\n- 具 Kafka 經驗者佳\n\n公司福利\n- 年終獎金與 Example 筆電\n"
    )
    terms = find_posting_terms(cut_posting(text, "zh-TW"), ProfileWords([], [], "zh-TW"))
    found = {(term.name, term.importance) for term in terms}
    assert found == {("3年以上", Importance.MUST), ("Python", Importance.MUST), ("Kafka", Importance.NICE)}
