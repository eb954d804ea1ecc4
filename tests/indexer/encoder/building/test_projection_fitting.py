"""The projection that ships is one that its script makes."""

import json
from pathlib import Path

import numpy as np
from safetensors import safe_open

from indexer.encoder.building.projection import WEIGHTS_PATH, projected
from indexer.encoder.building.projection_fitting import fit, main
from tests.conftest import HOUSING, TRANSPORT


def test_a_projection_is_on_the_directions_in_which_states_vary_most() -> None:
    random = np.random.default_rng(3)
    states = random.standard_normal((400, 200)).astype(np.float32) * np.linspace(2.0, 0.1, 200)

    projection = fit(states.astype(np.float32))

    assert projection.shape == (200, 128)
    assert np.abs(projection.T @ projection - np.eye(128)).max() < 1e-4
    units = projected(states.astype(np.float32), None)
    by_chance, _ = np.linalg.qr(random.standard_normal((200, 128)))
    assert np.linalg.norm(units @ projection) > np.linalg.norm(units @ by_chance)
    assert np.linalg.norm(units @ projection) ** 2 / len(units) > 0.9


def test_what_is_fitted_belongs_to_the_encoder_that_the_shipped_one_belongs_to(
    tmp_path: Path,
) -> None:
    texts = tmp_path / "corpus.jsonl"
    texts.write_text("".join(f"{json.dumps({'text': text})}\n" for text in (HOUSING, TRANSPORT)))

    main(["--texts", str(texts), "--out", str(tmp_path / "new.safetensors")])

    with (
        safe_open(tmp_path / "new.safetensors", framework="numpy") as made,
        safe_open(WEIGHTS_PATH, framework="numpy") as shipped,
    ):
        assert made.metadata() == shipped.metadata()
        assert made.get_tensor("projection").shape == (384, 128)
        assert made.get_tensor("projection").dtype == shipped.get_tensor("projection").dtype
