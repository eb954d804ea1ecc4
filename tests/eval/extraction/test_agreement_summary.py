"""What is told of two pages with faults, made by hand, and the pictures of them."""

from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from eval.extraction.agreement import Agreement
from eval.extraction.agreement_summary import agreement_summary, worst_pages
from eval.extraction.fault_pictures import draw_worst
from eval.extraction.faults import FaultKind, count, faults_of
from eval.extraction.page_comparison import PageComparison
from eval.extraction.pdfium import opened, pdfium_words


@pytest.fixture
def agreed(tmp_path: Path) -> Agreement:
    """A file of two pages: one glued word on the first, two faults in figures on the second."""
    path = tmp_path / "camp.pdf"
    canvas = Canvas(str(path), pagesize=(300, 300), invariant=1)
    for line in ("nine shelters are full", "In 2018 some 1,200 came"):
        canvas.drawString(50, 200, line)
        canvas.showPage()
    canvas.save()
    with opened(path) as document:
        first, second = (pdfium_words(page) for page in document)
    pages = (
        PageComparison(first, n_agreed=4, glued=[0]),
        PageComparison(second, n_agreed=5, n_figures=2, missing=[1], notes_in_figures=[3]),
    )
    return Agreement(path, pages, moved=0, left_out=Counter({"Valley monitor": 2, "1": 1}))


def test_faults_are_named_with_their_neighbours(agreed: Agreement) -> None:
    faults = [(fault.page, fault.kind, fault.context) for fault in faults_of(agreed)]

    assert faults == [
        (1, FaultKind.GLUED, "[nine] shelters are full"),
        (2, FaultKind.FIGURE, "In [2018] some 1,200 came"),
        (2, FaultKind.NOTE_IN_FIGURE, "In 2018 some [1,200] came"),
    ]


def test_counts_are_shares_of_what_both_others_read(agreed: Agreement) -> None:
    counts = count(agreed)

    assert (counts.words, counts.figures) == (9, 2)
    assert (counts.figures_otherwise, counts.glued_or_torn) == (2, 1)
    assert counts.is_amiss


def test_the_summary_has_shares_worst_pages_and_what_is_left_out(agreed: Agreement) -> None:
    lines = list(agreement_summary([agreed], n_worst=1))

    assert "figures missing or read otherwise: 2 of 2 (1 in 1; at most 1 in 10,000)" in lines
    assert "words glued or torn: 1 of 9 (1 in 9; at most 1 in 5,000)" in lines
    assert "camp.pdf, page 2: 2 faults" in lines
    assert "camp.pdf, page 1: 1 faults" not in lines
    assert "  2 × Valley monitor" in lines


def test_the_page_with_most_faults_comes_first(agreed: Agreement) -> None:
    assert [page for _, page, _ in worst_pages([agreed], 5)] == [2, 1]


def test_each_fault_of_the_worst_pages_is_drawn(agreed: Agreement, tmp_path: Path) -> None:
    lines = list(draw_worst([agreed], 1, tmp_path / "pictures"))

    drawn = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert drawn == ["camp-page-2-1.png", "camp-page-2-2.png"]
    assert lines[0].endswith("figure missing or read otherwise: In [2018] some 1,200 came")
