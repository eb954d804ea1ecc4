"""What a folder's PDFs are called where the catalogue does not say it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.corpus import first_pages
from indexer.corpus.catalogue import Corpus, describe, open_corpus
from indexer.corpus.distinct_files import without_copies
from indexer.corpus.first_pages import fields_of, with_derived_fields
from indexer.corpus.kept_first_pages import KeptFirstPages
from indexer.errors import UnreadableError
from indexer.extraction.formats import extract_file
from indexer.extraction.pdf.front_pages import FrontPages
from indexer.extraction.sandbox import Bounds, read_fronts
from indexer.records import DocumentInfo
from tests.indexer.extraction.pdf.test_pages import made, written

BOUNDS = Bounds(timeout_s=60, memory_mb=1024, workers=1)
LINES = ("QUAYS OF ALBA THAT LAST", "Geneva, 22 August 2019", "The harbour is old.")


def named(folder: Path, bounds: Bounds = BOUNDS) -> Corpus:
    """Return the corpus in a folder with derived fields; what is read is kept in it, hidden."""
    kept = KeptFirstPages(folder / ".first-pages", bounds)
    return with_derived_fields(without_copies(open_corpus(folder)), kept)


def described(folder: Path, catalogue: str = "") -> DocumentInfo:
    (folder / "alba-2.pdf").write_bytes(made(written(*LINES, y=760)))
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    (file,) = named(folder).files
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

    (file,) = named(tmp_path).files

    assert file.derived == ()
    assert fields_of(file.path, BOUNDS) == {}


def test_a_page_without_height_ends_no_build(tmp_path: Path) -> None:
    page = made(written("On the lower edge", y=0))
    flat = re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [ 0 0 595 0 ]", page)
    (tmp_path / "flat.pdf").write_bytes(flat)

    (file,) = named(tmp_path).files

    assert dict(file.derived)["title"] == "Flat"


def kept_in(folder: Path) -> set[str]:
    return {path.name for path in (folder / ".first-pages").glob("*")}


def test_first_pages_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("alba", "bora"):
        (tmp_path / f"{name}.pdf").write_bytes(made(written(f"QUAYS OF {name.upper()}", y=760)))
    (tmp_path / "broken.pdf").write_text("no PDF", encoding="utf-8")
    before = named(tmp_path)
    n_read: list[int] = []

    def counted(
        files: Sequence[tuple[Path, str]], bounds: Bounds
    ) -> Iterator[FrontPages | UnreadableError]:
        n_read.append(len(files))
        return read_fronts(files, bounds)

    monkeypatch.setattr(first_pages, "read_fronts", counted)

    assert named(tmp_path) == before
    named(tmp_path, replace(BOUNDS, memory_mb=2048))  # which may read what failed
    (tmp_path / "cima.pdf").write_bytes(made(written("QUAYS OF CIMA", y=760)))
    named(tmp_path)

    assert n_read == [0, 1, 2]


def test_no_first_pages_are_kept_of_files_that_are_gone(tmp_path: Path) -> None:
    for name in ("alba", "bora"):
        (tmp_path / f"{name}.pdf").write_bytes(made(written(f"QUAYS OF {name.upper()}", y=760)))
    named(tmp_path)
    both = kept_in(tmp_path)
    (tmp_path / "bora.pdf").unlink()

    named(tmp_path)

    assert len(both) == 2
    assert len(kept_in(tmp_path) & both) == 1 == len(kept_in(tmp_path))


def test_kept_pages_that_are_broken_are_read_again(tmp_path: Path) -> None:
    (tmp_path / "alba.pdf").write_bytes(made(written("QUAYS OF ALBA", y=760)))
    before = named(tmp_path)
    (kept,) = (tmp_path / ".first-pages").glob("*")
    kept.write_text('{"pages": [{"number"', encoding="utf-8")

    assert named(tmp_path) == before


def test_copies_of_a_file_are_not_told_apart(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("rep.pdf", "sub/rep-copy.pdf"):
        (tmp_path / name).write_bytes(made(written(*LINES, y=760)))

    (file,) = named(tmp_path).files

    assert dict(file.derived)["title"] == "QUAYS OF ALBA THAT LAST"
