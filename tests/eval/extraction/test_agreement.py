"""Small PDFs as three extractors read them."""

import io
import shutil
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from eval.errors import ExtractorError
from eval.extraction.agreement import agreement
from eval.extraction.faults import count, faults_of
from eval.extraction.poppler import poppler_pages

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is missing; install poppler-utils"
)


def written(path: Path, *pages: list[str], head: str | None = None) -> Path:
    """Write a PDF of some pages of lines, each with a running head and its number."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=1)
    for number, lines in enumerate(pages, start=1):
        canvas.setFont("Times-Roman", 8)
        if head is not None:
            canvas.drawString(50, 380, head)
            canvas.drawString(340, 20, str(number))
        canvas.setFont("Times-Roman", 11)
        for at, line in enumerate(lines):
            canvas.drawString(50, 320 - 13 * at, line)
        canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


@needs_poppler
def test_a_plain_report_has_no_faults_and_its_running_heads_are_told_apart(tmp_path: Path) -> None:
    pages = [
        ["The camp opened in 2014 and hosts 4,515 people."],
        ["Rents rose by 12.5 per cent in the first year."],
        ["The council closed it in the spring of 2019."],
    ]
    path = written(tmp_path / "camp.pdf", *pages, head="Valley monitor")

    result = agreement(path)

    counts = count(result)
    assert list(faults_of(result)) == []
    assert (counts.words, counts.figures, counts.left_out) == (28, 4, 9)
    assert result.left_out["Valley monitor"] == 3


@needs_poppler
def test_a_word_broken_over_two_pages_is_moved_and_not_missing(tmp_path: Path) -> None:
    path = written(
        tmp_path / "broken.pdf",
        ["Several towns along the river have opened offices for migra-"],
        ["tion and give advice to all who come to live there. Migration grows."],
    )

    result = agreement(path)

    assert list(faults_of(result)) == []


@needs_poppler
def test_poppler_refuses_what_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_text("no PDF")

    with pytest.raises(ExtractorError, match=r"broken\.pdf"):
        poppler_pages(path)


def test_without_poppler_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ExtractorError, match="install poppler-utils"):
        poppler_pages(tmp_path / "any.pdf")
