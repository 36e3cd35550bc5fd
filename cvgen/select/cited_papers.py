"""Citations in texts, ``[@key]``: the number or a short name of a publication, linked to it where it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cvgen.diagnostics import Location, Problem, notice, suggest
from cvgen.model.document import Document
from cvgen.model.inline import CITED, Break, Code, Inline, Inlines, Link, Plain, Span
from cvgen.model.publication import Publication
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.texts import change_parts, change_texts, find_texts
from cvgen.sources.career import Career

_MOST_NAMES = 2
"""Authors that a short name lists; of more it names the first, as most citation styles do."""


def report_citations(document: Document, career: Career) -> list[Problem]:
    """A Problem for each key that no file has, a notice for each paper that the document does not list."""
    papers = _by_key(career.publications)
    listed = set(_list_items(document))
    problems: dict[Problem, None] = {}
    for key, place in _find_keys(document):
        if key not in papers:
            if career.keys is not None:
                hint = suggest(key, papers, otherwise="write a key of your BibTeX files, or \\[ for these words")
                problems[Problem(f"no publication has the key {key!r}", place, hint)] = None
        elif papers[key].key not in listed:
            message = f"{key!r} is cited and in no list of the document, so its short name has no link"
            hint = "add the paper to a list, or leave out the citation"
            problems[notice(message, place, hint)] = None
    return list(problems)


def write_citations(document: Document, papers: Mapping[str, Publication], *, with_links: bool) -> Document:
    """``document`` with what each citation prints in its place; with links, cited papers get an anchor.

    ``papers`` are all publications by their keys.
    """
    cited = {key for key, _ in _find_keys(document)}
    if not cited:
        return document
    writer = _CitationWriter(document, _by_key(papers.values()), with_links=with_links)
    changed = change_texts(document, lambda text: replace(text, nodes=writer.write(text.nodes)))
    return _put_anchors(changed, {writer.name(key) for key in cited}) if with_links else changed


class _CitationWriter:
    """Knows the number and the name of each paper."""

    def __init__(self, document: Document, papers: Mapping[str, Publication], *, with_links: bool) -> None:
        self._items, self._papers = _list_items(document), papers
        self._with_links, self._words = with_links, document.words

    def name(self, key: str) -> str:
        """The key under which the paper is listed."""
        return self._papers[key].key if key in self._papers else key

    def write(self, nodes: Inlines) -> Inlines:
        """``nodes`` with the words of their citations."""
        written: list[Inline] = []
        for node in nodes:
            if isinstance(node, (Plain, Code, Break)):
                written.append(node)
            elif isinstance(node, Span) and node.part == CITED:
                written += self._cite([child.text for child in node.children if isinstance(child, Plain)])
            else:
                written.append(replace(node, children=self.write(node.children)))
        return tuple(written)

    def _cite(self, keys: list[str]) -> Iterator[Inline]:
        """``[J1], [J2]`` or ``(Lin et al. 2024; Long 2023)``."""
        names = [self.name(key) for key in keys]
        items = [self._items.get(name) for name in names]
        numbered = all(item and item.number_label for item in items)
        if not numbered:
            yield Plain("(")
        for at, (name, item) in enumerate(zip(names, items, strict=True)):
            if at:
                yield Plain(", " if numbered else "; ")
            label = item.number_label if item and numbered else self._short_name(name)
            linked = item is not None and self._with_links
            yield Link(f"#{name_anchor(name)}", (Plain(label),)) if linked else Plain(label)
        if not numbered:
            yield Plain(")")

    def _short_name(self, key: str) -> str:
        """``Lin et al. 2024``; the key of a paper that is not known."""
        paper = self._papers.get(key)
        if paper is None:
            return key
        families = [f"{author.particle} {author.family}".strip() or author.name for author in paper.authors]
        if len(families) > _MOST_NAMES:
            people = f"{families[0]} {self._words['others']}"
        else:
            people = self._words["list_and"].join(families) or str(paper.title)
        return f"{people} {paper.year}" if paper.year else people


def name_anchor(key: str) -> str:
    """The name of a paper's place, in letters that HTML and TeX take as they are."""
    return "paper-" + re.sub("[^A-Za-z0-9]", lambda found: f"-{ord(found[0]):x}-", key)


def _by_key(papers: Iterable[Publication]) -> dict[str, Publication]:
    found: dict[str, Publication] = {}
    for paper in papers:
        found |= dict.fromkeys((*paper.merged_keys, paper.key), paper)
    return found


def _list_items(document: Document) -> dict[str, PublicationItem]:
    """The papers that are printed, by key; where a paper is printed twice, the one with a number, else the first."""
    items: dict[str, PublicationItem] = {}
    for part in document.walk():
        item = part.shown
        if isinstance(item, PublicationItem) and (item.key not in items or not items[item.key].number_label):
            items[item.key] = item if item.number_label else items.get(item.key, item)
    return items


def _find_keys(document: Document) -> Iterator[tuple[str, Location | None]]:
    for text in find_texts(document):
        yield from ((key, text.location) for key in _keys(text.nodes))


def _keys(nodes: Inlines) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Span) and node.part == CITED:
            yield from (child.text for child in node.children if isinstance(child, Plain))
        else:
            yield from _keys(getattr(node, "children", ()))


def _put_anchors(document: Document, keys: set[str]) -> Document:
    """``document`` with an anchor at the printed paper of each of ``keys``."""
    refs = {item.ref for key, item in _list_items(document).items() if key in keys}

    def put(item: PublicationItem) -> PublicationItem:
        return replace(item, anchor=name_anchor(item.key)) if item.ref in refs else item

    return change_parts(document, PublicationItem, put)
