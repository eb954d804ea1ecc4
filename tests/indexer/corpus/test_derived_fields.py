"""What reports without a catalogue row are called."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from indexer.corpus.catalogue_fields import Fields
from indexer.corpus.derived_fields import derived_fields
from indexer.extraction.pdf.front_pages import FrontPages
from tests.indexer.corpus.front_pages_made import BODY, page_of, printed


def of_one(front: FrontPages, file: str = "alba_2.pdf") -> dict[str, object]:
    return dict(derived_fields({file: front})[file])


def paper(title: str, symbol: str = "A/80/1", letterhead: str = "Harbour Board") -> FrontPages:
    """A paper under a letterhead that is larger than its title."""
    return printed(
        page_of(
            (letterhead, 20, 780),
            (symbol, BODY, 780, 480),
            (title, 14, 650),
            ("Report of the Harbour Master", 12, 600),
        )
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Harbours and their Cities", "Harbours and their Cities", id="one"),
        pytest.param("ANNUAL REPORT", "Quays of Alba that last", id="that tells nothing"),
        pytest.param("UNV Report", "Quays of Alba that last", id="a short one printed nowhere"),
        pytest.param("Template for all our papers", "Quays of Alba that last", id="a template's"),
        pytest.param("alba 2", "Quays of Alba that last", id="the file's name"),
        pytest.param("Adobe Photoshop PDF", "Quays of Alba that last", id="a program's"),
        pytest.param(None, "Quays of Alba that last", id="none"),
    ],
)
def test_the_title_in_the_metadata_counts_if_it_is_one(title: str | None, expected: str) -> None:
    front = printed(
        page_of(("Quays of Alba that last", 20, 700), ("Harbours and cities.", BODY, 600)),
        title=title,
    )

    assert of_one(front)["title"] == expected


def test_a_title_that_files_share_in_their_metadata_is_a_templates() -> None:
    fronts = {
        f"{name}.pdf": printed(
            page_of((f"{name} and its harbour", 20, 700)), title="Its harbour and"
        )
        for name in ("Alba", "Bora")
    }

    assert [dict(fields)["title"] for fields in derived_fields(fronts).values()] == [
        "Alba and its harbour",
        "Bora and its harbour",
    ]


def test_without_a_title_the_file_name_is_made_readable() -> None:
    assert of_one(printed(page_of()))["title"] == "Alba 2"


def test_what_many_files_have_in_one_place_is_letterhead_whatever_their_order() -> None:
    fronts = {
        f"{name}.pdf": paper(f"Quays that last in {name}", f"A/80/{number}")
        for number, name in enumerate(("Alba", "Bora", "Cima", "Dora"))
    }

    outcomes = {
        tuple(sorted(derived_fields(dict(order)).items())) for order in permutations(fronts.items())
    }

    (outcome,) = outcomes
    assert [dict(fields)["title"] for _, fields in outcome] == [
        "Quays that last in Alba: Report of the Harbour Master",
        "Quays that last in Bora: Report of the Harbour Master",
        "Quays that last in Cima: Report of the Harbour Master",
        "Quays that last in Dora: Report of the Harbour Master",
    ]


def test_files_with_one_cover_make_no_letterhead_of_its_title() -> None:
    front = printed(page_of(("Quays that last", 20, 700), ("For all harbours", 12, 600)))

    derived = derived_fields(dict.fromkeys(("a.pdf", "b.pdf", "c.pdf"), front))

    assert dict(derived["b.pdf"])["title"] == "Quays that last (B)"


def titles_of(files: Sequence[str], rows: Mapping[str, Fields]) -> dict[str, object]:
    """Return the derived titles of files whose first pages are the same."""
    front = printed(page_of(("Quays that last", 20, 700)))
    derived = derived_fields(dict.fromkeys(files, front), rows)
    return {file: dict(fields).get("title") for file, fields in derived.items()}


@pytest.mark.parametrize(
    ("files", "rows", "titles"),
    [
        pytest.param(
            ["2019/report.pdf", "2020/report.pdf"],
            {},
            ["Quays that last (2019/report.pdf)", "Quays that last (2020/report.pdf)"],
            id="file names are equal",
        ),
        pytest.param(
            ["a.pdf", "b.pdf"],
            {"b.pdf": (("title", "Old quays"),)},
            ["Quays that last", None],
            id="a row's title is another",
        ),
        pytest.param(
            ["a.pdf"],
            {"old.html": (("title", "QUAYS THAT LAST"), ("year", 2001))},
            ["Quays that last (A)"],
            id="a report of the catalogue has the title",
        ),
        pytest.param(
            ["a.pdf", "b.pdf"],
            {"a.pdf": (("year", 2001),), "b.pdf": (("year", 2002),)},
            ["Quays that last (2001)", "Quays that last (2002)"],
            id="years of rows",
        ),
        pytest.param(
            ["a.pdf", "b.pdf"],
            {
                "a.pdf": (("year", 2001),),
                "b.pdf": (("year", 2002),),
                "c.pdf": (("title", "Quays that last, 2002"),),
            },
            ["Quays that last (A)", "Quays that last (B)"],
            id="a mark would make another's title",
        ),
    ],
)
def test_titles_are_told_apart_as_the_catalogue_leaves_them(
    files: list[str], rows: Mapping[str, Fields], titles: list[str | None]
) -> None:
    assert list(titles_of(files, rows).values()) == titles


def test_a_mark_that_is_no_symbol_stays_in_the_subtitle() -> None:
    fronts = {
        f"{year}.pdf": printed(
            page_of(
                (f"Junio de {year}", BODY, 780),
                ("Quays that last as long as the sea is there", 20, 700),
                (f"Review of {year}", 12, 600),
            )
        )
        for year in (2020, 2021)
    }

    fields = dict(derived_fields(fronts)["2020.pdf"])

    assert fields["title"] == "Quays that last as long as the sea is there (2020)"
    assert fields["subtitle"] == "Review of 2020"


def test_equal_titles_are_told_apart_by_their_symbols() -> None:
    fronts = {
        f"{n}.pdf": paper("Situation in Alba", f"S/2025/{n}", "United Nations") for n in (1, 2)
    }

    derived = [dict(fields) for fields in derived_fields(fronts).values()]

    assert [fields["title"] for fields in derived] == [
        "Situation in Alba: Report of the Harbour Master (S/2025/1)",
        "Situation in Alba: Report of the Harbour Master (S/2025/2)",
    ]
    assert not any("subtitle" in fields for fields in derived)  # the title has the symbol


def test_a_symbol_and_the_kind_of_paper_are_kept() -> None:
    fields = of_one(
        paper("Quays that last for as long as the sea is there", letterhead="United Nations")
    )

    assert fields["identifier"] == "A/80/1"
    assert fields["subtitle"] == "Report of the Harbour Master, A/80/1"


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        pytest.param(["Distr.: General 3 April 2023", "In 2025 and 2025"], 2023, id="stamp"),
        pytest.param(["© Harbour Board 2021. It tells of 2024"], 2021, id="imprint"),
        pytest.param(["United Nations • New York, 2022"], 2022, id="imprint with a place"),
        pytest.param(["Junio de 2020"], 2020, id="month and year, in Spanish"),
        pytest.param(["Geneva, 22 August 2019"], 2019, id="a place and a date"),
        pytest.param(["S/RES/27 (2024)"], 2024, id="a symbol with its year"),
        pytest.param(["Plans of 2018 and 2018."], None, id="only talked about"),
        pytest.param(
            ["Alba, A. (2023). Quays that last for long. Alba"], 2023, id="a reference to it"
        ),
        pytest.param(["Alba, A. (2023). Quays that sink at once."], None, id="to another"),
        pytest.param(["San José, 2023"], 2023, id="a place and a year"),
        pytest.param(["(c) The plan of 2018"], None, id="an item of a list"),
        pytest.param(["(c) 2018 Harbour Board"], 2018, id="a copyright in letters"),
        pytest.param(["Towards 2090", "© 2090"], None, id="the future"),
    ],
)
def test_the_year_is_one_of_publication(lines: list[str], year: int | None) -> None:
    written = [(line, BODY, 800.0 - 20 * at) for at, line in enumerate(lines)]
    front = printed(page_of(*written, ("Quays that last for long", 20, 650)))

    assert of_one(front).get("year") == year


@pytest.mark.parametrize(
    ("lines", "author", "publisher"),
    [
        pytest.param(["United Nations"], "Ana Alba", "United Nations", id="letterhead"),
        pytest.param(["Harbour Alliance"], "Harbour Alliance", "Harbour Alliance", id="author"),
        pytest.param(["Ana Alba"], "Ana Alba", None, id="a person"),
        pytest.param([], "Harbour Alliance", None, id="an author that is printed nowhere"),
        pytest.param(
            ["© 2021 University of Alba. All"], None, "University of Alba", id="copyright"
        ),
        pytest.param(["Publicado por Banco de Alba"], None, "Banco de Alba", id="Spanish"),
        pytest.param(["Publicado por Rede de Alba"], None, "Rede de Alba", id="Portuguese"),
        pytest.param(["Work with the United Nations"], None, None, id="only talked about"),
        pytest.param(
            ["United Nations", "© 2021 World Bank"], None, "World Bank", id="a copyright first"
        ),
        pytest.param(
            ["United Nations", "(c) Commission of Alba"], None, "United Nations", id="a list's item"
        ),
    ],
)
def test_the_publisher_is_one_that_says_so(
    lines: list[str], author: str | None, publisher: str | None
) -> None:
    written = [(line, BODY, 800.0 - 20 * at) for at, line in enumerate(lines)]
    front = printed(page_of(*written, ("Quays that last", 20, 650)), author=author)

    assert of_one(front).get("publisher") == publisher


def test_a_file_that_is_odd_leaves_the_others_as_they_are() -> None:
    odd = printed(replace(page_of(("Odd harbours", 20, 700)), height=0.0))
    fronts = {"odd.pdf": odd, "alba.pdf": printed(page_of(("Quays that last", 20, 700)))}

    derived = derived_fields(fronts)

    assert {file: dict(fields)["title"] for file, fields in derived.items()} == {
        "alba.pdf": "Quays that last"
    }


@pytest.mark.parametrize(
    ("line", "is_number"),
    [
        pytest.param("Policy Research Working Paper 9876", True, id="a series"),
        pytest.param("Working Paper 2024/12", True, id="a year in a number"),
        pytest.param("Documento de trabajo n.º 12", True, id="Spanish"),
        pytest.param("Texto para discussão 2024", False, id="a year, in Portuguese"),
        pytest.param("Report No. 12", True, id="with its sign"),
        pytest.param("Relatório nº 12", True, id="with its sign, in Portuguese"),
        pytest.param("Report 2024", False, id="a report of a year"),
        pytest.param("Documento 2023", False, id="one in Spanish"),
        pytest.param("Documento 3", False, id="one of several"),
    ],
)
def test_a_number_of_a_series_is_an_identifier(line: str, is_number: bool) -> None:  # noqa: FBT001
    front = printed(page_of((line, BODY, 780), ("Quays that last", 20, 650)))

    assert of_one(front).get("identifier") == (line if is_number else None)
