"""The glossary's files are tables that name nothing twice."""

from pathlib import Path

import pytest

from indexer.folding import folded
from service.pipeline.translation.glossary import (
    GLOSSARY_PATH,
    HEADER,
    PLACES_PATH,
    PLAIN_PATH,
    read_terms,
)
from service.pipeline.translation.phrases import phrase_key, words_of


@pytest.mark.parametrize("path", [GLOSSARY_PATH, PLACES_PATH, PLAIN_PATH], ids=lambda one: one.stem)
def test_a_glossary_is_sorted_and_names_nothing_twice(path: Path) -> None:
    terms = read_terms(path)

    english = [term.english for term in terms]
    assert english == sorted(english, key=lambda one: (folded(one), one))
    assert len({one.casefold() for one in english}) == len(english)
    for language in ("es", "pt"):
        keys = [phrase_key(words_of(form)) for term in terms for form, _ in term.pairs(language)]
        assert len(set(keys)) == len(keys)


def test_the_glossary_has_the_field_in_three_languages() -> None:
    terms = read_terms(GLOSSARY_PATH)

    assert len(terms) >= 600
    assert all(term.english and term.foreign["es"] and term.foreign["pt"] for term in terms)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("en\tes\tpt\nrent\talquiler\taluguel", "must begin with", id="other header"),
        pytest.param("\t".join(HEADER) + "\nrent\talquiler", "line 2", id="two columns"),
        pytest.param("\t".join(HEADER) + "\nrent\t\taluguel", "line 2", id="empty column"),
    ],
)
def test_a_glossary_that_is_no_table_is_refused(content: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match=problem):
        read_terms(path)
