"""Running heads and page numbers go, text at their place stays."""

from dataclasses import replace

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind
from tests.indexer.extraction.layout.page_lines import LEFT, SIZE, full, page_of, short, texts


def test_running_heads_and_page_numbers_go_and_body_at_the_same_place_stays() -> None:
    pages = [
        page_of(
            replace(short("Harbour report"), y=820.0),
            replace(full(f"Decision {number * number}"), y=790.0),
            replace(full(f"Body of page {'abc'[number - 1]} ends here."), y=600.0),
            Line(str(number), number, 290.0, 296.0, 30.0, SIZE),
            number=number,
        )
        for number in (1, 2, 3)
    ]

    found = " ".join(texts(lay_out(pages, [])))

    assert "Harbour report" not in found
    assert [f"Decision {n}" in found for n in (1, 4, 9)] == [True, True, True]
    assert not any(block.text.isdigit() for block in lay_out(pages, []))


def test_a_year_at_the_foot_of_a_page_is_no_page_number() -> None:
    page = page_of(full("The survey was made in"), Line("2019", 1, LEFT, 80.0, 40.0, SIZE))

    blocks = lay_out([page], [])

    assert "2019" in " ".join(texts(blocks))


def test_roman_page_numbers_go_where_most_pages_have_arabic_ones() -> None:
    feet = ["ii", "iii", *map(str, range(1, 8))]
    pages = [
        page_of(
            replace(full(f"Body of page {name} ends here."), y=600.0),
            Line(foot, at, 290.0, 296.0, 30.0, SIZE),
            number=at,
        )
        for at, (foot, name) in enumerate(zip(feet, "abcdefghi", strict=True), start=2)
    ]

    assert not set(feet) & set(texts(lay_out(pages, [])))


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("2022", id="a year"),
        pytest.param("7", id="the number of a chapter"),
        pytest.param("2019–2022", id="a range of years"),
    ],
)
def test_a_running_head_that_is_only_a_number_cuts_no_sentence(head: str) -> None:
    bodies = ["The council of the old harbour meets and", "decides on the", "Alba question in May."]
    pages = [
        page_of(Line(head, at, 500.0, 540.0, 810.0, SIZE), replace(full(body), y=500.0), number=at)
        for at, body in enumerate(bodies, start=1)
    ]

    assert texts(lay_out(pages, [])) == [" ".join(bodies)]


def test_a_year_beside_a_running_head_goes_with_it_though_it_changes() -> None:
    pages = [
        page_of(
            replace(short("Harbour report"), y=810.0),
            Line(str(2019 + number**2), number, 500.0, 540.0, 810.0, SIZE),
            replace(full(f"Body of page {'abc'[number - 1]} ends here."), y=500.0),
            number=number,
        )
        for number in (1, 2, 3)
    ]

    assert not any(map(str.isdigit, " ".join(texts(lay_out(pages, [])))))


def test_the_head_of_a_table_that_comes_back_on_each_page_stays() -> None:
    columns = ((LEFT, "Town"), (200.0, "2021"), (300.0, "2022"))
    rows = [("Alba", "12", "15"), ("Bruma", "7", "9"), ("Corvo", "31", "40")]
    pages = [
        page_of(
            replace(short("Harbour report"), y=825.0),
            *(Line(name, number, x, x + 22, 790.0, SIZE, bold=True) for x, name in columns),
            *(
                Line(cell, number, x, x + 22, 776.0 - 14 * at, SIZE)
                for at, row in enumerate(rows)
                for (x, _), cell in zip(columns, row, strict=True)
            ),
            number=number,
        )
        for number in (1, 2, 3)
    ]

    heads = texts(lay_out(pages, []), BlockKind.TABLE_HEADER)

    assert heads == ["Town | 2021 | 2022"] * 3


def test_head_and_foot_of_a_sheet_whose_text_is_turned_go_as_on_the_others() -> None:
    heads = [replace(short("Harbour report", number), y=810.0) for number in (1, 2, 3)]
    feet = [Line(str(number), number, 290.0, 296.0, 30.0, SIZE) for number in (1, 2, 3)]
    bodies = [
        replace(full(f"Body of page {'abc'[at]} ends here.", at + 1), y=400.0) for at in (0, 1, 2)
    ]
    pages = [
        PageLines(1, 600.0, 840.0, (heads[0], bodies[0], feet[0])),
        PageLines(2, 840.0, 600.0, (bodies[1],), asides=(heads[1], feet[1])),
        PageLines(3, 600.0, 840.0, (heads[2], bodies[2], feet[2])),
    ]

    assert texts(lay_out(pages, [])) == [body.text for body in bodies]


def _with_head(head: str, number: int) -> PageLines:
    return page_of(
        Line(head, number, 400.0 - 3 * len(head), 540.0, 820.0, 7.0),
        replace(full(f"Body of page {'abcdef'[number]} ends here."), y=600.0),
        number=number,
    )


def test_a_running_head_that_changes_goes_too() -> None:
    heads = ["Harbours", "Harbours", "Harbours", "The sea", "A wall"]
    pages = [_with_head(head, number) for number, head in enumerate(heads, start=1)]

    found = " ".join(texts(lay_out(pages, [])))

    assert not any(head in found for head in heads)


def test_a_line_at_another_height_than_the_running_heads_stays() -> None:
    pages = [_with_head("Harbours", number) for number in (1, 2, 3)]
    lines = (Line("The sea", 4, LEFT, 200.0, 815.0, 7.0), replace(full("It is wide."), y=600.0))

    found = texts(lay_out([*pages, PageLines(4, 600.0, 840.0, lines)], []))

    assert "The sea" in found


def test_a_printers_job_number_does_not_part_a_sentence() -> None:
    jobs = [("25-05117 (E) 030425", 65.0), ("25-05117", 524.0), ("25-05117", 60.0)]
    bodies = ["The council of the old harbour meets and", "decides on the", "Alba question in May."]
    pages = [
        page_of(replace(full(body), y=500.0), Line(job, at, x, x + 40, 38.0, 7.0), number=at)
        for at, ((job, x), body) in enumerate(zip(jobs, bodies, strict=True), start=1)
    ]

    assert texts(lay_out(pages, [])) == [" ".join(bodies)]
