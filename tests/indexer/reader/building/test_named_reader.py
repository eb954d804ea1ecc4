from pathlib import Path

import pytest
import torch
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertForSequenceClassification,
)

from indexer.errors import EncoderError
from indexer.reader.building import named_reader
from indexer.reader.building.named_reader import SHIPPED, find_reader
from indexer.reader.sentence_reader import ReadingItem, SentenceReader
from tests.indexer.tiny_models import letter_bert

QUESTION = "who pays rent"
ITEMS = (
    ReadingItem("tenants pay the rent."),
    ReadingItem("a long sentence on how a port was built by nobody in 1987.", context="it rained."),
)


def cross_encoder(folder: Path, *, n_labels: int = 1) -> Path:
    """Write a tiny cross-encoder with random weights, which reads letters."""
    config = letter_bert(folder, n_labels=n_labels)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_a_cross_encoder_scores_as_its_own_library_does(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "model")
    find_reader(str(folder)).pack(tmp_path / "packed")

    found = SentenceReader(tmp_path / "packed").read(QUESTION, ITEMS)

    tokenizer = AutoTokenizer.from_pretrained(folder)
    theirs = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    texts = [ITEMS[0].text, f"{ITEMS[1].context} {ITEMS[1].text}"]
    with torch.inference_mode():
        pairs = tokenizer([QUESTION] * 2, texts, padding=True, return_tensors="pt")
        wanted = theirs(**pairs).logits.squeeze(-1).tolist()
    assert [result.score for result in found] == pytest.approx(wanted, abs=1e-4)
    assert [result.highlight for result in found] == [None, None]


def test_a_classifier_of_several_labels_is_refused(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "model", n_labels=3)

    with pytest.raises(EncoderError, match="3 labels, wanted 1"):
        find_reader(str(folder)).pack(tmp_path / "packed")


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    with pytest.raises(EncoderError, match="CITA_BUILD_READER"):
        find_reader(str(empty)).pack(tmp_path / "packed")


def test_readers_are_told_apart_by_their_weights(tmp_path: Path) -> None:
    named = find_reader(str(cross_encoder(tmp_path / "model")))

    assert named.sha256 != find_reader(SHIPPED).sha256
    assert named.sha256 == find_reader(str(tmp_path / "model")).sha256


def test_another_network_makes_another_reader_of_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = find_reader(SHIPPED).sha256
    changed = tmp_path / "network.py"
    network = named_reader._NETWORK_PATH.read_text(encoding="utf-8")
    changed.write_text(network.replace("_MASKED = -1e4", "_MASKED = -1e3"), encoding="utf-8")
    monkeypatch.setattr(named_reader, "_NETWORK_PATH", changed)

    assert find_reader(SHIPPED).sha256 != shipped
