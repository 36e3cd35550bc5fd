"""Prints a publication in any citation style: by the theme's template, or by a style in CSL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cvgen.backends.backend import Job
from cvgen.backends.citer import Citer
from cvgen.backends.templates import ThemeEnvironment
from cvgen.model.inline import RichText
from cvgen.model.shown_paper import PublicationItem
from cvgen.themes.contract import TITLE_LINKS


class StyleCiter:
    """Prints the publications of ``job`` as markup, which ``environment`` writes."""

    def __init__(self, environment: ThemeEnvironment, job: Job) -> None:
        words = job.document.words
        self._by_template = Citer(environment, words, job.options, job.theme.styles)
        self._by_csl = open_csl_styles(job, words)
        self._written = environment.from_string("{{ cited }}") if self._by_csl else None

    def __call__(self, item: Any, style: str) -> Any:
        """The markup of ``item`` in ``style``; raises InputError for a fault of the style."""
        if self._written and style in self._by_csl:
            return self._written.render(cited=self._by_csl[style](item))
        return self._by_template(item, style)


def open_csl_styles(job: Job, words: Mapping[str, str]) -> dict[str, Callable[[PublicationItem], RichText]]:
    """What prints a publication in each CSL style that ``job`` uses; citeproc-py is only imported for these."""
    used = {name: style.csl for name, style in job.theme.styles.items() if style.csl}
    if not used:
        return {}
    from cvgen.backends.csl.csl_citer import CslCiter

    open_style = partial(CslCiter, words=words, links_titles=job.options.get(TITLE_LINKS) is True)
    return {name: open_style(name, data) for name, data in used.items()}
