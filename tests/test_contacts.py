"""The head of a document: phones, networks, contacts of one's own and personal facts, and where they are printed."""

from __future__ import annotations

import io
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from helpers import INSTALLED_FONTS, run_cvgen, write_career
from pdf import squeeze
from pypdf import PdfReader
from rendering import RUN_ONCE, Rendered, read_document, render_pdf, theme_cells

from cvgen.examine import examine_pdf
from cvgen.model.language_files import known_languages
from cvgen.model.networks import NETWORKS
from cvgen.model.printed import Contact
from cvgen.pipeline.request import Request
from cvgen.themes.icons import list_icons
from cvgen.themes.theme import find_theme


def contacts_of(folder: Path, **basics: Any) -> tuple[Contact, ...]:
    """The contacts of a profile with such ``basics``."""
    path = folder / "profile.yaml"
    path.write_text(yaml.safe_dump({"basics": {"name": "Wei Lin", **basics}}, allow_unicode=True), "utf-8")
    return read_document(path).contacts


PHONES = {
    "trunk-zero": ("+44 (0)20 7946 0958", "", ["tel:+44-20-7946-0958"]),
    "extension": ("(555) 234-5678 ext. 99", "US", ["tel:+1-555-234-5678;ext=99"]),
    "extension-with-x": ("Tel. 555.234.5678 x99", "us", ["tel:+1-555-234-5678;ext=99"]),
    "two": ("666-666-666 / 777-777-777", "ES", ["tel:+34-666-66-66-66", "tel:+34-777-77-77-77"]),
    "two-without-spaces": ("666-666-666/777-777-777", "ES", ["tel:+34-666-66-66-66", "tel:+34-777-77-77-77"]),
    "two-without-country": ("666-666-666 / 777-777-777", "", ["tel:666666666", "tel:777777777"]),
    "two-short-ones": ("2345 6789 / 2345 6780", "HK", ["tel:+852-2345-6789", "tel:+852-2345-6780"]),
    "two-countries": (
        "+852 5123 4567 (mobile), +86 139 1234 5678",
        "HK",
        ["tel:+852-5123-4567", "tel:+86-139-1234-5678"],
    ),
    "german-slash": ("+49 711 / 123 456", "", ["tel:+49-711-123456"]),
    "german-slash-at-home": ("0711/123456", "DE", ["tel:+49-711-123456"]),
    "two-german": ("0711 123456 / 0172 1234567", "DE", ["tel:+49-711-123456", "tel:+49-172-1234567"]),
    "zeros-for-plus": ("0049 (0)711 123456", "DE", ["tel:+49-711-123456"]),
    "zeros-for-plus-anywhere": ("0049 711 123456", "", ["tel:+49-711-123456"]),
    "extension-without-country": ("(555) 234-5678 ext. 99", "", ["tel:5552345678;ext=99"]),
    "letters": ("1-800-FLOWERS", "US", ["tel:+1-800-356-9377"]),
    "arabic-digits": ("٠٥٠١٢٣٤٥٦٧", "SA", ["tel:+966-50-123-4567"]),
    "wide-digits": ("２３４５ ６７８９", "HK", ["tel:+852-2345-6789"]),
    "dashes": ("+1 555–123–4567", "", ["tel:+1-555-123-4567"]),
    "no-number": ("Upon request", "US", []),
    "too-short": ("extension 12", "US", []),
    "no-country-of-that-code": ("+999 500 000 000", "US", []),
    "on-request-with-number": ("on request, or +34 666 666 666", "", ["tel:+34-666-66-66-66"]),
}


@pytest.mark.parametrize(("typed", "country", "urls"), PHONES.values(), ids=PHONES)
def test_a_phone_is_printed_as_typed_and_dials_its_numbers(
    tmp_path: Path, typed: str, country: str, urls: list[str]
) -> None:
    place = {"location": {"country_code": country}} if country else {}
    phone = contacts_of(tmp_path, phone=typed, **place)[-1]
    assert (phone.kind, phone.text, list(phone.urls)) == ("phone", typed, urls)
    assert "".join(piece.text for piece in phone.pieces) in ("", typed)
    assert not any(any(mark in piece.text for mark in "/,(") for piece in phone.pieces if "34-" in piece.url)


@pytest.mark.parametrize(
    "location",
    [
        "Madrid, Spain",
        "Madrid, España",
        {"city": "Madrid", "country_code": "es"},
        {"city": "Madrid", "region": "Spain"},
        {"en": "Madrid, Spain", "de": "Madrid, Spanien"},
    ],
)
def test_the_country_of_a_number_is_the_persons(tmp_path: Path, location: Any) -> None:
    path = tmp_path / "profile.yaml"
    basics = {"name": "Wei Lin", "phone": "666 666 666", "location": location}
    path.write_text(yaml.safe_dump({"language": "es", "basics": basics}, allow_unicode=True), "utf-8")
    assert read_document(path).contacts[1].url == "tel:+34-666-66-66-66"


def test_a_field_may_have_several_values(tmp_path: Path) -> None:
    phones, mails = ["+44 20 7946 0958", "+34 666 666 666"], ["a@example.org", "b@example.org"]
    urls = ["https://example.org/a", "http://www.example.com/"]
    found = contacts_of(tmp_path, phone=phones, email=mails, url=urls)
    assert [contact.text for contact in found] == [*mails, *phones, "example.org/a", "example.com"]
    assert [contact.url for contact in found[:2]] == ["mailto:a@example.org", "mailto:b@example.org"]
    assert [contact.url for contact in found[4:]] == urls


def test_a_referee_may_have_several_values(tmp_path: Path) -> None:
    referees = [{"name": "Ada Long", "email": ["a@example.org", "b@example.org"], "phone": "+44 20 7946 0958"}]
    path = tmp_path / "profile.yaml"
    path.write_text(yaml.safe_dump({"basics": {"name": "Wei Lin"}, "referees": referees}), "utf-8")
    (section,) = read_document(path).sections
    assert [contact.url for contact in section.items[0].contacts] == [
        "mailto:a@example.org",
        "mailto:b@example.org",
        "tel:+44-20-7946-0958",
    ]


HANDLES = {
    "github": ("wlin", "GitHub: wlin", "https://github.com/wlin"),
    "gitlab": ("wlin", "GitLab: wlin", "https://gitlab.com/wlin"),
    "linkedin": ("wlin", "LinkedIn: wlin", "https://www.linkedin.com/in/wlin"),
    "google-scholar": ("wlin", "Google Scholar", "https://scholar.google.com/citations?user=wlin"),
    "orcid": ("0000-0002-1825-0097", "ORCID: 0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    "x": ("wlin", "X: wlin", "https://x.com/wlin"),
    "twitter": ("wlin", "Twitter: wlin", "https://twitter.com/wlin"),
    "mastodon": ("@wlin@example.social", "Mastodon: @wlin@example.social", "https://example.social/@wlin"),
    "bluesky": ("wlin.example.org", "Bluesky: wlin.example.org", "https://bsky.app/profile/wlin.example.org"),
    "telegram": ("wlin", "Telegram: wlin", "https://t.me/wlin"),
    "whatsapp": ("+85251234567", "WhatsApp: +85251234567", "https://wa.me/85251234567"),
    "wechat": ("wlin-99", "WeChat: wlin-99", ""),
    "signal": ("+85251234567", "Signal: +85251234567", "https://signal.me/#p/+85251234567"),
    "matrix": ("@wlin:example.org", "Matrix: @wlin:example.org", "https://matrix.to/#/@wlin:example.org"),
    "discord": ("8035110009", "Discord: 8035110009", "https://discord.com/users/8035110009"),
    "medium": ("wlin", "Medium: wlin", "https://medium.com/@wlin"),
    "dev.to": ("wlin", "DEV: wlin", "https://dev.to/wlin"),
    "npm": ("wlin", "npm: wlin", "https://www.npmjs.com/~wlin"),
    "pypi": ("wlin", "PyPI: wlin", "https://pypi.org/user/wlin/"),
    "stackoverflow": ("123", "Stack Overflow", "https://stackoverflow.com/users/123"),
    "huggingface": ("wlin", "Hugging Face: wlin", "https://huggingface.co/wlin"),
    "kaggle": ("wlin", "Kaggle: wlin", "https://www.kaggle.com/wlin"),
    "leetcode": ("wlin", "LeetCode: wlin", "https://leetcode.com/u/wlin/"),
    "codeforces": ("wlin", "Codeforces: wlin", "https://codeforces.com/profile/wlin"),
    "zenodo": ("wlin", "Zenodo: wlin", "https://zenodo.org/communities/wlin"),
    "dblp": ("12/345-6", "DBLP", "https://dblp.org/pid/12/345-6"),
    "semantic-scholar": ("123", "Semantic Scholar", "https://www.semanticscholar.org/author/123"),
    "openreview": ("~Wei_Lin1", "OpenReview: ~Wei_Lin1", "https://openreview.net/profile?id=~Wei_Lin1"),
    "researchgate": ("Wei-Lin-9", "ResearchGate: Wei-Lin-9", "https://www.researchgate.net/profile/Wei-Lin-9"),
    "scopus": ("5719", "Scopus", "https://www.scopus.com/authid/detail.uri?authorId=5719"),
    "wos": ("ABC-1234-2021", "Web of Science", "https://www.webofscience.com/wos/author/record/ABC-1234-2021"),
    "arxiv": ("lin_w_1", "arXiv: lin_w_1", "https://arxiv.org/a/lin_w_1"),
    "youtube": ("wlin", "YouTube: wlin", "https://www.youtube.com/@wlin"),
    "threads": ("wlin", "Threads: wlin", "https://www.threads.com/@wlin"),
}
"""Network → a handle, what is printed, and the address."""


def test_every_network_is_tried_and_has_an_icon() -> None:
    assert list(HANDLES) == list(NETWORKS)
    assert list_icons(find_theme("classic", [], None)) >= {"email", "phone", "url", "location", "link", *NETWORKS}


@pytest.mark.parametrize(("network", "row"), HANDLES.items(), ids=HANDLES)
def test_a_handle_gives_the_address_and_the_address_the_handle(
    tmp_path: Path, network: str, row: tuple[str, str, str]
) -> None:
    handle, printed, url = row
    (by_handle,) = contacts_of(tmp_path, profiles=[{"network": network, "username": handle}])
    assert (by_handle.text, by_handle.url, by_handle.kind) == (printed, url, network)
    if url:
        typed = url if "?" in url else f"{url.rstrip('/')}/"
        (by_address,) = contacts_of(tmp_path, profiles=[{"network": network, "url": typed}])
        assert (by_address.text, by_address.url) == (printed, typed)


@pytest.mark.parametrize(
    ("network", "url", "printed"),
    [
        ("LinkedIn", "https://www.linkedin.com/in/jo/", "LinkedIn: jo"),
        ("linkedin", "http://de.linkedin.com/in/jo?trk=x", "LinkedIn: jo"),
        ("linkedin", "https://linkedin.com/in/jos%C3%A9-x/de", "LinkedIn: josé-x"),
        ("GitHub", "https://github.com/Jo", "GitHub: Jo"),
        ("github", "https://github.com/jo/tool", "GitHub"),
        ("x", "https://twitter.com/jo", "X: jo"),
        ("mastodon", "https://social.example.org/@jo", "Mastodon: @jo@social.example.org"),
        ("mastodon", "https://www.example.org/users/jo", "Mastodon: @jo@www.example.org"),
        ("medium", "https://jo.medium.com/", "Medium: jo"),
        ("whatsapp", "https://api.whatsapp.com/send?phone=85251234567", "WhatsApp: +85251234567"),
        ("youtube", "https://www.youtube.com/channel/UC123", "YouTube"),
        ("openreview", "https://openreview.net/profile?x=1&id=~Jo_Lin1", "OpenReview: ~Jo_Lin1"),
        ("scholar", "https://scholar.google.co.uk/citations?hl=en&user=Ab-C", "Google Scholar"),
        ("DBLP", "https://dblp.org/pid/12/345.html", "DBLP"),
        ("My forge", "https://forge.example.org/jo", "My forge"),
    ],
)
def test_an_address_keeps_its_handle(tmp_path: Path, network: str, url: str, printed: str) -> None:
    (contact,) = contacts_of(tmp_path, profiles=[{"network": network, "url": url}])
    assert (contact.text, contact.url) == (printed, url)


@pytest.mark.parametrize(
    ("network", "handle", "url"),
    [
        ("Stack Overflow", "123", "https://stackoverflow.com/users/123"),
        ("google_scholar", "Ab", "https://scholar.google.com/citations?user=Ab"),
        ("Dev To", "jo", "https://dev.to/jo"),
        ("Web of Science", "A-1", "https://www.webofscience.com/wos/author/record/A-1"),
        ("X", "@jo", "https://x.com/jo"),
        ("whatsapp", "+49 (170) 123-4567", "https://wa.me/491701234567"),
        ("discord", "jo_lin", ""),
        ("signal", "jo.01", ""),
        ("github", "josé", "https://github.com/jos%C3%A9"),
    ],
)
def test_networks_and_handles_may_be_spelt_as_people_do(tmp_path: Path, network: str, handle: str, url: str) -> None:
    (contact,) = contacts_of(tmp_path, profiles=[{"network": network, "username": handle}])
    assert contact.url == url
    assert contact.text.endswith(handle) or not NETWORKS[contact.kind].is_spoken


def test_the_address_of_an_orcid_finds_the_owner(tmp_path: Path) -> None:
    bib = '@article{a, title={T}, author={Roe, Jo and Stone, W.}, author+an:orcid={2="0000-0002-1825-0097"},'
    bib += " journal={J}, year=2024}\n"
    account = "{network: orcid, url: 'https://orcid.org/0000-0002-1825-0097'}"
    profile = write_career(tmp_path, bib, basics=f"name: Wei Lin\nprofiles: [{account}]")
    ran = run_cvgen("publications", profile, "--json")
    assert json.loads(ran.out)[0]["position"] == 2


def test_a_contact_of_ones_own(tmp_path: Path) -> None:
    own = [
        {"label": "Office", "text": "Room 3.14", "icon": "building"},
        {"label": {"en": "Calendar"}, "url": "https://cal.example.org/wei"},
        {"text": "Lab", "url": "https://lab.example.org", "icon": "github"},
        {"text": "Box 12"},
    ]
    assert contacts_of(tmp_path, contacts=own) == (
        Contact("building", "Office: Room 3.14"),
        Contact("link", "Calendar: cal.example.org/wei", "https://cal.example.org/wei"),
        Contact("github", "Lab", "https://lab.example.org"),
        Contact("contact", "Box 12"),
    )


BIRTH = {
    "ar": "تاريخ الميلاد: ", "de": "Geburtsdatum: 3. Mai 1990", "en": "Date of birth: May 3, 1990",
    "es": "Fecha de nacimiento: 3 may 1990", "fr": "Date de naissance\u00a0: 3 mai 1990", "he": "תאריך לידה: ",
    "ja": "生年月日：1990年5月3日", "ko": "생년월일: 1990년 5월 3일", "pt": "Data de nascimento: 3 mai. 1990",
    "ru": "Дата рождения: 3 мая 1990", "zh": "出生日期：1990年5月3日",
}  # fmt: skip


def test_personal_facts_have_a_label_in_every_language(tmp_path: Path) -> None:
    assert set(BIRTH) <= set(known_languages())
    facts = {"birth_date": "1990-05-03", "nationality": "N", "pronouns": "P", "visa": "V"}
    variants = {language: {"language": language} for language in BIRTH}
    path = tmp_path / "profile.yaml"
    path.write_text(yaml.safe_dump({"basics": {"name": "Wei Lin", **facts}, "variants": variants}), "utf-8")
    seen = set[tuple[str, ...]]()
    for language, start in BIRTH.items():
        birth, *others = read_document(path, language).contacts
        assert birth.text.startswith(start)
        assert [one.text[-1] for one in others] == ["N", "P", "V"]
        seen.add(tuple(one.text for one in others))
    assert len(seen) == len(BIRTH)


CROWDED = {
    "name": "Ana Maria Fernández-Villaverde de la Peña",
    "label": "Professor of Computational Materials Science",
    "email": ["anna.berg@informatik.example.org", "ab@example.org"],
    "phone": "666-666-666 / 777-777-777",
    "url": "https://www.uni-example.de/de/institutionen/fakultaeten/informatik/arbeitsgruppen/personen/anna-berg",
    "location": {"address": "Calle Nueva 12", "city": "Madrid", "country_code": "ES"},
    "profiles": [{"network": "linkedin", "url": "https://www.linkedin.com/in/ana/"},
                 {"network": "mastodon", "username": "@ana@example.social"},
                 {"network": "My forge", "url": "https://forge.example.org/ana"}],
    "contacts": [{"label": "Office", "text": "Room 3.14", "icon": "building"},
                 {"label": "Calendar", "url": "https://cal.example.org/ana", "icon": "calendar"}],
    "birth_date": "1990-05", "nationality": "Spanish", "pronouns": "she/her", "visa": "EU Blue Card",
}  # fmt: skip


@cache
def render_crowded(theme: str, engine: str) -> Rendered:
    """A page with many contacts, two of them long."""
    basics = {**CROWDED, "url": [CROWDED["url"], f"https://example.org/{'longpath/' * 16}"]}
    work = [{"name": "Example Labs", "start": 2020, "end": 2021}]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.yaml"
        path.write_text(yaml.safe_dump({"basics": basics, "work": work}, allow_unicode=True), "utf-8")
        return render_pdf(Request(path, None, theme, engine, options=RUN_ONCE), path.parent)


@pytest.mark.parametrize(("theme", "engine"), theme_cells("weasyprint", "xelatex"))
def test_a_crowded_head_keeps_the_name_whole_and_all_on_the_paper(theme: str, engine: str) -> None:
    shown = render_crowded(theme, engine)
    (page,) = shown.pages
    letters = [char for char in page.chars if char.text.strip()]
    assert min(char.box.left for char in letters) > 20
    assert max(char.box.right for char in letters) < page.width - 20
    name = squeeze(str(CROWDED["name"]))
    start = next(i for i in range(len(letters)) if "".join(c.text for c in letters[i : i + len(name)]) == name)
    lines = {round(char.box.bottom / 4) for char in letters[start : start + len(name)] if char.text.isupper()}
    assert len(lines) <= 2
    assert not [line for line in page.text.splitlines() if line.rstrip().endswith(("·", "|", "•"))]
    for contact in shown.job.document.contacts:
        assert squeeze(contact.short or contact.text) in squeeze(page.text) or theme == "ats"


def _links(shown: Rendered) -> set[str]:
    found = [note.get_object() for page in PdfReader(io.BytesIO(shown.pdf)).pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in found if "/URI" in note.get("/A", {})}


@pytest.mark.parametrize(("theme", "engine"), theme_cells("weasyprint", "xelatex"))
def test_every_theme_prints_and_links_all_contacts(theme: str, engine: str) -> None:
    shown = render_crowded(theme, engine)
    assert examine_pdf(shown.pdf, shown.job, None) == ()
    text, links = squeeze(shown.text), _links(shown)
    phones = {"tel:+34-666-66-66-66", "tel:+34-777-77-77-77"}
    private = [*phones, "666-666-666 / 777-777-777", "Calle Nueva 12"]
    if theme == "homepage":
        assert not any(squeeze(one) in text or one in links for one in private)
    else:
        assert phones <= links
        assert squeeze("666-666-666 / 777-777-777") in text
        assert squeeze("Calle Nueva 12, Madrid, Spain") in text
    assert links >= {
        "mailto:ab@example.org", "https://www.linkedin.com/in/ana/", "https://example.social/@ana",
        "https://forge.example.org/ana", "https://cal.example.org/ana",
    }  # fmt: skip
    for printed in ("Office: Room 3.14", "Date of birth: May 1990", "Nationality: Spanish", "Visa: EU Blue Card"):
        assert squeeze(printed) in text
    if theme == "ats":
        assert squeeze("LinkedIn: linkedin.com/in/ana") in text
        assert squeeze("My forge: forge.example.org/ana") in text


def test_homepage_shows_phone_and_street_if_asked(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(yaml.safe_dump({"basics": CROWDED}, allow_unicode=True), "utf-8")
    ran = run_cvgen("render", path, "-t", "homepage", "--set", "private_contacts=true", "-f", "html", *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    page = next(tmp_path.glob("*.html")).read_text("utf-8")
    assert 'href="tel:+34-666-66-66-66"' in page
    assert "Calle Nueva 12, Madrid" in page


def test_the_address_of_an_own_contact_has_two_names(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        'basics: {name: Ana Lopes, contacts: [{label: Office, text: Room 3, address: "https://example.org"}]}'
    )
    page = tmp_path / "cv.html"
    assert run_cvgen("render", profile, "-f", "html", *INSTALLED_FONTS, "-o", page).code == 0
    assert '<a href="https://example.org">Office: Room 3</a>' in page.read_text("utf-8")


MUNICH = {"address": "Arcisstraße 21", "postal_code": "80333", "city": "München"}
BOSTON = {"address": "1 Main St", "city": "Boston", "region": "MA", "postal_code": "02139"}
TOKYO = {"address": {"en": "7-3-1 Hongo", "ja": "本郷7-3-1"}, "city": {"en": "Bunkyo", "ja": "文京区"},
         "region": {"en": "Tokyo", "ja": "東京都"}, "postal_code": "113-8654"}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "place", "printed"),
    [
        ("de", MUNICH, "Arcisstraße 21, 80333 München"),
        ("de", {"address": "Arcisstraße 21", "city": "München"}, "Arcisstraße 21, München"),
        ("de", {"postal_code": "80333", "city": "München"}, "80333 München"),
        ("en", {**MUNICH, "country_code": "de"}, "Arcisstraße 21, 80333 München, Germany"),
        ("zh", {**MUNICH, "country_code": "DE"}, "Arcisstraße 21, 80333 München, 德国"),
        ("en", BOSTON, "1 Main St, Boston, MA 02139"),
        ("de", {**BOSTON, "country_code": "US"}, "1 Main St, Boston, MA 02139, Vereinigte Staaten"),
        ("en-GB", {"city": "London", "postal_code": "SW1A 1AA"}, "London, SW1A 1AA"),
        ("it", {"city": "Milano", "region": "MI", "postal_code": "20121"}, "20121 Milano (MI)"),
        ("es", {"city": "Madrid", "region": "Madrid", "postal_code": "28013"}, "28013 Madrid"),
        ("pt-BR", {"city": "São Paulo", "region": "SP", "postal_code": "01310-100"}, "São Paulo – SP, 01310-100"),
        ("ar", {"address": "شارع 1", "city": "الرياض", "postal_code": "11564", "country_code": "SA"},
         "شارع 1، الرياض 11564، المملكة العربية السعودية"),
        ("zh", {"address": "颐和园路5号", "city": "海淀区", "region": "北京市", "postal_code": "100871",
                "country_code": "CN"}, "中国北京市海淀区颐和园路5号 100871"),
        ("zh", {"city": "香港", "country_code": "HK"}, "中国香港"),
        ("zh-TW", {"address": "羅斯福路四段1號", "city": "大安區", "region": "臺北市", "postal_code": "10617"},
         "10617 臺北市大安區羅斯福路四段1號"),
        ("ja", TOKYO, "〒113-8654 東京都文京区本郷7-3-1"),
        ("ja", {**TOKYO, "country_code": "JP"}, "日本、〒113-8654 東京都文京区本郷7-3-1"),
        ("en", {**TOKYO, "country_code": "JP"}, "7-3-1 Hongo, Bunkyo, Tokyo 113-8654, Japan"),
        ("ko", {"address": "테헤란로 152", "city": "강남구", "region": "서울특별시", "postal_code": "06236"},
         "(06236) 서울특별시 강남구 테헤란로 152"),
        ("en", {"city": "Singapore", "country_code": "SG"}, "Singapore"),
    ],
)  # fmt: skip
def test_an_address_has_the_order_of_its_country(
    tmp_path: Path, language: str, place: dict[str, Any], printed: str
) -> None:
    path = tmp_path / "profile.yaml"
    basics = {"name": "Wei Lin", "location": place}
    path.write_text(yaml.safe_dump({"language": language, "basics": basics}, allow_unicode=True), "utf-8")
    assert [contact.text for contact in read_document(path).contacts] == [printed]


@pytest.mark.parametrize("words", [["render"], ["render", "--letter", "a"]])
def test_every_format_prints_the_same_address(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "profile.yaml"
    letters = {"a": {"body": "Text.", "date": "2026-05-03"}}
    career = {"language": "de", "basics": {"name": "Wei Lin", "location": MUNICH}, "letters": letters}
    path.write_text(yaml.safe_dump(career, allow_unicode=True), "utf-8")
    made = []
    for form in ("html", "tex", "txt", "docx"):  # the first with fonts that need not be embedded
        file = tmp_path / f"cv.{form}"
        assert run_cvgen(*words, path, "-f", form, "-o", file, *(INSTALLED_FONTS if form == "html" else ())).code == 0
        made.append(
            "\n".join(p.text for p in docx.Document(str(file)).paragraphs)
            if form == "docx"
            else file.read_text("utf-8")
        )
    assert ["Arcisstraße 21, 80333 München" in text for text in made] == [True] * 4
