"""The policy questions that ship are whole, and make groups that teach what they should."""

import hashlib
import json
import os
import random
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import EncoderError
from indexer.reader.building.policy_data import (
    FOLDER,
    PolicyPapers,
    load_policy_questions,
    policy_groups,
)
from tests.conftest import ROOT

RNG = random.Random(1)  # noqa: S311 - sampling, not secrets
PAPER = """Results

The council opened a night shelter in May. It has forty beds. The beds are free of charge.

The mayor thanked the volunteers. Two buses bring people to the shelter."""

SHARED = Path(os.environ.get("CITA_SHARED", ROOT.parent / "shared"))
COPIED_WORDS = 25
"""A run as long as that would be a sentence; shorter ones are names and lists of countries."""


def place(words: str) -> list[int]:
    start = PAPER.index(words)
    return [start, start + len(words)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first = place("The council opened a night shelter in May. It has forty beds. The beds are free")
    rows = [
        {
            "qid": "q",
            "pair": "p",
            "question": "How many people can sleep in the shelter?",
            "answerable": True,
            "document": "paper",
            "about": [first[0], len(PAPER)],
            "evidence": place("It has forty beds."),
            "answer": place("forty beds"),
        },
        {
            "qid": "n",
            "pair": "p",
            "question": "Wer bezahlt?",
            "english": "Who pays for the shelter?",
            "answerable": False,
            "document": "paper",
            "about": [first[0], len(PAPER)],
            "near": place("The beds are free of charge."),
        },
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "questions.jsonl").write_text(lines, "utf-8")
    digest = hashlib.sha256(PAPER.encode()).hexdigest()
    papers = {"paper": {"text_sha256": digest, "split": "train", "language": "en"}}
    (tmp_path / "documents.json").write_text(json.dumps(papers), "utf-8")
    corpus = json.dumps({"doc_id": "paper", "text": PAPER})
    (tmp_path / "corpus.jsonl").write_text(corpus + "\n", "utf-8")
    return tmp_path


def test_an_answerable_question_comes_with_its_answer_and_what_comes_near(folder: Path) -> None:
    papers = PolicyPapers(folder / "corpus.jsonl", folder)
    question = load_policy_questions(folder)[0]

    (group,) = policy_groups([question], papers, RNG, n_negatives=3, rough=False)

    assert group.answer == 0
    assert group.items[0].text == "It has forty beds."
    assert group.items[0].context == "The council opened a night shelter in May."
    assert group.items[0].heading == "Results"
    assert group.span is not None
    assert group.span.of(group.items[0].text) == "forty beds"
    assert len({item.text for item in group.items}) == 4


def test_a_near_miss_has_no_answer_and_begins_with_what_misleads(folder: Path) -> None:
    papers = PolicyPapers(folder / "corpus.jsonl", folder)
    question = load_policy_questions(folder)[1]

    (group,) = policy_groups([question], papers, RNG, n_negatives=2, rough=False)

    assert group.question == "Who pays for the shelter?"
    assert (group.answer, group.span) == (None, None)
    assert group.items[0].text == "The beds are free of charge."
    assert len(group.items) == 3


def test_another_text_is_refused_with_what_to_do(folder: Path) -> None:
    other = json.dumps({"doc_id": "paper", "text": PAPER + " "})
    (folder / "corpus.jsonl").write_text(other, "utf-8")

    with pytest.raises(EncoderError, match="use the texts that the questions were written on"):
        PolicyPapers(folder / "corpus.jsonl", folder)


def test_every_pair_that_ships_has_an_answered_question_and_a_near_miss() -> None:
    pairs: dict[str, list[bool]] = defaultdict(list)
    rows = shipped()
    for row in rows:
        if "pair" in row:
            pairs[row["pair"]].append(row["answerable"])

    assert len(rows) == len({row["qid"] for row in rows}) >= 20_000
    assert all(sorted(kinds) == [False, True] for kinds in pairs.values())
    assert all(("evidence" in row) == row["answerable"] for row in rows)
    assert Counter(row["answerable"] for row in rows)[True] == len(rows) // 2


def test_places_lie_in_the_papers_and_no_question_copies_a_sentence() -> None:
    corpus = SHARED / "bench" / "policy-questions" / "corpus.jsonl"
    if not corpus.is_file():
        pytest.skip("no policy papers; CITA_SHARED names their folder")
    papers = PolicyPapers(corpus)
    words = {name: f" {' '.join(_words(papers.text(name)))} " for name in papers.names}

    for row in shipped():
        start, end = row["about"]
        for field in ("evidence", "near"):
            if field in row:
                assert start <= row[field][0] < row[field][1] <= end + 1, row["qid"]
        own = _words(row["question"])
        copied = [
            " ".join(own[at : at + COPIED_WORDS]) for at in range(len(own) - COPIED_WORDS + 1)
        ]
        assert not any(f" {run} " in words[row["document"]] for run in copied), row["qid"]


def test_every_page_that_we_invented_is_whole_and_holds_its_places() -> None:
    texts = {row["doc_id"]: row["text"] for row in _rows("pages.jsonl")}
    known = json.loads((FOLDER / "documents.json").read_text("utf-8"))
    rows = [row for row in shipped() if row["set"] == "pages"]

    assert {row["document"] for row in rows} == set(texts)
    for name, text in texts.items():
        assert known[name]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest(), name
    for row in rows:
        field = "evidence" if row["answerable"] else "near"
        assert row["about"][0] < row[field][0] < row[field][1] <= row["about"][1], row["qid"]
        if row["answerable"]:
            assert row["evidence"][0] <= row["answer"][0] < row["answer"][1] <= row["evidence"][1]


def test_words_shared_with_a_page_do_not_tell_what_it_answers() -> None:
    texts = {row["doc_id"]: row["text"] for row in _rows("pages.jsonl")}
    shares: dict[bool, list[float]] = {True: [], False: []}
    for row in shipped():
        if row["set"] == "pages":
            start, end = row["evidence" if row["answerable"] else "near"]
            asked = set(_words(row["question"]))
            said = set(_words(texts[row["document"]][start:end]))
            shares[row["answerable"]].append(len(asked & said) / len(asked))

    assert 0.45 < _auroc(shares) < 0.55


def test_questions_in_other_words_may_be_learnt_and_their_words_do_not_tell_their_kind() -> None:
    known = json.loads((FOLDER / "documents.json").read_text("utf-8"))
    rows = {row["qid"]: row for row in shipped()}
    texts = {row["doc_id"]: row["text"] for row in _rows("pages.jsonl")}
    reworded = _rows("reworded.jsonl")
    shares: dict[bool, list[float]] = {True: [], False: []}

    assert len(reworded) == len({row["qid"] for row in reworded}) >= 16_000
    for other in reworded:
        row = rows[other["qid"]]
        assert known[row["document"]]["split"] in {"train", "spare"}, row["qid"]
        assert other["question"] != row["question"], row["qid"]
        if row["set"] == "pages":
            start, end = row["evidence" if row["answerable"] else "near"]
            asked = set(_words(other["question"]))
            said = {word for word in _words(texts[row["document"]][start:end]) if len(word) > 3}
            shares[row["answerable"]].append(len(asked & said))
    assert 0.45 < _auroc(shares) < 0.55


def _auroc(shares: dict[bool, list[float]]) -> float:
    """Return the chance that an answered question's share is above a near miss's."""
    near = sorted(shares[False])
    below = [(bisect_left(near, x) + bisect_right(near, x)) / 2 for x in shares[True]]
    return sum(below) / len(near) / len(below)


def shipped() -> list[dict[str, Any]]:
    return _rows("questions.jsonl")


def _rows(name: str) -> list[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
