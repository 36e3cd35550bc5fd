"""The words by which a plain parser knows the title of a section, a job, a school, a degree and a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cvgen.diagnostics import BadValueError
from cvgen.model.date_parser import parse_dates
from cvgen.model.dates import DateRange
from cvgen.model.language_files import known_languages, load_file

_TITLES: Mapping[str, tuple[str, ...]] = {
    "jobs": ("experience", "employment", "work history", "career history"),
    "schools": ("education", "academic background"),
    "projects": ("projects",),
    "skills": ("skills", "competencies", "technologies"),
    "summary": ("summary", "profile", "objective", "about"),
}
"""Kinds of sections, with what their English titles contain; the words of other languages are in their files."""
_OWN_NAMES: Mapping[str, str] = {"work": "jobs", "education": "schools", "projects": "projects", "skills": "skills",
                                 "summary": "summary"}  # fmt: skip
COMMON_TITLES = re.compile(
    r"\b(experience|education|projects?|skills?|summary|objective|awards?|honors)\b", re.IGNORECASE
)
"""The words by which parsers know a title that is not in bold capitals."""
_JOBS = """
    Accountant Actor Administrator Adviser Advisor Advocate Agent Aide Ambassador Analyst Apprentice Architect
    Artist Assembler Assistant Associate Attendant Attorney Auditor Author Baker Banker Bartender Biologist
    Bookkeeper Broker Builder Buyer Carpenter Cashier Chair Chef Chemist Chief Clerk Coach Commander
    Consultant Contractor Controller Cook Coordinator Counsel Counselor Curator Dean Dentist Designer
    Developer Director Doctor Driver Economist Editor Educator Electrician Engineer Estimator Evangelist
    Executive Expert Facilitator Farmer Fellow Filmmaker Firefighter Foreman Founder Gardener Geologist Guard Guide
    Handler Head Host Hygienist Illustrator Inspector Installer Instructor Intern Internship Interpreter
    Investigator Journalist Judge Keeper Laborer Lawyer Lead Leader Lecturer Librarian Lifeguard Machinist
    Manager Marketer Mechanic Mentor Merchandiser Messenger Midwife Model Musician Nanny Nurse Officer
    Operator Owner Painter Paralegal Paramedic Partner Pharmacist Photographer Physician Physicist
    Physiotherapist Pilot Planner Plumber Porter Postdoc Practitioner President Principal Producer Professor
    Programmer Promoter Psychologist Publicist Realtor Receptionist Recruiter Reporter Representative
    Researcher Reviewer Roofer Salesperson Scientist Secretary Seller Server Solicitor Specialist Statistician
    Steward Strategist Supervisor Surgeon Surveyor Sysadmin Tailor Teacher Technician Technologist
    Teller Tester Therapist Trader Trainee Trainer Translator Treasurer Tutor Vendor Veterinarian Volunteer
    Waiter Waitress Warden Welder Worker Writer CEO CFO COO CTO CIO VP
"""
JOB_WORDS = {word.casefold(): word for word in _JOBS.split()}
"""The words for a job, by their small letters."""
JOB = re.compile(rf"\b({'|'.join(_JOBS.split())})s?\b")
"""A word for a job, with the capital by which parsers know it."""
JOB_IN_SMALL = re.compile(rf"\b({'|'.join(_JOBS.split())})s?\b", re.IGNORECASE)
SCHOOL = re.compile(
    r"\b(Universit\w+|College|Schools?|Institut\w*|Academ\w+|Polytech\w*|Hochschule|Facult\w+|École|Lyc[eé]e|Gymnasium|Escola|"
    r"Escuela|Scuola|Politecnico|Conservator\w+|Bootcamp|ETH|MIT|UC)\b|大学|大學|学院|學院|학교"
)
DEGREE = re.compile(
    r"\b(Associate|Bachelor|Master|Doctor|Ph\.? ?D|[ABM]\.? ?[AS]c?\b|[BM]BA|[BM]\.?(Eng|Ed|Tech|Phil|FA)\b)"
    r"|本科|硕士|博士|学士"
)
"""The words by which parsers know a degree."""
DEGREE_IN_SMALL = re.compile(r"\b(associate|bachelor|master|doctor)", re.IGNORECASE)
SEASON = re.compile(
    r"\b(Spring|Summer|Autumn|Fall|Winter|January|February|March|April|June|July|August|"
    r"September|October|November|December)\b"
)
"""Words that make parsers take a name for a date."""
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_BRACKETS = re.compile(r"^[([]\s*|\s*[)\]]$")


def is_date(text: str) -> bool:
    """Whether ``text`` is a date or a range of dates and nothing else."""
    return read_dates(text) is not None


def read_dates(text: str) -> DateRange | None:
    """The dates that ``text`` is; None if it is something else, or has no year."""
    if not _YEAR.search(text) or len(text) > 60:
        return None
    try:
        return parse_dates(_BRACKETS.sub("", text))
    except BadValueError:
        return None


def has_date(text: str) -> bool:
    """Whether there is a year in ``text``."""
    return _YEAR.search(text) is not None


def kind_of_title(title: str) -> str:
    """The kind of section that ``title`` announces: jobs, schools, projects, skills, summary, or an empty text."""
    plain = " ".join(title.casefold().split())
    if plain in _local_titles():
        return _local_titles()[plain]
    return next((kind for kind, words in _TITLES.items() if any(word in plain for word in words)), "")


@lru_cache(maxsize=1)
def _local_titles() -> Mapping[str, str]:
    """The titles of each language in small letters, with their kinds."""
    return dict(_list_local_titles())


def _list_local_titles() -> Iterator[tuple[str, str]]:
    for words in map(load_file, known_languages()):
        yield from ((words[name].casefold(), kind) for name, kind in _OWN_NAMES.items() if name in words)


def is_local_title(title: str) -> bool:
    """Whether ``title`` is the name of a section in one of the languages of cvgen."""
    return " ".join(title.casefold().split()) in _local_titles()
