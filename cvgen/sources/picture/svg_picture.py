"""Checks SVG pictures, which only browsers show: well formed, and nothing in them that runs or loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from cvgen.diagnostics import BadValueError

_MOST_BYTES = 2 << 20
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_LOADED = re.compile(r"url\(\s*+[\"']?+(?!#|data:image/(?:png|jpe?g)[;,])|@import", re.IGNORECASE)
_INSIDE = re.compile(r"\s*(?:$|#|data:image/(?:png|jpe?g|gif|webp)[;,])", re.IGNORECASE)
_RUNS = frozenset({"script", "iframe", "embed", "object", "audio", "video", "handler", "listener"})
_HINT = "save it as .png, or export it again as a plain SVG"


def check_svg(name: str, data: bytes) -> None:
    """Raise BadValueError if ``data``, the file ``name``, is no SVG that a page can embed safely."""
    if len(data) > _MOST_BYTES:
        raise BadValueError(f"the picture {name!r} has more than {_MOST_BYTES >> 20} MiB of SVG", "save it as .png")
    if _ENTITY.search(data):
        raise BadValueError(f"the picture {name!r} defines entities", _HINT)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:  # what Python cannot parse or decode
        raise BadValueError(f"the picture {name!r} is broken: {error}", _HINT) from None
    if _local(root.tag) != "svg":
        raise BadValueError(f"{name!r} is not an SVG picture", _HINT)
    if active := next(_find_active(root), ""):
        raise BadValueError(f"the picture {name!r} has {active} in it", _HINT)


def _find_active(root: ElementTree.Element) -> Iterator[str]:
    """What runs or loads something, as a person would call it."""
    for element in root.iter():
        tag = _local(element.tag)
        if tag in _RUNS:
            yield f"<{tag}>"
        for key, value in element.attrib.items():
            attribute = _local(key)
            if attribute.startswith("on"):
                yield f"a script ({attribute})"
            elif attribute in ("href", "src") and tag != "a" and not _INSIDE.match(value):
                yield f"a reference to another file ({value[:40]})"
            elif _LOADED.search(value):
                yield "a reference to another file"
        if tag == "style" and _LOADED.search(element.text or ""):
            yield "a style that loads another file"


def _local(name: object) -> str:
    """A name without its namespace, in small letters; empty for comments."""
    return name.rpartition("}")[2].casefold() if isinstance(name, str) else ""
