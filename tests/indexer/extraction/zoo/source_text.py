"""One short report, of which all is known: what its producers print must be read alike.

It has what reports of this kind have: running heads that are only a year, numbered headings, notes
with raised numbers behind figures, lists, a box, two columns, a table with spans and empty cells.
"""

from dataclasses import dataclass

YEAR = "2019"
"""The running head of every page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its number is part of its text."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``^4`` is the raised number of a note."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A framed text with a title."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Paragraphs in two columns."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first ``n_header`` rows name the columns."""

    caption: str
    n_header: int
    rows: tuple[tuple[Cell, ...], ...]


Part = Heading | Paragraph | Bullets | Box | Columns | Table

_FIRST_PAGE: tuple[Part, ...] = (
    Heading("Homes on the lower river", 1),
    Paragraph(
        "The council of the lower river opened its housing office in 2018^3 and closed four camps "
        "in two years. It paid 1,200^4 grants to families and 350^5 grants to shops. About "
        "4,310 people in nine shelters have no running water, and 42% of them are children."
    ),
    Paragraph(
        "Officials report that the efficient workflow of the first office was copied by five "
        "others. The average grant was 800^6 crowns, and the largest one 12,500 crowns."
    ),
    Heading("1. What the office offers", 2),
    Paragraph("Families who register before 30 June 2020 may ask for three things:"),
    Bullets(
        (
            "advice on contracts in six languages;",
            "a loan of 950 crowns for the first rent;",
            "a place in one of 17 schools near the river.",
        )
    ),
    Box(
        "Box 4. The harbour lodge",
        "The harbour lodge has 85 rooms and takes families for up to 14 nights. "
        "Its kitchen is open to neighbours on Sundays.",
    ),
    Paragraph("^3 Council decree 77 of March 2018."),
    Paragraph("^4 Accounts of the office, page 14."),
    Paragraph("^5 Letter of the chamber of commerce."),
    Paragraph("^6 Survey of 640 households."),
)

_TENANTS = (
    "Tenants praise the office because it answers letters within eight days. Most of them found a "
    "flat in the first half of the year, and one in ten moved twice. They ask for longer opening "
    "hours and for an interpreter on Saturdays."
)
_LANDLORDS = (
    "Landlords would like a guarantee that covers three months of rent. They say that 61 flats "
    "stand empty because repairs cost more than the rents bring in. A fund for repairs was "
    "promised for the year 2021."
)
_SECOND_PAGE: tuple[Part, ...] = (
    Heading("2. Two views of the first year", 2),
    Columns((_TENANTS, _LANDLORDS)),
)

TABLE = Table(
    "Table 2. Arrivals and places by town",
    2,
    (
        (Cell("Town", rows=2), Cell("Arrivals", columns=2), Cell("Places", rows=2)),
        (Cell("2018"), Cell("2019")),
        (Cell("Arenal"), Cell("110"), Cell("125"), Cell("140")),
        (Cell("Tacna"), Cell(""), Cell("95"), Cell("130")),
        (Cell("Villa Real"), Cell("1,480"), Cell("1,515"), Cell("")),
    ),
)
COUNTRIES = Table(
    "Table 3. Budgets by country and year",
    1,
    (
        (Cell("Country"), Cell("Year"), Cell("Planned"), Cell("Spent")),
        (Cell("Ardenia", rows=2), Cell("2021"), Cell("410"), Cell("395")),
        (Cell("2022"), Cell("525"), Cell("610")),
        (Cell("Borvia", rows=2), Cell("2021"), Cell("720"), Cell("700")),
        (Cell("2022"), Cell("735"), Cell("748")),
    ),
)
_THIRD_PAGE: tuple[Part, ...] = (
    Heading("3. Figures", 2),
    TABLE,
    COUNTRIES,
    Heading("Recommendation 9", 3),
    Paragraph("The council should build 240 homes on the east bank by 2025."),
)

PAGES: tuple[tuple[Part, ...], ...] = (_FIRST_PAGE, _SECOND_PAGE, _THIRD_PAGE)

_FIRST_SENTENCES = """\
The council of the lower river opened its housing office in 2018 and closed four camps in two years.
It paid 1,200 grants to families and 350 grants to shops.
About 4,310 people in nine shelters have no running water, and 42% of them are children.
Officials report that the efficient workflow of the first office was copied by five others.
The average grant was 800 crowns, and the largest one 12,500 crowns.
Families who register before 30 June 2020 may ask for three things:
advice on contracts in six languages;
a loan of 950 crowns for the first rent;
a place in one of 17 schools near the river.
The harbour lodge has 85 rooms and takes families for up to 14 nights.
Its kitchen is open to neighbours on Sundays.
"""
_SECOND_SENTENCES = """\
Tenants praise the office because it answers letters within eight days.
Most of them found a flat in the first half of the year, and one in ten moved twice.
They ask for longer opening hours and for an interpreter on Saturdays.
Landlords would like a guarantee that covers three months of rent.
They say that 61 flats stand empty because repairs cost more than the rents bring in.
A fund for repairs was promised for the year 2021.
"""
_THIRD_SENTENCES = """\
The council should build 240 homes on the east bank by 2025.
"""
SENTENCES = tuple(
    (sentence, page)
    for page, lines in enumerate((_FIRST_SENTENCES, _SECOND_SENTENCES, _THIRD_SENTENCES), start=1)
    for sentence in lines.splitlines()
)
"""Every sentence of running text, without the numbers of notes, and its physical page."""

ITEMS = (
    "advice on contracts in six languages;",
    "a loan of 950 crowns for the first rent;",
    "a place in one of 17 schools near the river.",
)
BOX_TITLE = "Box 4. The harbour lodge"
HEADINGS = (
    "Homes on the lower river",
    "1. What the office offers",
    "2. Two views of the first year",
    "3. Figures",
    "Recommendation 9",
)

ROWS: tuple[tuple[str, ...], ...] = (
    ("Arenal", "110", "125", "140"),
    ("Tacna", "", "95", "130"),
    ("Villa Real", "1,480", "1,515", ""),
    ("Ardenia", "2021", "410", "395"),
    ("Ardenia", "2022", "525", "610"),
    ("Borvia", "2021", "720", "700"),
    ("Borvia", "2022", "735", "748"),
)
"""Rows of the tables' bodies: an empty cell keeps its place, one over two rows stands in both."""
