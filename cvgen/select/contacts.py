"""Lists the person's contacts: each has a text to print and the link behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cvgen.model.basics import Basics, NetworkProfile, OwnContact, PlaceBody
from cvgen.model.printed import Contact
from cvgen.select.language import find_locale, format_date
from cvgen.select.phones import find_phones, find_region
from cvgen.select.postal_address import write_postal_address


def list_contacts(
    basics: Basics, language: str, words: Mapping[str, str], *, with_private: bool = True
) -> tuple[Contact, ...]:
    """Every contact of ``basics`` in the order of a letterhead, then the personal facts.

    Without ``with_private`` there is no phone and no street, for a page that everyone can read.
    """
    return tuple(_contacts(basics, language, words, with_private))


def _contacts(basics: Basics, language: str, words: Mapping[str, str], with_private: bool) -> Iterator[Contact]:
    if basics.location and (text := _place_text(basics.location, language, words, with_private)):
        yield Contact("location", text)
    yield from map(mail_contact, basics.email)
    if with_private and basics.phone:
        region = _region(basics.location, language)
        yield from (phone_contact(phone, region) for phone in basics.phone)
    yield from (Contact("url", _bare(url), url) for url in basics.url)
    yield from (_network_contact(profile, words["colon"]) for profile in basics.profiles)
    yield from (_own_contact(contact, language, words["colon"]) for contact in basics.contacts)
    yield from _personal_facts(basics, language, words)


def mail_contact(email: str) -> Contact:
    """An e-mail address."""
    return Contact("email", email, f"mailto:{email}")


def phone_contact(typed: str, region: str = "") -> Contact:
    """A phone number as it is typed; ``region`` is the country of numbers that do not name theirs, if it is known."""
    pieces = find_phones(typed, region)
    if len(pieces) == 1:
        return Contact("phone", typed, pieces[0].url)
    return Contact("phone", typed, pieces=pieces)


def _region(place: PlaceBody | None, language: str) -> str:
    """The code of the country that ``place`` is in; empty if it does not say."""
    if place is None:
        return ""
    named = (text for text in (place.text, place.region, place.city) if text)
    wordings = [(spoken or language, str(wording)) for text in named for spoken, wording in text.wordings]
    return find_region(place.country_code or "", wordings)


def _bare(url: str) -> str:
    return re.sub(r"^(https?://(www\.)?|mailto:|tel:)|/$", "", url)


def _network_contact(profile: NetworkProfile, colon: str) -> Contact:
    """The network with the handle, or alone if it gave out a number as the handle."""
    known, url = profile.known, profile.address
    label = known.label if known else profile.network
    is_spoken = known is None or known.is_spoken or not url
    handle = profile.handle if is_spoken else ""
    text = f"{label}{colon}{handle}" if handle else label
    return Contact(known.key if known else "link", text, url, handle if known else "", label)


def _own_contact(contact: OwnContact, language: str, colon: str) -> Contact:
    text = str(contact.text.wording(language)) if contact.text else _bare(contact.url or "")
    label = f"{contact.label.wording(language)}{colon}" if contact.label else ""
    return Contact(contact.icon or ("link" if contact.url else "contact"), label + text, contact.url or "")


def _personal_facts(basics: Basics, language: str, words: Mapping[str, str]) -> Iterator[Contact]:
    if basics.birth_date:
        yield _fact("birth_date", format_date(basics.birth_date, language, words), words)
    for name, text in (("nationality", basics.nationality), ("pronouns", basics.pronouns), ("visa", basics.visa)):
        if text:
            yield _fact(name, str(text.wording(language)), words)


def _fact(name: str, text: str, words: Mapping[str, str]) -> Contact:
    return Contact(name, f"{words[name]}{words['colon']}{text}")


def _place_text(place: PlaceBody, language: str, words: Mapping[str, str], with_street: bool) -> str:
    if place.text:
        return str(place.text.wording(language))
    texts = {"address": place.address if with_street else None, "city": place.city, "region": place.region}
    parts = {name: str(text.wording(language)) for name, text in texts.items() if text}
    country = _country_name(place.country_code, language) if place.country_code else ""
    parts |= {"postal_code": place.postal_code or "", "country": country}
    comma = words["list_comma"] if words["direction"] == "rtl" else ", "
    return write_postal_address(parts, _region(place, language), language, comma)


def _country_name(code: str, language: str) -> str:
    name = find_locale(language).territories.get(code.upper())
    # CLDR's long form of Hong Kong and Macao; babel does not offer its short one.
    return str(name).removesuffix(" SAR China").removesuffix("特别行政区") if name else code
