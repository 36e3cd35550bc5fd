"""Completes what WeasyPrint writes, so that its PDFs conform to PDF/UA-1 and, as archival ones, to PDF/A-2a too.

WeasyPrint's tags lack a few things: decorative icons are figures without a description, an element inside a link has
a link annotation of its own, a heading with a line is a heading inside itself, header cells have no scope, marks of
bullets are no labels, and a text in another language is not marked as such. All of it is set here, on the objects of
the finished PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from cvgen.backends.xmp import Metadata, write_xmp

ACCESSIBLE = "pdf/ua-1"
ARCHIVAL = "pdf/a-2a"
PT_PER_PX = 0.75
_ONCE = frozenset(("/P", *(f"/H{level}" for level in range(1, 7))))
"""Tags that are never inside themselves: the inner one is a box without an element, as in a flex box."""
TOLERANCE = 4.0
"""The length in pt by which an annotation may be larger than the one that it is inside of."""


def remember_pages() -> None:
    """Let pydyf make its list of pages once; it makes it again for each tag, so that the time grew with both."""

    def list_pages(pdf: Any) -> tuple[bytes, ...]:
        numbers = pdf.pages["Kids"][::3]
        known: tuple[bytes, ...] = pdf.__dict__.get("_cvgen_pages", ())
        if len(known) != len(numbers):
            known = pdf._cvgen_pages = tuple(f"{number} 0 R".encode("ascii") for number in numbers)
        return known

    pydyf.PDF.page_references = property(list_pages)


def describe_boxes(tags: Any) -> None:
    """Let WeasyPrint's module ``tags`` keep what is lost with the boxes: languages, and marks of lists."""
    build = tags._build_box_tree

    def build_and_describe(box: object, *others: Any) -> Iterator[Any]:
        for element in build(box, *others):
            _describe(getattr(box, "_box", box), element)
            yield element

    tags._build_box_tree = build_and_describe


def _describe(box: Any, element: Any) -> None:
    if box.element is None or box.element_tag in ("html", "body"):
        return
    if language := box.element.get("lang"):
        element["Lang"] = pydyf.String(language)
    if box.element_tag == "li::before":
        element["S"] = "/Lbl"
    elif box.element_tag == "ol" and element["S"] == "/L":
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})


def finish_with(archival: bool, producer: str) -> Callable[[Any, Any], None]:
    """WeasyPrint's ``finisher``: called with the document and the PDF before that is written."""

    def finish(document: Any, pdf: Any) -> None:
        finisher = _Finisher(pdf)
        finisher.finish_tags()
        if archival:
            finisher.finish_archive(document.metadata, producer)

    return finish


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of the structure tree: its own dictionary, and those that it is inside of, the root first."""

    own: Any
    around: tuple[Any, ...]

    @property
    def tag(self) -> str:
        return str(self.own["S"])

    def within(self, tag: str) -> Any:
        """The nearest element around it with this tag, or None."""
        return next((element for element in reversed(self.around) if element["S"] == tag), None)


class _Finisher:
    """Changes the objects of ``pdf``, which is complete and not yet written."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        root = self.find(pdf.catalog["StructTreeRoot"])
        self._places = self.find(root["ParentTree"])["Nums"]
        """A number tree: the number of a page before the elements of its contents, that of an annotation before its."""
        self._root = self.find(root["K"][0])

    def find(self, reference: bytes) -> Any:
        """The object that ``reference``, as ``b"12 0 R"``, names."""
        return self._pdf.objects[int(reference.split()[0])]

    def finish_tags(self) -> None:
        """Complete the structure tree."""
        elements = tuple(self._walk(self._root, ()))
        self._hide_margins({element.own.reference for element in elements})
        for element in elements:
            if element.tag == "/TH":
                element.own["A"]["Scope"] = "/Column" if element.within("/THead") else "/Row"
            elif element.tag == "/Lbl":
                self._move_label(element)
            elif element.tag in _ONCE and element.tag == element.around[-1]["S"]:
                element.own["S"] = "/NonStruct"
            self._join_links(element)
            if element.tag == "/Figure":
                if "Alt" in element.own:
                    self._measure_in_points(element)
                else:
                    self._hide(element)

    def finish_archive(self, metadata: Any, producer: str) -> None:
        """Leave out what PDF/A-2 forbids, and name both standards in ``metadata``, which is the document's."""
        for one in self._pdf.objects:
            if isinstance(one, pydyf.Stream) and one.extra.get("Subtype") == "/Image":
                one.extra.pop("Interpolate", None)
        packet = write_xmp(
            Metadata(
                metadata.title or "",
                tuple(metadata.authors),
                metadata.description or "",
                metadata.generator or "",
                producer,
                metadata.created or "",
                metadata.modified or "",
            ),
            "A",
            accessible=1,
        )
        self.find(self._pdf.catalog["Metadata"]).stream = [packet]

    def _walk(self, element: Any, around: tuple[Any, ...]) -> Iterator[_Element]:
        yield _Element(element, around)
        for kid in element["K"]:
            if isinstance(kid, bytes) and (below := self.find(kid)).get("Type") == "/StructElem":
                yield from self._walk(below, (*around, element))

    def _measure_in_points(self, element: _Element) -> None:
        """Give the box of a picture in points from the lower left corner; it is in pixels from the upper left one."""
        height = self.find(element.own["Pg"])["MediaBox"][3]
        left, top, right, bottom = (edge * PT_PER_PX for edge in element.own["A"]["BBox"])
        element.own["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])

    def _hide(self, element: _Element) -> None:
        """Hide a picture without a description."""
        page = self.find(element.own["Pg"])
        numbers = [kid for kid in element.own["K"] if isinstance(kid, int)]
        if all(self._make_artifact(page, number) for number in numbers):
            element.around[-1]["K"].remove(element.own.reference)

    def _hide_margins(self, known: set[bytes]) -> None:
        """Hide the page numbers, whose elements WeasyPrint leaves out of the tree: only ``known`` ones are in it."""
        for reference in self._pdf.page_references:
            page = self.find(reference)
            for number, element in enumerate(self._places[2 * page["StructParents"] + 1]):
                if element not in known:
                    self._make_artifact(page, number)

    def _make_artifact(self, page: Any, number: int) -> bool:
        """Let screen readers skip what is drawn on ``page`` under this number; False if it is in a group of its own."""
        drawn = self.find(page["Contents"]).stream
        place = next((i for i, op in enumerate(drawn) if isinstance(op, dict) and op.get("MCID") == number), None)
        if place is None:
            return False
        drawn[place - 1 : place + 2] = ["/Artifact", b"BMC"]
        self._places[2 * page["StructParents"] + 1][number] = b"null"
        return True

    def _move_label(self, element: _Element) -> None:
        """Put the mark of a list item before the item's body; WeasyPrint has it inside."""
        if (item := element.within("/LI")) is not None:
            element.around[-1]["K"].remove(element.own.reference)
            item["K"].insert(0, element.own.reference)
            element.own["P"] = item.reference

    def _join_links(self, element: _Element) -> None:
        """Remove the annotation of an element inside a link; if it is in another place, it becomes the link's."""
        link = element.within("/Link")
        if link is None:
            return
        for kid in [kid for kid in element.own["K"] if isinstance(kid, bytes)]:
            pointer = self.find(kid)
            if pointer.get("Type") != "/OBJR":
                continue
            element.own["K"].remove(kid)
            annotation = self.find(pointer["Obj"])
            place = self._places.index(annotation["StructParent"], 2 * self._pdf.pages["Count"])
            others = [self.find(self.find(one)["Obj"]) for one in link["K"] if self._is_pointer(one)]
            if any(_contains(other["Rect"], annotation["Rect"]) for other in others):
                del self._places[place : place + 2]
                self.find(pointer["Pg"])["Annots"].remove(pointer["Obj"])
                annotation.clear()
                pointer.clear()
            else:
                self._places[place + 1] = link.reference
                link["K"].append(kid)

    def _is_pointer(self, kid: object) -> bool:
        return isinstance(kid, bytes) and self.find(kid).get("Type") == "/OBJR"


def _contains(outer: list[float], inner: list[float]) -> bool:
    left, right = sorted(outer[::2])
    bottom, top = sorted(outer[1::2])
    inside = (min(inner[::2]) - left, right - max(inner[::2]), min(inner[1::2]) - bottom, top - max(inner[1::2]))
    return min(inside) >= -TOLERANCE
