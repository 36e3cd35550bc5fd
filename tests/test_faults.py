"""A few of the faults of "make faults": one or two of every class, the cheap ones."""

from __future__ import annotations

import pytest
from faults.cases import list_faults
from faults.desk import Fault, try_fault

PICKED = (
    "signals/0-SIGKILL-weasyprint", "signals/1-SIGKILL-html", "signals/2-SIGTERM-weasyprint", "signals/3-SIGINT-html",
    "killed programs/0-weasyprint", "full disk/tmp-64k-weasyprint", "full disk/cache-64k-html",
    "full disk/output-4k-html", "read-only places/output-html", "read-only places/everything-weasyprint",
    "odd places/home-unset-html", "odd places/tmp-missing-weasyprint", "missing programs/xelatex-xelatex",
    "fake programs/xelatex-garbage-pdf-xelatex",
    "fake programs/xelatex-background-xelatex", "corrupt caches/flips-html", "streams/all-closed-html",
    "streams/pipe-closed-publications", "locales/not-utf8-html", "odd names/profile-23-html",
    "texts/profile.yaml-utf-16-html", "texts/papers.bib-crlf-html", "clocks/epoch-²-html", "races/no-folder-html",
    "limits/files-16-html",
)  # fmt: skip
FAULTS = {fault.id: fault for fault in list_faults(kills=10)}


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.tex] if "xelatex" in n else []) for n in PICKED])
def test_after_a_fault_all_is_well(name: str) -> None:
    assert try_fault(FAULTS[name]) == {}


def test_what_is_wrong_is_found() -> None:
    def break_all(desk: object) -> dict[str, str]:
        raise AssertionError(desk)

    with pytest.raises(AssertionError):
        try_fault(Fault("none", "none", break_all))
