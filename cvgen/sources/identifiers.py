"""Where a publication can be found: DOI, arXiv identifier and addresses, in the ways files write them."""

from __future__ import annotations

import html
import re

from cvgen.diagnostics import Problem, warn
from cvgen.model.publication import PublicationLink
from cvgen.sources.bibtex import RawEntry, RawField

ARXIV = re.compile(
    r"(?:arxiv[:\s.]*|abs/|arxiv\.org/(?:abs|pdf)/)([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?",
    re.IGNORECASE,
)
_ARXIV_FIELDS = ("arxiv", "url", "journal", "volume", "number", "eid", "pages", "note", "howpublished", "doi")
_DOI_PREFIX = re.compile(r"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d+/[^\s,]+")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.\S+)", re.IGNORECASE)
_LINK_FIELDS = {"url": "link", "pdf": "pdf", "code": "code", "github": "code", "html": "link", "website": "project",
                "project": "project", "video": "video", "slides": "slides", "poster": "poster", "blog": "blog",
                "demo": "demo", "dataset": "data", "data": "data"}  # fmt: skip


class Identifiers:
    """What one entry says of itself; ``problems`` are what of it cannot be used."""

    def __init__(self, entry: RawEntry) -> None:
        self._entry = entry
        self.problems: list[Problem] = []
        self.claims_arxiv = False
        self.arxiv = self._find_arxiv()
        self.doi = self._find_doi()

    def links(self) -> tuple[PublicationLink, ...]:
        """Every address once; two different ones of a kind both stay."""
        links: dict[str, str] = {}
        if self.doi and not self._is_arxiv_doi():
            links["doi"] = f"https://doi.org/{self.doi}"
        if self.arxiv:
            links["arxiv"] = f"https://arxiv.org/abs/{self.arxiv}"
        for name, label in _LINK_FIELDS.items():
            field = self._entry.get(name)
            if field and (url := self._read_url(field)):
                self._add(links, name, label, url)
        if address := self.address_in_howpublished():
            self._add(links, "howpublished", "link", address)
        return tuple(PublicationLink(label, url) for label, url in links.items())

    def address_in_howpublished(self) -> str:
        r"""The address in ``howpublished = {\url{…}}``; empty where it holds words."""
        field = self._entry.get("howpublished")
        address = clean_address(field.value) if field else ""
        return address if re.fullmatch(r"https?://\S+", address) else ""

    def _add(self, links: dict[str, str], name: str, label: str, url: str) -> None:
        known = {known_url.casefold() for known_url in links.values()}
        if (doi := _DOI_ADDRESS.fullmatch(url)) and (not self.doi or doi[1].casefold() == self.doi.casefold()):
            links.setdefault("doi", f"https://doi.org/{doi[1]}")
        elif url.casefold() not in known and not (self.arxiv and label == "link" and ARXIV.search(url)):
            links[label if label not in links else name] = url

    def _find_arxiv(self) -> str:
        entry = self._entry
        kind = next(
            (field.value.casefold() for name in ("eprinttype", "archiveprefix") if (field := entry.get(name))), ""
        )
        if (eprint := entry.get("eprint")) and kind in ("", "arxiv"):
            found = ARXIV.search(f"arxiv:{eprint.value.strip()}")
            if found is None and (kind or re.match(r"arxiv|\d{4}\.\d+$", eprint.value.strip(), re.IGNORECASE)):
                self.claims_arxiv = True
                message = f"{entry.key}: {eprint.value!r} is no arXiv identifier and is left out"
                self.problems.append(warn(message, eprint.location, "write eprint = {2401.00001}"))
            return found[1] if found else ""
        for name in _ARXIV_FIELDS:
            value = field.value if (field := entry.get(name)) else ""
            if found := ARXIV.search(f"arxiv:{value}" if name == "arxiv" and "/" not in value else value):
                return found[1]
        return ""

    def _find_doi(self) -> str:
        field = self._entry.get("doi")
        if field is None:
            return ""
        doi = _DOI_PREFIX.sub("", clean_address(field.value).replace("{", "").replace("}", ""))
        if _DOI.fullmatch(doi):
            return doi
        message = f"{self._entry.key}: {field.value!r} is no DOI and is left out"
        self.problems.append(warn(message, field.location, "write doi = {10.1000/182}"))
        return ""

    def _is_arxiv_doi(self) -> bool:
        return self.doi.casefold().startswith("10.48550/arxiv")

    def _read_url(self, field: RawField) -> str:
        url = clean_address(field.value)
        if re.fullmatch(r"https?://\S+", url):
            return url
        message = f"{self._entry.key}: {field.value.strip()!r} is not a link and is left out"
        self.problems.append(warn(message, field.location, "write it whole, with https://"))
        return ""


def clean_address(source: str) -> str:
    """A DOI or URL without what LaTeX and HTML wanted in it; never decoded as LaTeX, where ``%`` is a comment."""
    text = html.unescape(re.sub(r"\\url\s*\{(.*)\}", r"\1", source))
    text = re.sub(r"\{?\\textasciitilde\s*(\{\})?\}?|\$\\sim\$|\\~\{\}", "~", text)
    text = re.sub(r"\{?\\([_%&#~])\}?", r"\1", text)
    return text.strip("{} \n\t")
