"""A section as a variant asks for it: its settings, where they are written, and why they leave a part out."""

from __future__ import annotations

from cvgen.diagnostics import Location
from cvgen.model.ledger import Cause, Reason
from cvgen.model.refs import Ref
from cvgen.model.variant_settings import SectionBody
from cvgen.select.variant import ResolvedSection
from cvgen.sources.career import Career


class AskedSection:
    """A section as a variant asks for it: its settings, the title it is printed with, and where each setting is."""

    def __init__(self, resolved: ResolvedSection, title: str, ref: Ref, career: Career) -> None:
        self.spec: SectionBody = resolved.spec
        self.title, self.ref = title, ref
        self._path, self._career = resolved.path, career
        self._reasons: dict[Cause, Reason] = {}

    def place(self, *path: str | int) -> Location:
        """Where the setting at ``path`` is written, or what is nearest around it."""
        return self._career.places.value((*self._path, *path))

    def reason(self, cause: Cause) -> Reason:
        """That the setting ``cause`` of this section dropped a part."""
        if cause not in self._reasons:
            self._reasons[cause] = Reason(cause, self._say(cause), self.place(cause.value))
        return self._reasons[cause]

    def _say(self, cause: Cause) -> str:
        match cause:
            case Cause.LIMIT:
                return f"beyond the limit of {self.spec.limit} in the section {self.title!r}"
            case Cause.WHERE:
                return f"does not match the query ('where') of the section {self.title!r}"
            case Cause.GROUP_BY:
                return f"is in no group of the section {self.title!r}"
            case Cause.ONLY_COUNTS:
                return f"the section {self.title!r} only counts it"
            case _:
                return f"excluded by {cause.value!r} of the section {self.title!r}"
