import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from docs.compendia.sources import read_compendium
from docs.compendia.typeset import HERE, OUTPUT_DIR, typeset
from indexer.corpus.catalogue import open_corpus
from tests.corpus.briefs import Brief, read_brief

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in HERE.glob("*/compendium.toml"))


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name, scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def committed(folder: Path) -> PdfReader:
    return PdfReader(OUTPUT_DIR / f"{folder.name}.pdf")


def _pages(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def test_the_committed_pdf_is_what_the_script_makes_of_its_sources(
    folder: Path, committed: PdfReader
) -> None:
    made = PdfReader(io.BytesIO(typeset(folder)))

    assert _pages(made) == _pages(committed), "run python -m docs.compendia.typeset"


def test_the_same_sources_give_the_same_bytes(folder: Path) -> None:
    assert typeset(folder) == typeset(folder)


def test_printed_labels_are_roman_and_then_start_again_at_one(committed: PdfReader) -> None:
    labels = committed.page_labels

    front = labels.index("1")
    assert labels[:front] == ["i", "ii", "iii"]
    assert labels[front:] == [str(n) for n in range(1, len(labels) - front + 1)]


def test_every_page_but_the_cover_prints_its_label(committed: PdfReader) -> None:
    printed = [page.split() for page in _pages(committed)]

    assert all(
        label in page for label, page in zip(committed.page_labels[1:], printed[1:], strict=True)
    )


def test_the_outline_leads_to_the_page_where_each_brief_begins(
    folder: Path, committed: PdfReader
) -> None:
    places = {
        str(entry.title): committed.get_destination_page_number(entry)
        for entry in _flat(committed.outline)
    }

    pages = [_one_line(page) for page in _pages(committed)]
    titles = [b.front["title"] for part in read_compendium(folder).parts for b in part.briefs]
    assert titles
    assert all(title in pages[places[title] or 0] for title in titles)


def test_the_page_of_reports_is_not_headed_by_the_last_brief(
    folder: Path, committed: PdfReader
) -> None:
    last_brief = read_compendium(folder).parts[-1].briefs[-1]

    assert last_brief.front["title"] not in _one_line(_pages(committed)[-1])


def _flat(outline: object) -> list[Destination]:
    if isinstance(outline, list):
        return [entry for item in outline for entry in _flat(item)]
    assert isinstance(outline, Destination)
    return [outline]


def _one_line(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_no_word_of_a_brief_is_lost(folder: Path) -> None:
    made = PdfReader(io.BytesIO(typeset(folder)))

    printed = set(re.findall(r"\w+", " ".join(_pages(made))))
    told = [s.text for path in folder.glob("*.md") for s in read_brief(path).statements]
    assert set(re.findall(r"\w+", " ".join(told))) <= printed


@pytest.mark.parametrize("folded", ["é", "ñ", "ã", "ç", "í", "–", "—", "“", "”", "•"])
def test_the_fonts_print_what_names_need(folded: str, tmp_path: Path) -> None:
    (tmp_path / "compendium.toml").write_text(
        'title = "T"\nsubtitle = "S"\nyear = 2026\npublisher = "P"\n'
        '[[parts]]\ntitle = "One"\ncolumns = 2\nbriefs = ["a"]\n'
    )
    front = 'title = "A"\ncountries = []\nsources = []\n'
    (tmp_path / "a.md").write_text(f"+++\n{front}+++\nBefore {folded} after.\n", encoding="utf-8")

    pages = _pages(PdfReader(io.BytesIO(typeset(tmp_path))))

    assert any(f"Before {folded} after." in page for page in pages)


def test_title_and_author_are_in_the_metadata_and_the_file_is_small(
    folder: Path, committed: PdfReader
) -> None:
    compendium = read_compendium(folder)

    assert committed.metadata is not None
    assert committed.metadata.title == f"{compendium.title}: {compendium.subtitle}"
    assert committed.metadata.author == compendium.publisher
    assert (OUTPUT_DIR / f"{folder.name}.pdf").stat().st_size < 300_000


def test_every_compendium_is_indexed_once_and_its_sources_are_not() -> None:
    indexed = [file.file for file in open_corpus(ROOT / "corpus").files]

    pdfs = [file for file in indexed if file.startswith("compendia/")]
    assert pdfs == [f"compendia/{folder.name}.pdf" for folder in FOLDERS]


def test_no_brief_stands_both_loose_and_in_a_compendium() -> None:
    loose = [read_brief(path) for path in (ROOT / "corpus" / "briefs").glob("*.md")]
    bound = [read_brief(path) for folder in FOLDERS for path in folder.glob("*.md")]

    assert not {b.front["title"] for b in loose} & {b.front["title"] for b in bound}
    assert all(_likeness(one, other) < 0.2 for one in loose for other in bound)


def _likeness(one: Brief, other: Brief) -> float:
    """Return the share of the other's statements that the one has in the same words."""
    told = {s.text for s in other.statements if s.references}
    return len(told & {s.text for s in one.statements}) / len(told)
