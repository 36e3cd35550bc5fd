"""Says in the ledger what a fit left out or shortened, and why."""

from __future__ import annotations

from cvgen.diagnostics import Location
from cvgen.fit.fit import NEARLY_FULL, Fitted
from cvgen.fit.weakness import Weakness
from cvgen.model.ledger import Cause, Ledger, Outcome, Reason

_WEAK = {
    Weakness.PRIORITY: "its priority is below 0",
    Weakness.WORDS: "weak words",
    Weakness.OLD: "an old bullet without a number or a result, which mentions nothing in 'priorities'",
    Weakness.OTHER_SUBJECT: "its job is past and on another subject than 'priorities'",
    Weakness.STRAY: "it has nothing to do with 'priorities', nor with the entries that mention these",
}


def record_fit(ledger: Ledger, fitted: Fitted, pages: int, location: Location | None = None) -> Ledger:
    """``ledger`` with what ``fitted`` leaves out or shortens; the number of ``pages`` is set at ``location``."""
    allowed = f"{pages} page{'s' if pages != 1 else ''}"
    cut = fitted.cut
    smaller = "" if fitted.tighter is None else " without smaller text, which 'comfort: tight' allows"
    dropped = Reason(Cause.PAGES, f"does not fit on {allowed}{smaller}", location)
    shortened = Reason(Cause.PAGES, f"the long wording does not fit on {allowed}", location)
    ledger = ledger.change(cut.hidden - fitted.filler, Outcome.DROPPED, dropped)
    for weakness, text in _WEAK.items():
        refs = [ref for ref in fitted.filler if fitted.worths[ref].weakness is weakness]
        full = f"{allowed} {'are' if pages != 1 else 'is'} {_say_fullness(fitted, pages)} without it"
        cause = Cause.SUBJECT if weakness in (Weakness.OTHER_SUBJECT, Weakness.STRAY) else Cause.WEAK
        ledger = ledger.change(refs, Outcome.DROPPED, Reason(cause, f"{text}, and {full}"))
    return ledger.change(cut.shortened - cut.hidden, Outcome.SHORTENED, shortened)


def _say_fullness(fitted: Fitted, pages: int) -> str:
    share = (fitted.layout.pages - 1 + fitted.layout.fill) / pages
    return "full" if share >= NEARLY_FULL else f"{share:.0%} full"
