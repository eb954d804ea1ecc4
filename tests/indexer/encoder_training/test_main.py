"""The adapter's script learns from questions on papers, and what it writes is what it learnt."""

import hashlib
import json
from pathlib import Path
from random import Random

import pytest
import torch
from safetensors.torch import load_file

from indexer.encoder.building.adapter import adapted_layers
from indexer.encoder.building.text_encoder import PACKAGED, Encoder, load_unadapted, model_folder
from indexer.encoder_training.__main__ import Recipe, Vectors, late_interaction, save_adapter, train
from indexer.encoder_training.lessons import Lessons
from indexer.reader.building.policy_data import PolicyPapers, load_policy_questions

PAPER = """Night shelter

The council opened a night shelter in May. It has forty beds. Two nurses come every evening.

Costs

The state pays for the building. The council pays for the food and the heating of all rooms.

Visitors

Most guests stay for a week. Families are sent on to a hotel near the station.
"""
ASKED = (
    ("How large is the shelter?", "It has forty beds."),
    ("Who bears the running costs?", "The council pays for the food and the heating of all rooms."),
    ("Where do parents with children go?", "Families are sent on to a hotel near the station."),
)

RNG = Random(3)  # noqa: S311


@pytest.fixture
def lessons(tmp_path: Path, encoder: Encoder) -> Lessons:
    """Three questions on a paper of three sections."""
    rows = []
    for number, (question, evidence) in enumerate(ASKED):
        at = PAPER.index(evidence)
        row = {"qid": f"q{number}", "question": question, "document": "paper"}
        rows.append({**row, "about": [0, len(PAPER)], "evidence": [at, at + len(evidence)]})
    near = {"qid": "n", "question": "Who owns it?", "document": "paper", "about": [0, len(PAPER)]}
    rows.append({**near, "near": [0, 13]})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "questions.jsonl").write_text(lines, "utf-8")
    digest = hashlib.sha256(PAPER.encode()).hexdigest()
    papers = {"paper": {"text_sha256": digest, "split": "train", "language": "en"}}
    (tmp_path / "documents.json").write_text(json.dumps(papers), "utf-8")
    corpus = json.dumps({"doc_id": "paper", "text": PAPER}) + "\n"
    (tmp_path / "corpus.jsonl").write_text(corpus, "utf-8")
    return Lessons(
        load_policy_questions(tmp_path),
        PolicyPapers(tmp_path / "corpus.jsonl", tmp_path),
        encoder,
        split="train",
        words=12,
    )


def test_a_lesson_has_what_answers_and_what_does_not(lessons: Lessons) -> None:
    drawn = [lessons.draw(question, RNG) for question in lessons.questions]

    assert [(lesson.question, lesson.evidence) for lesson in drawn] == list(ASKED)
    for lesson in drawn:
        assert lesson.evidence in lesson.passage
        assert all(lesson.evidence not in text for text in (lesson.near or "", *lesson.others))
    assert drawn[0].passage.startswith("Night shelter\n")


def test_pieces_match_the_likest_ones_and_rare_pieces_count_more() -> None:
    def vectors(ids: list[int], rows: list[list[float]], is_piece: list[int]) -> Vectors:
        pieces = torch.tensor([rows])
        return Vectors(torch.tensor([ids]), pieces[:, 0], pieces, torch.tensor([is_piece]).float())

    asked = vectors([0, 1], [[1.0, 0.0], [0.0, 1.0]], [1, 1])
    text = vectors([0, 1], [[0.6, 0.8], [1.0, 0.0]], [1, 0])  # the second is no piece of the text

    found = late_interaction(asked, text, torch.tensor([0.25, 0.75]))

    assert found.item() == pytest.approx(0.25 * 0.6 + 0.75 * 0.8)


def test_what_is_written_is_half_of_what_was_learnt(lessons: Lessons, tmp_path: Path) -> None:
    learnt = train(lessons, Recipe(batch=3, passes=1))
    save_adapter(learnt, tmp_path / "adapter.safetensors", kept=0.5)
    written = load_file(tmp_path / "adapter.safetensors")

    model = load_unadapted(model_folder(PACKAGED), precision="fp32")
    for name, layer in adapted_layers(model):
        whole = learnt[f"{name}.b"] @ learnt[f"{name}.a"]
        half = written[f"{name}.b"].float() @ written[f"{name}.a"].float()
        assert whole.shape == layer.weight.shape
        assert torch.allclose(half, whole / 2, atol=1e-5)
    assert all(part.abs().max() > 0 for part in learnt.values())
