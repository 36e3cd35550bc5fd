"""The ``basics`` of a profile: who the person is and how to reach them, and what a variant changes in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, WithJsonSchema, model_validator

from cvgen.diagnostics import BadValueError, suggest
from cvgen.model.base import (
    Emails,
    Frozen,
    LocalBlock,
    LocalText,
    Phones,
    StartDate,
    Url,
    Urls,
    Word,
    is_language_mapping,
)
from cvgen.model.dates import PartialDate
from cvgen.model.entry import TextOrBody
from cvgen.model.inline import list_links
from cvgen.model.networks import NETWORKS, Network, find_network


class PlaceBody(TextOrBody):
    """The place where the person lives, as precise as they choose."""

    address: LocalText | None = None
    postal_code: Word | None = None
    city: LocalText | None = None
    region: LocalText | None = None
    country_code: Word | None = None
    text: LocalText | None = None


def _as_place(value: object) -> object:
    return {"text": value} if isinstance(value, str) or is_language_mapping(value) else value


Place = Annotated[PlaceBody, BeforeValidator(_as_place)]


class NetworkProfile(Frozen):
    """An account: a known ``network`` with a ``username``, or any network with a ``url``."""

    network: Word = Field(
        description="A known network, or with url: the name of any other: " + ", ".join(NETWORKS),
    )
    username: Word | None = Field(default=None, description="The handle; it is taken from url if it is not given")
    url: Url | None = Field(default=None, description="The address; that of the handle if it is not given")

    @model_validator(mode="after")
    def _check_reachable(self) -> NetworkProfile:
        if not self.username and not self.url:
            raise BadValueError("has neither 'username' nor 'url'", "write one of the two", has_subject=False)
        if self.username and re.match(r"https?://|www\.", self.username):
            message, hint = f"{self.username!r} is an address", "write url: in place of username:"
            raise BadValueError(message, hint, field="username")
        if not self.url and not self.known:
            near = suggest(self.network, NETWORKS, otherwise="write its address as url: https://…")
            raise BadValueError(f"{self.network!r} is not a known network", near, field="network")
        return self

    @property
    def known(self) -> Network | None:
        """The row of the network; None for one that cvgen does not know."""
        return find_network(self.network)

    @property
    def handle(self) -> str:
        """The name of the account, taken from its address if only this is given; empty if it is not known."""
        return self.username or (self.known.find_handle(self.url or "") if self.known else "")

    @property
    def address(self) -> str:
        """The address of the account, as given or by the network's rule; empty if it has none."""
        return self.url or (self.known.find_address(self.username or "") if self.known else "")


class OwnContact(Frozen):
    """A contact that no other field is made for: an office, a fax, a calendar to book a meeting."""

    label: LocalText | None = Field(default=None, description="The word before the text")
    text: LocalText | None = Field(default=None, description="The text; the address if it is not given")
    icon: Word | None = Field(default=None, description="The name of one of the theme's icons, such as building")
    url: Url | None = Field(
        default=None,
        validation_alias=AliasChoices("url", "address"),
        description="The address that the text links to; also written as address",
    )

    @model_validator(mode="after")
    def _check_says_something(self) -> OwnContact:
        if not self.text and not self.url:
            raise BadValueError("has neither 'text' nor 'url'", "write one of the two", has_subject=False)
        for text in (self.label, self.text):
            if text and any(any(list_links(wording.nodes)) for _, wording in text.wordings):
                message = "has a link in its text"
                raise BadValueError(message, "write the address as url: https://…", has_subject=False)
        return self


def _check_birth_date(value: PartialDate) -> PartialDate:
    if value.is_present or value.is_expected:
        raise BadValueError("the date of birth is not a date", "write 1990-05-03, 1990-05 or 1990")
    return value


class Gender(StrEnum):
    """The form of the words for a person."""

    FEMININE = "feminine"
    MASCULINE = "masculine"


def _read_gender(value: object) -> Gender:
    try:
        return Gender(str(value).casefold().strip())
    except ValueError:
        hint = "write feminine or masculine, or delete it"
        raise BadValueError(f"{value!r} is not a form of words", hint) from None


GenderWord = Annotated[Gender, BeforeValidator(_read_gender), WithJsonSchema({"enum": list(Gender)})]


class _Contacts(Frozen):
    """What ``basics`` and the changes of a variant have in common."""

    native_name: LocalText | None = None
    label: LocalText | None = None
    image: Word | None = Field(default=None, description="The photo: a PNG, JPEG, WebP or GIF file")
    email: Emails = Field(default=(), description="One e-mail address, or a list of them")
    phone: Phones = Field(default=(), description="One phone number as it is printed, or a list of them")
    url: Urls = Field(default=(), description="One web address, or a list of them")
    location: Place | None = None
    profiles: tuple[NetworkProfile, ...] = ()
    contacts: tuple[OwnContact, ...] = Field(default=(), description="Contacts of your own")
    birth_date: Annotated[StartDate, AfterValidator(_check_birth_date)] | None = Field(
        default=None, description="The date of birth, where a country expects it"
    )
    nationality: LocalText | None = Field(default=None, description="The nationality, where a country expects it")
    pronouns: LocalText | None = Field(default=None, description="Pronouns, such as she/her")
    gender: GenderWord | None = Field(
        default=None, description="feminine or masculine: the form of the words of roles, where a language has both"
    )
    visa: LocalText | None = Field(default=None, description="A visa or work permit, such as: EU Blue Card")
    summary: LocalBlock | None = None


class Basics(_Contacts):
    """Who the person is and how to reach them."""

    name: LocalText


class BasicsChange(_Contacts):
    """What a variant shows in place of fields of ``basics``: each replaces the whole field, and null removes it."""

    name: LocalText | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_removed(cls, value: object) -> object:
        if not isinstance(value, Mapping) or None not in value.values():
            return value
        if "name" in value and value["name"] is None:
            raise BadValueError("a document needs a name", "write the name, or delete this line", field="name")
        # An absent field does not change anything, so what is removed is set to the value of an absent one
        fields = cls.model_fields
        return {key: fields[key].default if one is None and key in fields else one for key, one in value.items()}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """Each field of ``basics``, or null."""
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        for name, field in schema["properties"].items():
            if name != "name":
                described = {key: field.pop(key) for key in ("description", "examples") if key in field}
                field.pop("default", None)
                schema["properties"][name] = {"anyOf": [field, {"const": None}], **described}
        return reference

    @property
    def changes(self) -> dict[str, Any]:
        """The new value of each field that the variant changes; an empty one removes it."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}
