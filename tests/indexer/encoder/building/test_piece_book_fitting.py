"""The book that ships is one that its script makes."""

import json
from pathlib import Path

import numpy as np
from safetensors import safe_open

from indexer.encoder.building.piece_book import BOOK_PATH
from indexer.encoder.building.piece_book_fitting import fit, main
from indexer.store.piece_code import ProductCode
from tests.conftest import HOUSING, TRANSPORT


def test_typical_parts_are_where_vectors_lie() -> None:
    random = np.random.default_rng(5)
    drawn = random.standard_normal((3000, 32)) * np.linspace(2, 0.1, 32)
    vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    fitted = ProductCode(fit(vectors))
    by_chance = ProductCode((random.standard_normal((16, 256, 2)).astype(np.float32),))

    kept, worse = (code.decode(code.encode(vectors)) for code in (fitted, by_chance))

    assert (kept * vectors).sum(axis=1).mean() > 0.98
    assert (worse * vectors).sum(axis=1).mean() < 0.95


def test_what_is_fitted_belongs_to_the_encoder_that_the_shipped_one_belongs_to(
    tmp_path: Path,
) -> None:
    texts = tmp_path / "corpus.jsonl"
    texts.write_text("".join(f"{json.dumps({'text': text})}\n" for text in (HOUSING, TRANSPORT)))

    main(["--texts", str(texts), "--out", str(tmp_path / "new.safetensors")])

    with (
        safe_open(tmp_path / "new.safetensors", framework="numpy") as made,
        safe_open(BOOK_PATH, framework="numpy") as shipped,
    ):
        assert made.metadata() == shipped.metadata()
        for name, shape in (("parts", (32, 256, 4)), ("rest", (16, 256, 8))):
            assert made.get_tensor(name).shape == shipped.get_tensor(name).shape == shape
            assert made.get_tensor(name).dtype == shipped.get_tensor(name).dtype
