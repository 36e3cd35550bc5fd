"""A raw BibTeX entry to a Publication: authors with marks, venue, date, status, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cvgen.diagnostics import Location, Problem, did_you_mean, notice, warn
from cvgen.model.dates import PartialDate, parse_date
from cvgen.model.inline import RichText, Text, rich
from cvgen.model.publication import Author, Mark, Metric, Publication, Status, parse_metric
from cvgen.sources.annotations import parse_annotations, read_mark
from cvgen.sources.bibtex import MONTHS, RawEntry, RawField
from cvgen.sources.fields import ENTRY_TYPES, FIELDS, is_known, nearest
from cvgen.sources.identifiers import ARXIV, Identifiers
from cvgen.sources.latex import Report, latex_to_plain, parse_latex
from cvgen.sources.link_fields import link_label
from cvgen.sources.names import NameList, parse_names

STATUS_WORDS: Mapping[str, Status] = {
    **{status.value: status for status in Status},
    "prepublished": Status.PREPRINT,
    "inprogress": Status.IN_PREPARATION,
    "underreview": Status.SUBMITTED,
    "accepted": Status.FORTHCOMING,
    "toappear": Status.FORTHCOMING,
}
_PREPRINT_VENUE = re.compile(r"\b(arxiv|corr|biorxiv|medrxiv|ssrn|chemrxiv|psyarxiv|techrxiv)\b", re.IGNORECASE)
_VENUE_FIELDS = ("journal", "journaltitle", "booktitle", "eventtitle", "maintitle", "school", "institution",
                 "publisher", "organization", "howpublished")  # fmt: skip
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_OUR_ANNOTATIONS = (None, "default", "role", "roles", "orcid", "credit")
_LIKE_AUTHOR_AN = frozenset(
    {"authoran", "authorsan", "authorna", "auhtoran", "autoran", "authorann", "authorannotation"}
)
_ROLE_NOISE = re.compile(r"\b(?:author|shared)\b", re.IGNORECASE)


def build_publication(entry: RawEntry, marks: Mapping[str, Mark]) -> tuple[Publication, list[Problem]]:
    """Read every field that a list shows or a query asks for; gives the Problems beside it."""
    builder = _Builder(entry)
    return builder.build(marks), builder.problems


def _nearest_field(name: str) -> str:
    """The field that ``name`` is a slip of; one that stands for ``author+an`` would lose roles."""
    if not name[:1].isalpha():
        return ""  # an underscore before a name is how people take a field out
    if re.sub(r"[^a-z]", "", name) in _LIKE_AUTHOR_AN and not re.fullmatch(r"author[+-]an", name):
        return "author+an"
    return "" if "+an" in name else nearest(name, FIELDS)


class _Builder:
    """Reads one entry."""

    def __init__(self, entry: RawEntry) -> None:
        self.entry = entry
        self.found = Identifiers(entry)
        self.problems = self.found.problems
        self.misspelt: set[str] = set()

    def build(self, marks: Mapping[str, Mark]) -> Publication:
        self._check_words()
        names = self._names(marks)
        venue = self._venue()
        return Publication(
            key=self.entry.key,
            type=self.entry.type,
            title=self._title(),
            authors=self._annotated(names),
            location=self.entry.location,
            authors_location=listed.location if (listed := self.entry.get("author", "editor")) else None,
            truncated=names.truncated,
            venue=venue,
            venue_short=self._plain("abbr", "shortjournal", "shortseries"),
            date=self._date(),
            status=(status := self._status(str(venue)))[0],
            status_source=status[1],
            topic=self._plain("topic"),
            note=self._text(*(("addendum",) if self.found.note_links else ("note", "addendum"))),
            award=self._text("award_name", "award"),
            volume=self._unless_arxiv("volume"),
            number=self._unless_arxiv("number", "issue"),
            pages=self._pages(),
            publisher=self._plain("publisher", "school", "institution"),
            rank=self._plain("rank", "venue_rank", "ccf"),
            metrics=tuple(self._metrics()),
            image=self._plain("preview", "image"),
            eprint=self.found.arxiv,
            doi=self.found.doi,
            keywords=tuple(w.strip() for w in re.split(r"[,;]", self._plain("keywords")) if w.strip()),
            links=self.found.links(),
            selected=self._plain("selected").casefold() in ("true", "yes", "1"),
            owner_marks=self._owner_marks(),
        )

    def _check_words(self) -> None:
        """Misspelt types and fields: those near a known one that the entry lacks, which then is not told to lack it."""
        entry = self.entry
        if entry.type not in ENTRY_TYPES and (near := nearest(entry.type, ENTRY_TYPES)):
            told = f"@{entry.type} is no entry type known here"
            self._warn(told, entry.location, f"did you mean @{near}?")
        for name, field in entry.fields.items():
            if is_known(name) or link_label(name):
                continue
            near = _nearest_field(name)
            if near and near not in entry.fields:
                self._warn(f"the field {name!r} is not read", field.location, f"did you mean {near!r}?")
                self.misspelt.add(near)
            elif not near and field.value.strip():
                told = f"the field {name!r} is not read"
                self.problems.append(notice(f"{entry.key}: {told}", field.location, kind=told, entry=entry.key))

    def _warn(self, message: str, place: Location, hint: str | None, kind: str = "") -> None:
        """Report what is wrong with this entry; without ``kind`` the message is what all of the kind share."""
        key = self.entry.key
        self.problems.append(warn(f"{key}: {message}", place, hint, kind=kind or message, entry=key))

    def _of_entry(self, problem: Problem) -> Problem:
        """``problem`` with the entry that it is in."""
        key, kind = self.entry.key, problem.kind or problem.message
        return replace(problem, message=f"{key}: {problem.message}", kind=kind, entry=key)

    def _report(self, field: RawField, words: str = "") -> Report:
        """Takes what is wrong with ``field``, or with ``words`` in it."""
        place = field.place_of(words)

        def report(message: str, hint: str, kind: str = "") -> None:
            self._warn(message, place, hint, kind)

        return report

    def _lacks(self, name: str, message: str, hint: str) -> None:
        if name not in self.misspelt:
            kind = f"an entry has no {name}"
            self.problems.append(warn(message, self.entry.location, hint, kind=kind, entry=self.entry.key))

    def _rich(self, *names: str) -> RichText:
        field = self.entry.get(*names)
        if field is None:
            return RichText()
        return RichText(parse_latex(field.value.strip(), self._report(field)), field.location)

    def _text(self, *names: str) -> Text | None:
        words = self._rich(*names)
        return Text((("", words),)) if words else None

    def _plain(self, *names: str) -> str:
        field = self.entry.get(*names)
        return latex_to_plain(field.value.strip(), self._report(field)) if field else ""

    def _title(self) -> RichText:
        title = self._rich("title")
        if not title:
            message = f"{self.entry.key!r} has no title; its key is printed instead"
            self._lacks("title", message, "add title = {…}")
            return rich(self.entry.key, self.entry.location)
        if subtitle := self._rich("subtitle"):
            return RichText((*title.nodes, *rich(": ").nodes, *subtitle.nodes), title.location)
        return title

    def _names(self, marks: Mapping[str, Mark]) -> NameList:
        field = self.entry.get("author", "editor")
        if field is None:
            self._lacks("author", f"{self.entry.key!r} has no author", "add author = {Family, Given and …}")
            return NameList(())
        return parse_names(field.value, marks, self._report(field), lambda name: self._report(field, name))

    def _annotated(self, names: NameList) -> tuple[Author, ...]:
        authors = list(names.authors)
        for name, field in self.entry.fields.items():
            found = re.fullmatch(r"author[+-]an(?::(?P<name>[\w-]+))?", name)
            if not found or found["name"] not in _OUR_ANNOTATIONS:
                continue  # another tool's annotation, such as affiliations
            annotations, problems = parse_annotations(
                field.value, len(authors), field.place_of, truncated=names.truncated
            )
            self.problems += map(self._of_entry, problems)
            for annotation in annotations:
                index = annotation.index - 1
                authors[index] = self._annotate(authors[index], annotation.values, found["name"], field)
        return tuple(authors)

    def _annotate(self, author: Author, values: tuple[str, ...], name: str | None, field: RawField) -> Author:
        if name == "orcid":
            return replace(author, orcid=values[0].strip('"'))
        if name == "credit":
            return replace(author, credit=tuple(value.strip('" ') for value in values))
        marks: list[Mark] = []
        for value in values:
            mark = read_mark(value, field.place_of(value))
            if isinstance(mark, Problem):
                self.problems.append(self._of_entry(mark))
            else:
                marks.append(mark)
        return author.with_marks(marks, f"annotation, line {field.location.line}")

    def _owner_marks(self) -> frozenset[Mark]:
        field = self.entry.get("role", "roles")
        marks: set[Mark] = set()
        for word in re.split(r"[;,]", field.value) if field else ():
            bare = _ROLE_NOISE.sub("", word).strip(" {}")
            if field is None or not bare or bare.casefold() == "first":
                continue  # "first author" is read off the list, never off a claim
            mark = read_mark(bare.replace(" ", "-") if bare.casefold() == "co first" else bare, field.place_of(bare))
            if isinstance(mark, Problem):
                self.problems.append(self._of_entry(mark))
            else:
                marks.add(mark)
        return frozenset(marks)

    def _venue(self) -> RichText:
        for name in _VENUE_FIELDS:
            if self.entry.get(name) and not (name == "howpublished" and self.found.address_in_howpublished()):
                return self._rich(name)
        return rich(f"arXiv:{self.found.arxiv}", self.entry.location) if self.found.arxiv else RichText()

    def _status(self, venue: str) -> tuple[Status, str]:
        field = self.entry.get("pubstate")
        if field:
            word = re.sub(r"[\s_-]", "", field.value.casefold())
            if word in STATUS_WORDS:
                return STATUS_WORDS[word], f"pubstate, line {field.location.line}"
            hint = did_you_mean(word, STATUS_WORDS) or "known here: " + ", ".join(sorted(STATUS_WORDS))
            self.problems.append(self._of_entry(Problem(f"{field.value!r} is no pubstate", field.location, hint)))
        for name in ("year", "date", "note"):
            said = self.entry.get(name)
            word = re.sub(r"[\s_{}.-]", "", said.value.casefold()) if said else ""
            if said and STATUS_WORDS.get(word, Status.PUBLISHED) is not Status.PUBLISHED:  # nothing makes it better
                return STATUS_WORDS[word], f"{name} = {said.value.strip()!r}, line {said.location.line}"
        if not venue and self.found.claims_arxiv:
            return Status.PREPRINT, "its eprint is said to be arXiv's"
        if not venue and self.found.doi.casefold().startswith("10.48550/arxiv"):
            return Status.PREPRINT, "its DOI is arXiv's"
        if _PREPRINT_VENUE.search(venue) and not re.search(r"\b(?:IEEE|ACM|Proceedings)\b", venue):
            return Status.PREPRINT, f"its venue is {venue!r}"
        if self.entry.type == "unpublished":
            return Status.UNPUBLISHED, "its type is @unpublished"
        return Status.PUBLISHED, "nothing says otherwise"

    def _date(self) -> PartialDate | None:
        field = self.entry.get("date", "year")
        if field is None:
            if not self.entry.get("pubstate"):
                hint = "add year = {2024}, or pubstate = {inpreparation}"
                self._lacks("year", f"{self.entry.key!r} has no year", hint)
            return None
        text = latex_to_plain(field.value, self._report(field)).strip().rstrip("/")
        if re.sub(r"[\s_.-]", "", text.casefold()) in STATUS_WORDS:
            return None  # "in press": read as the status
        date = self._parse_date(text, field.location)
        return self._with_month(date) if date and not date.month else date

    def _with_month(self, date: PartialDate) -> PartialDate:
        """``date`` with the ``month`` field: a name, a number, or a name with a day as in ``1~jan``."""
        field = self.entry.get("month")
        text = self._plain("month").casefold()
        if field is None:
            return date
        if text.strip().isdigit() and 1 <= int(text) <= 12:
            return replace(date, month=int(text))
        if found := _MONTH.search(text):
            day = re.search(r"\b([12]?\d|3[01])\b", text)
            in_range = re.search(r"[-–]", text)  # "May--June" begins in May, and on no day
            return replace(date, month=MONTHS.index(found[1]) + 1, day=int(day[1]) if day and not in_range else None)
        message = f"the month {field.value!r} cannot be read and is left out"
        hint = "write month = may, or date = {2024-05}"
        self._warn(message, field.location, hint, "a month cannot be read and is left out")
        return date

    def _parse_date(self, text: str, place: Location) -> PartialDate | None:
        try:
            day = re.sub(r"T\d\d:.*", "", text)
            return parse_date(day.split("/")[0] if re.match(r"\d{4}-\d\d(-\d\d)?/", day) else day)
        except ValueError:
            year = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
            read = f"; the year {year[1]} is used" if year else ""
            hint = "write year = {2024}, or date = {2024-05}"
            self._warn(f"the date {text!r} cannot be read{read}", place, hint, "a date cannot be read")
            return PartialDate(int(year[1])) if year else None

    def _unless_arxiv(self, *names: str) -> str:
        text = self._plain(*names)
        return "" if ARXIV.search(text) else text

    def _pages(self) -> str:
        pages = re.sub(r"\s*(?:-{1,3}|[–—])\s*", "–", self._unless_arxiv("pages"))
        first, _, last = pages.partition("–")
        return first if first == last else pages

    def _metrics(self) -> Iterator[Metric]:
        for kind in ("citations", "stars"):
            if field := self.entry.get(kind):
                try:
                    yield parse_metric(kind, field.value)
                except ValueError as error:
                    message, _, hint = str(error).partition("; ")
                    self._warn(message, field.location, hint, f"a count of {kind} cannot be read")
