"""A bullet as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.model.inline import RichText
from cvgen.model.refs import Ref


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet and the bullets below it."""

    text: RichText
    """The text of the bullet."""
    bullets: tuple[Bullet, ...] = ()
    """The bullets below it."""
    ref: Ref = ()
    """Its place, for cvgen's reports."""
