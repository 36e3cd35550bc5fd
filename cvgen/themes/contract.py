"""The theme options that cvgen itself reads; only the theme's templates read the others.

A theme may leave out any of these options. If it has one, the option must be of the type given here.
"""

from __future__ import annotations

from dataclasses import dataclass

DENSITY = "density"
MARGIN = "margin"
MARGIN_VERTICAL = "margin_vertical"
PAPER = "paper"
DATE_POSITION = "date_position"
DATE_WIDTH = "date_width"
SIDEBAR = "sidebar"
SIDEBAR_SHORT = "sidebar_short"
WIDE = "wide"
PRIVATE_CONTACTS = "private_contacts"
LINKS = "links"
APOSTROPHES = "apostrophes"
INLINE_STYLES = "inline_styles"
LINK_PEOPLE = "link_people"
TITLE_LINKS = "title_links"
BIBTEX = "bibtex"
STRUCTURED_DATA = "structured_data"
ARCHIVAL = "archival"
SIZE = "size"
LEADING = "leading"
TEXT_WIDTH = "text_width"
DPI = "dpi"
ACCENT = "accent"
TINT = "tint"
HEAD_TEXT = "head_text"
BODY_FONT = "body_font"
HEADING_FONT = "heading_font"
CODE_FONT = "code_font"
NAME_SIZE = "name_size"
HEADING_SIZE = "heading_size"
HEADING_STYLE = "heading_style"
HEADING_CASE = "heading_case"
SPACING = "spacing"
ENTRY_SPACE = "entry_space"
ENTRY_HEAD = "entry_head"
BULLETS = "bullets"
TEXT_ALIGN = "text_align"
PAGE_NUMBERS = "page_numbers"
PAGE_NAME = "page_name"
SIDEBAR_WIDTH = "sidebar_width"
DOCX_HEAD = "docx_head"
LOGOS = "logos"


@dataclass(frozen=True, slots=True)
class ContractOption:
    """An option that cvgen reads: its name and type as in ``theme.yaml``, and the unit that a number must have."""

    name: str
    type: str
    used_by: str
    """The purpose for which cvgen reads the option."""
    without: str
    """What happens if a theme does not have the option."""
    unit: str = ""


CONTRACT = (
    ContractOption(
        DENSITY,
        "number",
        "fitting to a number of pages changes it within its range; sizes with 'airy' and 'tight' follow it",
        "fitting leaves parts out and changes no sizes",
    ),
    ContractOption(
        MARGIN,
        "number",
        "check: no text is in the margins at the sides, and lines begin there",
        "check does not look at the margins",
        "mm",
    ),
    ContractOption(
        MARGIN_VERTICAL,
        "number",
        "LaTeX pages are measured from it; check looks there for page numbers and running heads",
        "LaTeX pages are measured with 16 mm; check does not look at the margins",
        "mm",
    ),
    ContractOption(PAPER, "choice", "check: pages are of this size (a4, letter)", "check accepts any size"),
    ContractOption(
        DATE_POSITION,
        "choice",
        "check: with 'left', dates are in a column of their own before the text",
        "check expects dates at the end of a line",
    ),
    ContractOption(
        DATE_WIDTH,
        "number",
        "the most that the column of dates and labels takes: templates get the width that its texts need",
        "the theme sets the width of the column itself",
        "mm",
    ),
    ContractOption(
        SIDEBAR,
        "list",
        "check: the sections in a column of their own, read apart from the others",
        "check reads all sections as one column",
    ),
    ContractOption(
        SIDEBAR_SHORT,
        "list",
        "sections that are in the side bar too, if none of their entries has bullets, papers or positions",
        "these sections are in the side bar only if 'sidebar' lists them",
    ),
    ContractOption(
        WIDE,
        "list",
        "check: the sections that end the two columns; they and all after them have the page's width",
        "check takes the two columns to go on to the end",
    ),
    ContractOption(
        PRIVATE_CONTACTS,
        "switch",
        "with 'false', the document has no phone and no street, for a page that everyone can read",
        "the document has all contacts",
    ),
    ContractOption(
        LINKS,
        "choice",
        "with 'addresses', the address of each link in a text is printed after it; check looks for all addresses",
        "no addresses are printed inside texts; check looks for none",
    ),
    ContractOption(
        APOSTROPHES,
        "switch",
        "an apostrophe inside a word of running text is printed as ’",
        "apostrophes are printed as typed",
    ),
    ContractOption(
        INLINE_STYLES,
        "switch",
        "with 'false', bold, italic and code inside a text are in its font, and lines may end anywhere in C++ or 9 %",
        "bold, italic and code are printed as such",
    ),
    ContractOption(
        LINK_PEOPLE,
        "switch",
        "the names of people with a home page are links",
        "names are not links",
    ),
    ContractOption(
        TITLE_LINKS,
        "switch",
        "citation styles make the titles of papers links",
        "titles are not links in citation styles",
    ),
    ContractOption(
        BIBTEX,
        "switch",
        "the templates of a web page get the BibTeX entry of each paper",
        "there are no BibTeX entries",
    ),
    ContractOption(
        STRUCTURED_DATA,
        "switch",
        "a web page holds its person and its papers as JSON-LD, which search engines read",
        "a web page holds no JSON-LD",
    ),
    ContractOption(
        ARCHIVAL,
        "switch",
        "a PDF made from HTML conforms to PDF/A-2a, besides PDF/UA-1",
        "a PDF made from HTML conforms to PDF/UA-1 only",
    ),
    ContractOption(
        SIZE,
        "number",
        "the column of dates is as wide as its texts need at this size; reports give costs in lines of it",
        "the theme sets the width of the column itself; reports count lines of 12 pt",
        "pt",
    ),
    ContractOption(
        LEADING,
        "number",
        "the height of a line, as a multiple of the size, in which reports give costs",
        "reports count lines of 12 pt",
    ),
    ContractOption(
        TEXT_WIDTH,
        "number",
        "the most columns of a line in plain text; with 0, a paragraph is one line",
        "lines in plain text have at most 76 columns",
    ),
    ContractOption(
        ACCENT, "color", "Word files (-f docx): the colour of the name, headings, rules and links", "they are dark blue"
    ),
    ContractOption(
        TINT,
        "color",
        "Word files (-f docx): the background of the side bar, and of the head with 'docx_head: tint'",
        "neither has a background",
    ),
    ContractOption(
        HEAD_TEXT, "color", "Word files (-f docx): the colour of the head's text with 'docx_head: band'", "it is white"
    ),
    ContractOption(BODY_FONT, "font", "Word files (-f docx): the font of the text", "the text is in Calibri"),
    ContractOption(
        HEADING_FONT, "font", "Word files (-f docx): the font of the name and headings", "they are in Calibri"
    ),
    ContractOption(CODE_FONT, "font", "Word files (-f docx): the font of code", "code is in Calibri"),
    ContractOption(
        NAME_SIZE,
        "number",
        "Word files (-f docx): the size of the name, in sizes of the text",
        "it has twice the size of the text",
    ),
    ContractOption(
        HEADING_SIZE,
        "number",
        "Word files (-f docx): the size of headings, in sizes of the text",
        "they have 1.2 times the size of the text",
    ),
    ContractOption(
        HEADING_STYLE, "choice", "Word files (-f docx): the rule or bar of headings", "headings have a rule below them"
    ),
    ContractOption(
        HEADING_CASE, "choice", "Word files (-f docx): headings in capitals or small capitals", "headings are as typed"
    ),
    ContractOption(
        SPACING,
        "number",
        "scales the spaces of entry_lines() and section_lines(), and those between paragraphs of Word files (-f docx)",
        "they are not scaled",
    ),
    ContractOption(
        ENTRY_SPACE,
        "number",
        "entry_lines(): the least space between entries, in lines, at any density",
        "the space follows 'spacing' alone at the highest density",
    ),
    ContractOption(
        ENTRY_HEAD, "choice", "Word files (-f docx): employer and role on one line or on two", "they are on two lines"
    ),
    ContractOption(BULLETS, "choice", "Word files (-f docx): the mark of a bullet", "it is a dot"),
    ContractOption(TEXT_ALIGN, "choice", "Word files (-f docx): justified or ragged lines", "lines are ragged"),
    ContractOption(
        PAGE_NUMBERS, "switch", "Word files (-f docx): page numbers, from page two", "pages have no numbers"
    ),
    ContractOption(
        PAGE_NAME, "switch", "Word files (-f docx): the name before the page numbers", "there is no name before them"
    ),
    ContractOption(
        SIDEBAR_WIDTH,
        "number",
        "Word files (-f docx): the width of the side bar, as a share of the text's width",
        "it is 30 % of the text's width",
        "%",
    ),
    ContractOption(LOGOS, "switch", "Word files (-f docx): logos before names", "there are no logos"),
    ContractOption(
        DOCX_HEAD,
        "choice",
        "Word files (-f docx): the head: at the left, centred, in a band of colour, or plain, without the photo",
        "it is at the left",
    ),
    ContractOption(DPI, "number", "pictures of pages have so many pixels per inch", "they have 150 pixels per inch"),
)
"""Every option name that cvgen relies on."""
_BY_NAME = {option.name: option for option in CONTRACT}


def find_conflict(name: str, type_: str, unit: str = "") -> tuple[str, str, str] | None:
    """The conflict of a theme's option with the contract; None if there is none.

    The three texts are the key in ``theme.yaml`` that is wrong, the message, and what to write instead.
    """
    option = _BY_NAME.get(name)
    if option is None:
        return None
    if type_ != option.type:
        hint = f"write type: {option.type}, or give the option another name ({option.used_by})"
        return "type", f"the option {name!r} must be a {option.type}, not a {type_}", hint
    if unit not in ("", option.unit):
        return "unit", f"the option {name!r} is read in {option.unit}, not in {unit}", f"write unit: {option.unit}"
    return None
