"""Reads the identifiers of a publication: DOI, arXiv identifier and addresses, in the notations found in files."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cvgen.diagnostics import Problem, warn
from cvgen.model.publication import LINK_LABELS, PublicationLink
from cvgen.sources.bibtex.raw_entry import RawEntry, RawField
from cvgen.sources.entry.doi import doi_address, find_doi, read_doi, read_doi_address, read_dois
from cvgen.sources.entry.link_fields import link_label
from cvgen.sources.entry.servers import is_server

ARXIV = re.compile(
    r"(?:arxiv(?:\s*(?:e-?|pre)prints?)?[:,\s.]*|abs/|arxiv\.org/(?:abs|pdf)/)([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?",
    re.IGNORECASE,
)
_ARXIV_FIELDS = (
    "arxiv",
    "arxivid",
    "url",
    "journal",
    "journaltitle",
    "booktitle",
    "volume",
    "number",
    "eid",
    "pages",
    "note",
    "howpublished",
    "doi",
)
ARCHIVES = {
    "pubmed": (r"[0-9]{1,9}", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "pmc": (r"PMC[0-9]{1,9}", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    "hal": (r"[a-z]+-\d+(?:v\d+)?", "https://hal.science/{}"),
    "jstor": (r"[0-9]{1,12}", "https://www.jstor.org/stable/{}"),
    "hdl": (r"\d[\d.]*/\S+", "https://hdl.handle.net/{}"),
}
"""The archives whose identifiers are links: the pattern of an identifier, and its address."""
_DOI_OF_JSTOR = "10.2307/"
_ARCHIVE_FIELDS = {"pmid": "pubmed", "pubmed": "pubmed", "pmcid": "pmc", "pmc": "pmc", "hal_id": "hal", "halid": "hal"}
_TAG = re.compile(r"\[?\s*(PubMed Central|PMCID|PMC|PubMed|PMID|DOI)\s*[:\s]\s*([^\s\[\]]+)\s*\]?", re.IGNORECASE)
_TAGS = {"pubmed central": "pmc", "pmcid": "pmc", "pmc": "pmc", "pubmed": "pubmed", "pmid": "pubmed", "doi": "doi"}
_MARKUP = re.compile(r"[\\&$<]")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"]+", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"www\.[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s<>\"]*)?|(?:[a-z][a-z0-9-]*\.)+[a-z]{2,24}(?::\d+)?/[^\s<>\"]*"
    r"|[a-z][a-z0-9-]+(?:\.[a-z][a-z0-9-]+)*\.(?:org|com|net|edu|gov|io|eu|ac\.uk)",
    re.IGNORECASE,
)
"""An address without its scheme: with www, with a path, or with an ending that files do not have."""
_BETWEEN = re.compile(r"(?:\s*[,;|]\s*|\s+)(?:and\s+)?(?=(?:https?|ftp)://|www\.)", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"[\s.?-]*|n\.?/?a\.?|none|null|tba|tbd|todo", re.IGNORECASE)
_ASIDE = re.compile(r"\s+(?:[(\[][^()\[\]]*[)\]]\.?)$|\s*[,;]$")
"""A remark after an address: ``(accessed 2024-05-03)``."""
_ORDER = {label: rank for rank, label in enumerate(LINK_LABELS)}
_FALLBACK_LABELS = frozenset({"html", "github"})
"""Fields that have a label of their own, for a second link of a kind."""


class Identifiers:
    """The identifiers of one entry; ``problems`` are about those that cannot be used."""

    def __init__(self, entry: RawEntry) -> None:
        self._entry = entry
        self.problems: list[Problem] = []
        self.claims_arxiv = False
        self.arxiv = self._find_arxiv()
        self.note_links = self._read_note()
        """The links of a ``note`` that has only links; it is then not printed as text."""
        self._dois = self._find_dois()
        self._dois = self._dois or self._dois_of_addresses()
        self.doi = self._dois[0] if self._dois else ""

    def links(self) -> tuple[PublicationLink, ...]:
        """Every address once; two different ones of a kind both stay."""
        found: list[PublicationLink] = []
        for doi in self._dois:
            if not _is_arxiv_doi(doi):
                found.append(PublicationLink("doi", doi_address(doi)))
        if self.arxiv:
            found.append(PublicationLink("arxiv", f"https://arxiv.org/abs/{self.arxiv}"))
        for name, label, url in self._addresses():
            self._add(found, name, label, url)
        return tuple(sorted(found, key=lambda link: _ORDER[link_label(link.label) or link.label]))

    def address_in_howpublished(self) -> str:
        r"""The address in ``howpublished = {\url{…}}``; empty if it has other words."""
        field = self._entry.get("howpublished")
        address = _complete(clean_address(field.value)) if field else ""
        return address if _ADDRESS.fullmatch(address) else ""

    def _addresses(self) -> Iterator[tuple[str, str, str]]:
        """The field, label and address of every link besides DOI and arXiv."""
        named = [(name, label) for name in self._entry.fields if (label := link_label(name))]
        for name, label in sorted(named, key=lambda one: one[0] in _FALLBACK_LABELS):
            if field := self._entry.get(name):
                for url in self._read_urls(name, field):
                    yield name, label, url
        if address := self.address_in_howpublished():
            yield "howpublished", "link", address
        for archive, word, field in self._archived():
            pattern, address = ARCHIVES[archive]
            if archive == "pubmed" and re.fullmatch(ARCHIVES["pmc"][0], word):
                yield "pmc", "pmc", ARCHIVES["pmc"][1].format(word)
            elif re.fullmatch(pattern, word):
                yield archive, archive, address.format(word)
            else:
                kind = f"an identifier of {archive} cannot be read and is left out"
                message = f"{self._entry.key}: {word!r} is not a valid {archive} identifier and is left out"
                self.problems.append(warn(message, field.location, None, kind=kind, entry=self._entry.key))
        yield from (("note", label, url) for label, url in self.note_links if label != "doi")

    def _archived(self) -> Iterator[tuple[str, str, RawField]]:
        """Archive, identifier and field of each identifier from another archive than arXiv."""
        for name, archive in _ARCHIVE_FIELDS.items():
            if name in self._entry.fields and (field := self._entry.get(name)):
                word = re.sub(r"^(?:PMID|PMCID|HAL)\s*:\s*", "", clean_address(field.value), flags=re.IGNORECASE)
                yield archive, f"PMC{word}" if archive == "pmc" and word.isdigit() else word, field
        kind, eprint = self._archive_of_eprint(), self._entry.get("eprint")
        if eprint and kind in ARCHIVES:
            word = clean_address(eprint.value)
            yield kind, word.removeprefix(_DOI_OF_JSTOR) if kind == "jstor" else word, eprint

    def _archive_of_eprint(self) -> str:
        names = ("eprinttype", "archiveprefix")
        return next((field.value.casefold() for name in names if (field := self._entry.get(name))), "")

    def _add(self, found: list[PublicationLink], name: str, label: str, url: str) -> None:
        if label == "link" and read_doi_address(url).casefold() in {doi.casefold() for doi in self._dois}:
            return
        if any(link.url.casefold() == url.casefold() for link in found):
            return
        if self.arxiv and label == "link" and ARXIV.search(url):
            return
        is_second = any(link.label == label for link in found)
        found.append(PublicationLink(name if is_second and name in _FALLBACK_LABELS else label, url))

    def _dois_of_addresses(self) -> tuple[str, ...]:
        """The DOI that the address of a paper without a DOI leads to."""
        for name, field in self._entry.fields.items():
            if link_label(name) == "link" and (doi := read_doi_address(clean_address(field.value))):
                return (doi,)
        return ()

    def _find_arxiv(self) -> str:
        entry = self._entry
        kind = self._archive_of_eprint()
        if (eprint := entry.get("eprint")) and kind in ("", "arxiv"):
            found = ARXIV.search(f"arxiv:{eprint.value.strip()}")
            if found is None and (kind or re.match(r"arxiv|\d{4}\.\d+$", eprint.value.strip(), re.IGNORECASE)):
                self.claims_arxiv = True
                message = f"{entry.key}: {eprint.value!r} is not a valid arXiv identifier and is left out"
                kind, hint = "an invalid arXiv identifier is left out", "write eprint = {2401.00001}"
                self.problems.append(warn(message, eprint.location, hint, kind=kind, entry=entry.key))
            return found[1] if found else ""
        for name in _ARXIV_FIELDS:
            if name not in entry.fields:
                continue
            value = field.value if (field := entry.get(name)) else ""
            if name == "booktitle" and not is_server(value):
                continue  # proceedings as a whole can have a number too
            if found := ARXIV.search(
                f"arxiv:{value}" if name in ("arxiv", "arxivid") and "http" not in value else value
            ):
                return found[1]
        return ""

    def _find_dois(self) -> tuple[str, ...]:
        noted = tuple(url for label, url in self.note_links if label == "doi")
        field = self._entry.get("doi")
        if field is None:
            return noted
        value = clean_address(field.value).replace("{", "").replace("}", "")
        own = tuple(read_dois(value))
        if not own and not (self.arxiv and ARXIV.search(value)):
            own = self._read_doubtful_doi(value, field)
        known = {doi.casefold() for doi in own}
        return (*own, *(doi for doi in noted if doi.casefold() not in known))

    def _read_doubtful_doi(self, value: str, field: RawField) -> tuple[str, ...]:
        """The DOI in a field that has more than a DOI. Reports it, unless the field is a publisher's address."""
        doi = find_doi(value)
        if doi and _ADDRESS.fullmatch(value):
            return (doi,)
        what = f"holds more than a DOI; {doi} is read" if doi else "is not a valid DOI and is left out"
        kind = "a field holds more than a DOI; the DOI is read" if doi else "an invalid DOI is left out"
        message, hint = f"{self._entry.key}: {field.value!r} {what}", "write the DOI alone, such as doi = {10.1000/182}"
        self.problems.append(warn(message, field.location, hint, kind=kind, entry=self._entry.key))
        return (doi,) if doi else ()

    def _read_note(self) -> tuple[tuple[str, str], ...]:
        """Label and address of each link in a note of links; a DOI is given bare."""
        field = self._entry.get("note")
        return tuple(read_note_links(field.value)) if field else ()

    def _read_urls(self, name: str, field: RawField) -> list[str]:
        text = clean_address(field.value)
        if _NO_ADDRESS.fullmatch(text):
            return []
        urls = [_complete(_ASIDE.sub("", url)) for url in _BETWEEN.split(text)]
        if all(map(_ADDRESS.fullmatch, urls)):
            return urls
        message = f"{self._entry.key}: {field.value.strip()!r} is not a link and is left out"
        kind, hint = f"the field {name!r} does not have a link and is left out", "write it in full, with https://"
        self.problems.append(warn(message, field.location, hint, kind=kind, entry=self._entry.key))
        return []


def _complete(address: str) -> str:
    """``address`` with the scheme that it lacks: ``www.example.org/cv``, ``example.org/cv``, a DOI."""
    if _BARE_HOST.fullmatch(address):
        return f"{'ftp' if address.startswith('ftp.') else 'https'}://{address}"
    doi = read_doi(address)
    return doi_address(doi) if doi and not _ADDRESS.match(address) else address


def _is_arxiv_doi(doi: str) -> bool:
    return doi.casefold().startswith("10.48550/arxiv")


def read_note_links(note: str) -> list[tuple[str, str]]:
    """The links of a note that has only links, such as PubMed's ``[PubMed:1234] [DOI:10.1000/x]``.

    Label and address of each, a DOI bare; empty if the note has other text.
    """
    text = clean_address(re.sub(r"\\href\s*\{[^{}]*\}\s*\{([^{}]*)\}", r"\1", note))
    found: list[tuple[str, str]] = []
    for tag in _TAG.finditer(text):
        label, word = _TAGS[tag[1].casefold()], tag[2].strip(".,;")
        if label == "doi":
            found += [("doi", doi) for doi in read_dois(word)]
        elif re.fullmatch(ARCHIVES[label][0], word := f"PMC{word}" if label == "pmc" and word.isdigit() else word):
            found.append((label, ARCHIVES[label][1].format(word)))
        else:
            return []
    if not found:
        address = clean_address(note)
        doi = read_dois(address)
        return [("doi", one) for one in doi] or ([("link", address)] if _ADDRESS.fullmatch(address) else [])
    return found if not re.search(r"\w", _TAG.sub("", text)) else []


def clean_address(source: str) -> str:
    """A DOI or URL without the escapes of LaTeX and HTML; not decoded as LaTeX, where ``%`` begins a comment."""
    if not _MARKUP.search(source):
        return source.strip("{} \n\t")
    text = re.sub(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}", r"\1", source)
    text = html.unescape(re.sub(r"\\(?:url|path|doi|nolinkurl|texttt)\s*\{(.*?)\}", r"\1", text))
    text = re.sub(r"\{?\\textasciitilde\s*(\{\})?\}?|\$\\sim\$|\\~\{\}", "~", text)
    text = re.sub(r"\{?\\textless\s*(\{\})?\}?|\$<\$", "<", text)
    text = re.sub(r"\{?\\textgreater\s*(\{\})?\}?|\$>\$", ">", text)
    text = re.sub(r"\{?\\(?:textunderscore\s*(\{\})?|_)\}?", "_", text)
    text = re.sub(r"\{?\\([%&#~])\}?", r"\1", text)
    text = text.strip("{} \n\t")
    return text[1:-1] if text[:1] + text[-1:] == "<>" else text
