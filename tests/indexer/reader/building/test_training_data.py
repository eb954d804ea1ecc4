import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.reader.building.training_data import (
    DataSet,
    Group,
    Miner,
    file_hashes,
    held_out,
    measuring_groups,
    miners,
    read_data_sets,
    training_groups,
)
from indexer.reader.sentence_reader import ReadingItem
from indexer.records import Vectors

TOWN = (
    "Ardenia is a port. The mayor opened a shelter in 2019. It houses 450 people. "
    "Nobody pays rent there."
)
SEARCHED = "squadshifts-new-wiki"
"""A name of a set whose other paragraphs are searched for what misleads, too."""

HARBOUR = "The harbour shelter was closed by the mayor in 1987. Ships are repaired now."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data" / SEARCHED
    data.mkdir(parents=True)
    corpus: list[dict[str, object]] = [
        {"doc_id": "a", "title": "Ardenia_(town)", "text": TOWN},
        {"doc_id": "b", "title": "Harbour", "text": HARBOUR},
    ]
    questions: list[dict[str, object]] = [
        {
            "question": "When did the mayor open a shelter?",
            "about": "a",
            "answers": [{"doc_id": "a", "text": "2019", "start": TOWN.index("2019")}],
        },
        {
            "question": "Who repairs ships?",
            "about": {"doc_id": "b", "start": 0, "end": len(HARBOUR)},
            "answers": [],
        },
    ]
    _write(data / "corpus.jsonl", corpus)
    _write(data / "questions.jsonl", questions)
    return tmp_path / "data"


@pytest.fixture
def towns(folder: Path) -> DataSet:
    return read_data_sets(folder)[0]


def test_a_sentence_stands_in_the_context_of_what_comes_before(towns: DataSet) -> None:
    assert towns.sentences[:2] == (
        ReadingItem("Ardenia is a port.", "", "Ardenia (town)"),
        ReadingItem("The mayor opened a shelter in 2019.", "Ardenia is a port.", "Ardenia (town)"),
    )


def test_the_answer_is_found_in_its_sentence(towns: DataSet) -> None:
    question = towns.questions[0]

    assert question.answer == 1
    assert question.span is not None
    assert question.span.of(towns.sentences[1].text) == "2019"


def test_a_group_has_one_answer_and_none_among_the_rest(towns: DataSet, tmp_path: Path) -> None:
    group = _group(towns, tmp_path)

    assert group.answer == 0
    assert group.items[0].text == towns.sentences[1].text
    assert not any("2019" in item.text for item in group.items[1:])
    assert any(item.text.startswith("The harbour shelter") for item in group.items)


def test_a_group_without_the_answer_does_not_show_it_as_context(
    towns: DataSet, tmp_path: Path
) -> None:
    group = _group(towns, tmp_path, answered=False)

    assert group.answer is None
    assert group.items
    assert not any("2019" in item.text + item.context for item in group.items)


def test_an_unanswerable_question_makes_a_group_without_answer(
    towns: DataSet, tmp_path: Path
) -> None:
    assert _group(towns, tmp_path, at=1).answer is None


def test_comments_are_set_against_their_own_paragraph_alone(folder: Path, tmp_path: Path) -> None:
    (folder / SEARCHED).rename(folder / "comments")

    group = _group(read_data_sets(folder)[0], tmp_path)

    assert {item.text for item in group.items} == {
        "Ardenia is a port.",
        "The mayor opened a shelter in 2019.",
        "It houses 450 people.",
        "Nobody pays rent there.",
    }


def test_groups_are_the_same_for_one_seed(towns: DataSet, tmp_path: Path) -> None:
    mined = miners([towns], tmp_path, by_letters)

    first, second = (
        training_groups(mined, frozenset(), n_groups=2, n_negatives=3, n_passes=2, seed=5)
        for _ in "ab"
    )

    assert first == second
    assert len(first) == 4


def test_held_out_articles_are_not_trained_on(towns: DataSet, tmp_path: Path) -> None:
    apart = held_out(towns, n_questions=1, seed=5)
    mined = miners([towns], tmp_path, by_letters)

    trained = training_groups(mined, apart, n_groups=9, n_negatives=3, n_passes=1, seed=5)
    measured = measuring_groups(mined, apart)

    assert len(apart) == len(trained) == len(measured) == 1


def test_measuring_reads_the_whole_paragraph(towns: DataSet, tmp_path: Path) -> None:
    apart = frozenset({towns.questions[0].article})

    group = measuring_groups(miners([towns], tmp_path, by_letters), apart)[0]

    assert group.items[:4] == towns.sentences[:4]
    assert group.answer == 1


def test_the_data_is_named_by_its_hashes(folder: Path) -> None:
    hashes = file_hashes(folder)

    assert list(hashes) == [f"{SEARCHED}/corpus.jsonl", f"{SEARCHED}/questions.jsonl"]
    assert all(len(digest) == 64 for digest in hashes.values())


def by_letters(texts: Sequence[str]) -> Vectors:
    """Return counts of letters: texts that share words are near each other."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    counts = [[Counter(text.lower())[letter] for letter in letters] for text in texts]
    vectors: Vectors = np.asarray(counts, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _group(towns: DataSet, folder: Path, *, at: int = 0, answered: bool = True) -> Group:
    rng = random.Random(1)  # noqa: S311
    question = towns.questions[at]
    return Miner(towns, folder, by_letters).group(question, rng, n_negatives=4, answered=answered)


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
