"""The corpus folder and its catalogue."""

import hashlib
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.corpus.catalogue import (
    Corpus,
    CorpusFile,
    describe,
    document_ids,
    front_matter_problems,
    open_corpus,
)
from indexer.corpus.catalogue_fields import checked_fields, country_codes
from indexer.errors import CatalogueError, CorpusError
from indexer.extraction.formats import extract_file
from indexer.records import BlockKind, DocumentInfo, Extraction, SourceReport, TextBlock


def filed(folder: Path, *names: str, catalogue: str = "") -> Corpus:
    """Open a corpus of small files with the given names and catalogue."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text.", encoding="utf-8")
    if catalogue:
        (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    return open_corpus(folder)


def names(corpus: Corpus) -> list[str]:
    return [file.file for file in corpus.files]


def bare(*files: str) -> tuple[CorpusFile, ...]:
    return tuple(CorpusFile(Path(file), file) for file in files)


def test_reports_are_found_in_every_folder_in_path_order(tmp_path: Path) -> None:
    corpus = filed(tmp_path, "b.pdf", "a/z.md", "a/B.TXT", "c.docx")

    assert names(corpus) == ["a/B.TXT", "a/z.md", "b.pdf", "c.docx"]
    assert corpus.files[0].path == tmp_path / "a" / "B.TXT"


def test_hidden_files_the_readme_and_other_kinds_are_left_out(tmp_path: Path) -> None:
    corpus = filed(
        tmp_path, "a.md", "README.md", "sub/README.md", ".git/x.md", ".b.md", "~$c.docx", "d.xlsx"
    )

    assert names(corpus) == ["a.md", "sub/README.md"]
    assert len(corpus.problems) == 1
    assert corpus.problems[0].endswith("d.xlsx.")


def test_names_are_composed_unicode(tmp_path: Path) -> None:
    corpus = filed(tmp_path, "Bogota\u0301.md")

    assert names(corpus) == ["Bogotá.md"]
    assert corpus.files[0].path.read_text() == "Text."


def test_a_folder_linked_into_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead.md").symlink_to(tmp_path / "gone.md")

    assert names(filed(tmp_path, "sub/a.md")) == ["sub/a.md"]


@pytest.mark.parametrize(
    ("folder", "advice"),
    [
        pytest.param("gone", "create it", id="missing"),
        pytest.param("file.md", "is a file", id="a file"),
        pytest.param("empty", "no report in", id="empty"),
    ],
)
def test_a_folder_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, folder: str, advice: str
) -> None:
    (tmp_path / "file.md").write_text("Text.")
    (tmp_path / "empty").mkdir()

    with pytest.raises(CorpusError, match=advice) as caught:
        open_corpus(tmp_path / folder)

    assert str(tmp_path / folder) in str(caught.value)


@pytest.mark.parametrize(
    "catalogue",
    [
        pytest.param("[[document]\n", id="not toml"),
        pytest.param('[document]\nfile = "a.md"\n', id="one bracket"),
        pytest.param("document = [1]\n", id="no tables"),
    ],
)
def test_a_catalogue_that_cannot_be_parsed_stops_the_build(tmp_path: Path, catalogue: str) -> None:
    with pytest.raises(CatalogueError, match=r"catalogue\.toml"):
        filed(tmp_path, "a.md", catalogue=catalogue)


def test_a_row_is_found_by_path_or_by_a_name_that_one_file_has(tmp_path: Path) -> None:
    corpus = filed(
        tmp_path,
        "x/a.md",
        "x/b.md",
        "y/b.md",
        catalogue="""
            [[document]]
            file = "a.md"
            year = 2020
            [[document]]
            file = "./y/b.md"
            year = 2021
            [[document]]
            file = "b.md"
            year = 2022
            """,
    )

    assert [file.row for file in corpus.files] == [(("year", 2020),), (), (("year", 2021),)]
    assert corpus.problems == (
        "row 3 of catalogue.toml: several files are called b.md; give its path in the corpus.",
        "x/b.md has no row in catalogue.toml; its title and the rest are read from it.",
    )


def test_a_glob_gives_defaults_that_an_explicit_row_overrides_field_by_field(
    tmp_path: Path,
) -> None:
    corpus = filed(
        tmp_path,
        "a.md",
        "briefs/a.md",
        "briefs/b.md",
        catalogue="""
            [[document]]
            file = "briefs/*.md"
            publisher = "Office"
            year = 2020
            [[document]]
            file = "briefs/b.md"
            year = 2021
            [[document]]
            file = "*.md"
            kind = "brief"
            """,
    )

    assert [dict(file.row) for file in corpus.files] == [
        {"kind": "brief"},
        {"kind": "brief", "publisher": "Office", "year": 2020},
        {"kind": "brief", "publisher": "Office", "year": 2021},
    ]


def test_rows_without_a_file_are_not_filed_yet(tmp_path: Path) -> None:
    corpus = filed(
        tmp_path,
        "a.md",
        catalogue='[[document]]\nfile = "b.pdf"\n[[document]]\nfile = "c/*.pdf"\n[[document]]\n',
    )

    assert corpus.problems == (
        "row 3 of catalogue.toml: 'file' is missing; row left out.",
        "row 1 of catalogue.toml: b.pdf is not filed yet.",
        "row 2 of catalogue.toml: no file matches c/*.pdf; not filed yet.",
        "a.md has no row in catalogue.toml; its title and the rest are read from it.",
    )


def test_a_row_whose_only_field_is_bad_is_still_a_row(tmp_path: Path) -> None:
    corpus = filed(tmp_path, "a.md", catalogue='[[document]]\nfile = "a.md"\nyear = "twenty"')

    assert len(corpus.problems) == 1
    assert "'year' must be a whole number" in corpus.problems[0]


def test_a_second_row_for_one_file_is_named(tmp_path: Path) -> None:
    corpus = filed(
        tmp_path,
        "a.md",
        catalogue='[[document]]\nfile="a.md"\nyear=2020\n[[document]]\nfile="a.md"\nyear=2021\n',
    )

    assert corpus.files[0].row == (("year", 2020),)
    assert "a.md has an earlier row" in corpus.problems[0]


def test_a_bad_field_is_named_with_its_row_and_the_rest_is_kept(tmp_path: Path) -> None:
    corpus = filed(
        tmp_path, "a.md", catalogue='[[document]]\nfile="a.md"\nyear="soon"\nkind="brief"\n'
    )

    assert corpus.files[0].row == (("kind", "brief"),)
    assert corpus.problems[0].startswith("row 1 of catalogue.toml (a.md): 'year' must be")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        pytest.param("title", " A\u00a0title ", "A title", id="text is washed"),
        pytest.param("title", 3, None, id="text of another type"),
        pytest.param("title", "  ", None, id="blank text"),
        pytest.param("publisher", ["City", "Port "], "City; Port", id="list for one text"),
        pytest.param("authors", ["A. B.", ""], ("A. B.",), id="list"),
        pytest.param("authors", "A. B.", ("A. B.",), id="one text for a list"),
        pytest.param("authors", [1], None, id="list of another type"),
        pytest.param("year", 1800, 1800, id="first year"),
        pytest.param("year", 1799, None, id="too early"),
        pytest.param("year", 9999, None, id="too late"),
        pytest.param("year", "2020", 2020, id="year as text"),
        pytest.param("year", True, None, id="truth is no year"),
        pytest.param("language", "ES", "es", id="language in capitals"),
        pytest.param("language", "spanish", None, id="language spelt out"),
        pytest.param("countries", ["co", "PE"], ("CO", "PE"), id="countries"),
        pytest.param("countries", [], (), id="no countries"),
        pytest.param("themes", [], None, id="empty list"),
        pytest.param("countries", ["UK"], None, id="no such code"),
        pytest.param("countries", ["XK"], None, id="code for users"),
        pytest.param("colour", "red", None, id="unknown field"),
    ],
)
def test_fields_are_checked(field: str, value: object, expected: object) -> None:
    good, wrong = checked_fields({field: value})

    assert dict(good).get(field) == expected
    assert len(wrong) == (0 if expected is not None or value in ("  ", []) else 1)
    assert all(field in sentence for sentence in wrong)


def test_there_are_249_countries() -> None:
    assert len(country_codes()) == 249
    assert {"CO", "BR", "SS", "AX", "PS"} <= country_codes()


HEADED = Extraction((TextBlock(BlockKind.HEADING, "On the page", level=1),))
BODY = (TextBlock(BlockKind.PARAGRAPH, "Text."),)


@pytest.mark.parametrize(
    ("row", "extraction", "expected"),
    [
        pytest.param(
            (("title", "In the row"),),
            Extraction(BODY, title="Own", front_matter=(("title", "In front"),)),
            "In the row",
            id="row first",
        ),
        pytest.param(
            (),
            Extraction(BODY, title="Own", front_matter=(("title", "In front"),)),
            "In front",
            id="then front matter",
        ),
        pytest.param((), Extraction(BODY, title="Own"), "Own", id="then the file's title"),
        pytest.param((), HEADED, "On the page", id="then its first heading"),
        pytest.param((), Extraction(BODY), "Housing plan 2020", id="then its name"),
    ],
)
def test_the_title_comes_from_the_strongest_source(
    row: tuple[tuple[str, object], ...], extraction: Extraction, expected: str
) -> None:
    file = CorpusFile(Path("x"), "a/housing_plan-2020.txt", row)

    assert describe(file, extraction).title == expected


def test_a_text_that_restates_reports_knows_them_filed_or_not(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(
        '[[document]]\nfile = "reports/Big Guide.pdf"\nshort_name = "Guide"\ntitle = "The guide"\n'
        'year = 2023\n[[document]]\nfile = "b.md"\nsources = ["big-guide", "unknown"]\n',
        "utf-8",
    )
    (tmp_path / "a.md").write_text(
        '+++\ntitle = "A"\n[[sources]]\nreport = "big-guide"\nsections = ["1"]\n+++\n\nText.\n',
        "utf-8",
    )
    (tmp_path / "b.md").write_text("Text.\n", "utf-8")

    files = open_corpus(tmp_path).files

    infos = [describe(file, extract_file(file.file, file.path.read_bytes())) for file in files]
    guide = SourceReport("big-guide", "Guide", "The guide", year=2023)
    assert [info.sources for info in infos] == [(guide,), (guide,)]


def test_metadata_is_completed_field_by_field() -> None:
    file = CorpusFile(Path("x"), "a.md", (("year", 2020),))
    extraction = Extraction(
        BODY, front_matter=(("countries", ("co",)), ("year", 2019), ("draft", 1))
    )

    info = describe(file, extraction)

    assert info == DocumentInfo(title="A", year=2020, countries=("CO",))
    assert len(front_matter_problems(file, extraction)) == 1
    assert "'draft'" in front_matter_problems(file, extraction)[0]


@pytest.mark.parametrize(
    ("row", "front", "countries", "named"),
    [
        pytest.param((), (), (), ("PE",), id="its text"),
        pytest.param((("countries", ("CO",)),), (), ("CO",), (), id="the catalogue first"),
        pytest.param((("countries", ()),), (), (), (), id="it is about none"),
        pytest.param((), (("countries", ["UY"]),), ("UY",), (), id="then front matter"),
        pytest.param((), (("countries", []),), (), (), id="of none, too"),
    ],
)
def test_countries_that_nobody_names_are_read_from_the_text(
    row: tuple[tuple[str, object], ...],
    front: tuple[tuple[str, object], ...],
    countries: tuple[str, ...],
    named: tuple[str, ...],
) -> None:
    blocks = (TextBlock(BlockKind.PARAGRAPH, "In Peru, rents rose."),)

    info = describe(CorpusFile(Path("x"), "a.md", row), Extraction(blocks, front_matter=front))

    assert (info.countries, info.named_countries) == (countries, named)
    assert info.filter_countries == (countries or named)


@pytest.mark.parametrize(
    ("row", "front", "language"),
    [
        pytest.param((), (), "es", id="its text"),
        pytest.param((("language", "pt"),), (("language", "fr"),), "pt", id="the catalogue first"),
        pytest.param((), (("language", "fr"),), "fr", id="then front matter"),
    ],
)
def test_what_nobody_says_of_a_language_the_text_does(
    row: tuple[tuple[str, object], ...], front: tuple[tuple[str, object], ...], language: str
) -> None:
    said = "El concejo ofrece a cada recién llegado una vivienda cercana. " * 6
    extraction = Extraction((TextBlock(BlockKind.PARAGRAPH, said),), front_matter=front)

    assert describe(CorpusFile(Path("x"), "a.md", row), extraction).language == language


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        pytest.param("a/Housing Plan_2020 (final).pdf", "housing-plan-2020-final", id="plain"),
        pytest.param("Migração e Habitação.md", "migracao-e-habitacao", id="accents"),
        pytest.param(
            "移住.txt",
            "document-e5bc80ac",
            id="other script",
        ),
        pytest.param("--.txt", "document-e6a9fc04", id="nothing to spell"),
    ],
)
def test_an_id_is_the_slug_of_the_stem(file: str, expected: str) -> None:
    assert document_ids(bare(file)) == (expected,)


def test_of_equal_slugs_the_first_path_has_it_bare() -> None:
    suffix = hashlib.sha256(b"b/plan.md").hexdigest()[:6]

    assert document_ids(bare("b/plan.md", "a/plan.pdf")) == (f"plan-{suffix}", "plan")


def test_a_file_named_like_anothers_suffixed_slug_gets_an_id_of_its_own() -> None:
    taken = f"plan-{hashlib.sha256(b'b/plan.md').hexdigest()[:6]}"

    ids = document_ids(bare("a/plan.md", f"a/{taken}.md", "b/plan.md"))

    assert len(set(ids)) == 3


_VALUES = st.recursive(
    st.one_of(
        st.text(max_size=9), st.integers(-9999, 9999), st.booleans(), st.floats(), st.dates()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)
_ROWS = st.dictionaries(
    st.sampled_from([field.name for field in fields(DocumentInfo)] + ["file", "supersedes"]),
    _VALUES,
    max_size=4,
)


@given(st.one_of(st.binary(max_size=99), st.lists(_ROWS, max_size=2)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_catalogue_holds_is_taken_or_refused_as_one(
    tmp_path: Path, content: bytes | list[dict[str, object]]
) -> None:
    (tmp_path / "a.md").write_text("Text.", "utf-8")
    if isinstance(content, list):
        rows = [{"file": "a.md", **row} for row in content]
        content = tomlkit.dumps({"document": rows}).encode()
    (tmp_path / "catalogue.toml").write_bytes(content)

    with suppress(CatalogueError):
        assert names(open_corpus(tmp_path)) == ["a.md"]
