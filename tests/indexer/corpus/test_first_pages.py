"""What a folder's PDFs are called where the catalogue does not say it."""

import re
from pathlib import Path

from indexer.corpus.catalogue import describe, open_corpus
from indexer.corpus.first_pages import fields_of, with_derived_fields
from indexer.extraction.formats import extract_file
from indexer.extraction.sandbox import Bounds
from indexer.records import DocumentInfo
from tests.indexer.extraction.pdf.test_pages import made, written

BOUNDS = Bounds(timeout_s=60, memory_mb=1024, workers=1)
LINES = ("QUAYS OF ALBA THAT LAST", "Geneva, 22 August 2019", "The harbour is old.")


def described(folder: Path, catalogue: str = "") -> DocumentInfo:
    (folder / "alba-2.pdf").write_bytes(made(written(*LINES, y=760)))
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    (file,) = with_derived_fields(open_corpus(folder), BOUNDS).files
    return describe(file, extract_file("alba-2.pdf", file.path.read_bytes()))


def test_a_pdf_without_a_row_is_called_what_its_first_page_says(tmp_path: Path) -> None:
    info = described(tmp_path)

    assert (info.title, info.year) == ("QUAYS OF ALBA THAT LAST", 2019)


def test_a_row_always_wins(tmp_path: Path) -> None:
    info = described(
        tmp_path, '[[document]]\nfile = "alba-2.pdf"\ntitle = "Old quays"\nyear = 2001\n'
    )

    assert (info.title, info.year) == ("Old quays", 2001)


def test_what_a_row_does_not_say_is_added_but_no_subtitle_to_its_title(tmp_path: Path) -> None:
    info = described(tmp_path, '[[document]]\nfile = "alba-2.pdf"\ntitle = "Old quays"\n')

    assert info == DocumentInfo("Old quays", year=2019, language="en")


def test_a_pdf_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_text("no PDF", encoding="utf-8")

    (file,) = with_derived_fields(open_corpus(tmp_path), BOUNDS).files

    assert file.derived == ()
    assert fields_of(file.path, BOUNDS) == {}


def test_a_page_without_height_ends_no_build(tmp_path: Path) -> None:
    page = made(written("On the lower edge", y=0))
    flat = re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [ 0 0 595 0 ]", page)
    (tmp_path / "flat.pdf").write_bytes(flat)

    (file,) = with_derived_fields(open_corpus(tmp_path), BOUNDS).files

    assert dict(file.derived)["title"] == "Flat"
