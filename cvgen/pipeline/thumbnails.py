"""The pictures beside papers, which only web pages show."""

from __future__ import annotations

from cvgen.diagnostics import Location, Problem, Problems
from cvgen.model.publication import Publication
from cvgen.sources.career import Career, read_picture
from cvgen.sources.files_read import FilesRead
from cvgen.sources.picture.prepared_picture import THUMBNAIL, PreparedPicture


def read_thumbnails(career: Career, files: FilesRead) -> tuple[dict[str, PreparedPicture], list[Problem]]:
    """The pictures of the publications by name, and a Problem for each that cannot be shown.

    One that does not exist or may not be read is left out: this is reported already, except for a missing one that only
    a BibTeX file names, which may be for a web site elsewhere.
    """
    pictures: dict[str, PreparedPicture] = {}
    problems = Problems()
    for publication in career.publications:
        name, file = publication.image, career.folder / publication.image
        if not name or name in pictures or not files.allows(file):
            continue
        if not file.is_file():
            files.add_files([file])
            continue
        with problems.collect():
            pictures[name] = read_picture(career.folder, name, THUMBNAIL, _find_place(career, publication), files)
    return pictures, list(problems)


def _find_place(career: Career, publication: Publication) -> Location:
    """Where the picture of ``publication`` is named: in the profile, else in its entry."""
    overlay = career.profile.bibliography.entries.get(publication.key)
    if overlay is not None and overlay.image:
        return career.places.value(("bibliography", "entries", publication.key, "image"))
    return publication.location
