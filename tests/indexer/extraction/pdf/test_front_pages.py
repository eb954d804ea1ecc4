"""What is read of a PDF's first pages."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject

from indexer.errors import Reason, UnreadableError
from indexer.extraction.pdf.front_pages import read_front_pages
from tests.indexer.extraction.pdf.test_pages import made, rewritten, written


def test_the_first_pages_and_what_the_file_says_of_itself_are_read() -> None:
    front = read_front_pages(made(*(written(f"Page {n}") for n in range(1, 8)), title="Quays"))

    assert [line.text for page in front.pages for line in page.lines] == [
        "Page 1",
        "Page 2",
        "Page 3",
        "Page 4",
    ]
    assert front.title == "Quays"
    assert front.author == "anonymous"


def test_no_more_pages_are_read_once_there_is_much_text() -> None:
    full = written(*(f"Line {n} of the text" for n in range(60)), y=800)

    assert [page.number for page in read_front_pages(made(full, full, full)).pages] == [1]


def test_a_page_that_cannot_be_parsed_is_left_out() -> None:
    def break_first(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Contents")] = NumberObject(3)

    front = read_front_pages(rewritten(made(written("One"), written("Two")), break_first))

    assert "Two" in [line.text for page in front.pages for line in page.lines]


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_front_pages(b"A letter, and no PDF")

    assert caught.value.reason is Reason.MISLABELLED
