"""The public interface: read a profile, render it, check it, review it, list its publications.

``cvgen`` exports these names; they change only with the version, while every other module may change at any time.
Modules that are slow to import are imported by the functions that need them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Unpack

from cvgen.backends.engines import DEFAULT_ENGINE
from cvgen.session import Choices, Session, keep_papers

if TYPE_CHECKING:
    from cvgen.backends.host import Host
    from cvgen.pipeline.add_publications import Added
    from cvgen.pipeline.check.run import Baseline, CheckedDocument, CheckResult
    from cvgen.pipeline.import_profile import Imported
    from cvgen.pipeline.publications import Listing
    from cvgen.pipeline.render import RenderResult
    from cvgen.pipeline.review import Review
    from cvgen.pipeline.update_counts import Updated
    from cvgen.sources.career import Career


def read_profile(path: Path | str, *, untrusted: bool = False) -> Career:
    """Read the profile in the file ``path`` with its publications, and every problem that does not end a run.

    Nothing outside the folder of an ``untrusted`` profile is read. Raises InputError with everything that is wrong in
    the profile and its bibliographies.

    >>> import cvgen
    >>> career = cvgen.read_profile(profile)
    >>> [paper.key for paper in career.publications]
    ['first2024', 'shared2025', 'preprint2026']
    """
    from cvgen.pipeline.batch import read_whole

    return read_whole(Path(path), untrusted=untrusted)


def render(profile: Path | str, *, report: bool = False, **choices: Unpack[Choices]) -> RenderResult:
    """Render one variant of ``profile`` to one file, with an engine started for it; see ``Session.render``.

    >>> import cvgen
    >>> outcome = cvgen.render(profile, theme="compact", pages=1, output=folder / "cv.pdf")
    >>> outcome.pages
    1
    """
    with Session() as session:
        return session.render(profile, report=report, **choices)


def check(  # noqa: PLR0913 – each is a choice of its own
    profile: Path | str,
    *,
    variants: Collection[str] = (),
    themes: Collection[str] = (),
    all_themes: bool = False,
    engines: Collection[str] = (DEFAULT_ENGINE,),
    baseline: Baseline | None = None,
    on_checked: Callable[[CheckedDocument, int], None] = lambda checked, total: None,
    host: Host | None = None,
    untrusted: bool = False,
    as_parser: bool = False,
    strict: bool = False,
) -> CheckResult:
    """Render the variants of ``profile`` and compare each PDF with what the profile says.

    Without ``variants`` every variant is checked, without ``themes`` each with its own theme. ``on_checked`` is called
    with each result when it is ready, and with their total number. ``untrusted`` has the meaning it has for a render.
    ``as_parser`` adds notices on what a résumé parser may misread. ``strict`` makes every warning an error.
    Raises InputError if nothing can be checked.

    >>> import cvgen
    >>> result = cvgen.check(profile, themes=["classic"])
    >>> result.failed
    False
    """
    from cvgen.backends.host import describe_host
    from cvgen.pipeline.batch import read_whole
    from cvgen.pipeline.check.matrix import CheckRequest
    from cvgen.pipeline.check.run import render_and_examine, run_check

    path = Path(profile)
    request = CheckRequest(path, tuple(variants), tuple(themes), all_themes, tuple(engines), untrusted, strict)
    return run_check(
        request,
        read_whole(path, untrusted=untrusted),
        host or describe_host(os.environ),
        lambda prepared, backend: render_and_examine(prepared, backend, baseline, as_parser=as_parser),
        on_checked,
    )


def review(
    profile: Path | str,
    *,
    variant: str | None = None,
    only: Collection[str] = (),
    ignore: Collection[str] = (),
    page: bool = True,
    host: Host | None = None,
    untrusted: bool = False,
) -> Review:
    """What a career adviser would point out in ``profile``, each with its place and a way to improve it.

    Without ``variant`` every text is read, and the page of the default variant; ``page=False`` starts no engine.
    ``only`` and ``ignore`` choose among the rules of ``docs/review.md``. Raises InputError if the profile cannot be
    read, or a rule or the variant does not exist.

    >>> import cvgen
    >>> for finding in cvgen.review(profile, only=["outcome"]).findings:
    ...     print(finding.check, finding.problem.location.line, finding.quote)
    """
    from cvgen.pipeline.review import ReviewRequest, review_profile

    with Session(host) as session:
        month = session.host.month
        request = ReviewRequest(Path(profile), month, variant, tuple(only), tuple(ignore), page, untrusted)
        return review_profile(request, session.open)


def publications(
    profile: Path | str,
    *,
    roles: Collection[str] = (),
    explain: bool = False,
    strict: bool = False,
    untrusted: bool = False,
) -> Listing:
    """List the publications of ``profile``, newest first, with the owner's roles in each.

    ``roles`` keeps only publications in which the owner had one of them; ``explain`` adds the reasons to each row;
    ``strict`` makes every warning an error. Nothing outside the folder of an ``untrusted`` profile is read. Raises
    InputError if the profile or an entry cannot be read.

    >>> import cvgen
    >>> for row in cvgen.publications(profile, roles=["first"]).rows:
    ...     print(row["year"], row["position"], row["author_count"])
    2026 1 2
    2024 1 3
    """
    from cvgen.backends.host import describe_host
    from cvgen.pipeline.publications import list_rows
    from cvgen.pipeline.request import read_roles

    kept = keep_papers(describe_host(os.environ))
    chosen = read_roles(tuple(roles))
    return list_rows(Path(profile), chosen, explain=explain, strict=strict, untrusted=untrusted, kept=kept)


def add_publications(
    profile: Path | str,
    identifiers: Sequence[str],
    *,
    to: Path | str | None = None,
    contact: str = "",
    services: Mapping[str, str] = MappingProxyType({}),
    on_request: Callable[[str], None] = lambda what: None,
) -> Added:
    """Fetch publications by their identifiers, and add those that are new to a .bib file of ``profile``.

    An identifier is a DOI, ``arXiv:2401.00001`` or ``orcid:0000-0002-1825-0097``. ``to`` is the file, by default the
    last one of the profile. ``contact`` is an e-mail address for the services, ``services`` are other addresses for
    them (``doi``, ``arxiv``, ``orcid``), and ``on_request`` is called with what is asked. Raises InputError for what is
    not an identifier and for files that cannot be used, FetchError if an identifier cannot be fetched; nothing is then
    written.
    """
    from cvgen.online.services import describe_network
    from cvgen.pipeline.add_publications import add_publications as add

    network = describe_network(os.environ, contact, services, on_request)
    return add(Path(profile), list(identifiers), network, to=Path(to) if to is not None else None)


def update_publications(
    profile: Path | str,
    *,
    source: str | None = None,
    adds: bool = False,
    contact: str = "",
    services: Mapping[str, str] = MappingProxyType({}),
    on_request: Callable[[str], None] = lambda what: None,
    host: Host | None = None,
) -> Updated:
    """Refresh the counts of citations and stars in ``profile`` and its .bib files, with their source and month.

    ``source`` (``openalex`` or ``semantic-scholar``) counts all citations; without it each count keeps its source, and
    OpenAlex counts those without one. ``adds`` also adds counts to papers that have none. The other arguments are those
    of ``add_publications`` (services: ``openalex``, ``semantic-scholar``, ``github``). Raises InputError for files that
    cannot be used, FetchError if a service cannot be asked; nothing is written then.
    """
    from cvgen.backends.host import describe_host
    from cvgen.online.services import describe_network
    from cvgen.pipeline.update_counts import update_counts

    network = describe_network(os.environ, contact, services, on_request)
    month = (host or describe_host(os.environ)).month
    return update_counts(Path(profile), network, month, source=source, adds=adds)


def import_profile(
    path: Path | str,
    folder: Path | str = ".",
    *,
    format: str | None = None,
    name: str | None = None,
    force: bool = False,
) -> Imported:
    """Write a profile into ``folder`` from the file ``path`` of another tool, with publications and pictures.

    ``format`` is one of ``json-resume``, ``rendercv``, ``yamlresume``, ``linkedin``, ``orcid``, ``csl`` and ``bibtex``;
    without it the content of the file decides. ``name`` is the person's, if the file does not say it. With ``force``
    existing files are replaced. Raises InputError for a file that cannot be read, and for existing files.

    >>> import cvgen
    >>> _ = (folder / "resume.json").write_text('{"basics": {"name": "Ada Long", "website": "https://example.org"}}')
    >>> imported = cvgen.import_profile(folder / "resume.json", folder / "ada")
    >>> imported.format, [file.name for file in imported.files]
    ('json-resume', ['profile.yaml'])
    """
    from cvgen.pipeline.import_profile import import_profile as write_imported

    return write_imported(Path(path), Path(folder), format_=format, name=name, force=force)
