"""The encoder knows the field's questions: the adapter that ships belongs to it and is merged."""

import numpy as np
import torch
from safetensors import safe_open

from indexer.encoder.building.adapter import (
    DOWN,
    ENCODER_SHA256,
    UP,
    WEIGHTS_PATH,
    adapted_layers,
    adapter_sha256,
)
from indexer.encoder.building.text_encoder import (
    PACKAGED,
    Encoder,
    hash_model,
    load_unadapted,
    model_folder,
)

QUESTIONS = (
    "Who pays when a tenant cannot be found?",
    "We run a small town. How do we get foreign nurses to stay?",
    "Why did the card for street vendors fail?",
    "What stops newcomers from opening a bank account?",
)
ANSWERS = (
    "Where nobody rents the room, the guarantee fund covers three months.",
    "Rural councils kept health workers from abroad by paying for courses and a flat.",
    "Traders did not apply for the permit because it cost a week's earnings.",
    "Without a proof of address they are turned away at the counter.",
)
BESIDE = (
    "Tenants and landlords sign the form together at the office.",
    "Nurses are among the largest groups of migrants in small towns.",
    "The card for street vendors is green and bears a photograph.",
    "Banks have opened branches in districts with many newcomers.",
)


def test_the_adapter_that_ships_belongs_to_the_packaged_encoder() -> None:
    packaged = hash_model(model_folder(PACKAGED))
    with safe_open(WEIGHTS_PATH, framework="numpy") as file:
        names = set(file.keys())
        assert file.metadata()[ENCODER_SHA256] == packaged

    model = load_unadapted(model_folder(PACKAGED), precision="fp32")
    layers = dict(adapted_layers(model))

    assert len(layers) == 36  # six in each of six layers
    assert names == {f"{name}{end}" for name in layers for end in (DOWN, UP)}


def test_no_other_encoder_is_adapted() -> None:
    assert adapter_sha256(hash_model(model_folder(PACKAGED))) is not None
    assert adapter_sha256("0" * 64) is None


def test_what_is_merged_is_the_product_of_both_arrays() -> None:
    plain, own = (Encoder(PACKAGED, precision="fp32", is_adapted=is_on) for is_on in (False, True))
    before, after = (dict(adapted_layers(encoder._model)) for encoder in (plain, own))

    with safe_open(WEIGHTS_PATH, framework="pt") as file:
        for name, layer in before.items():
            product = file.get_tensor(name + UP).float() @ file.get_tensor(name + DOWN).float()
            assert torch.allclose(after[name].weight, layer.weight + product, atol=1e-6)
            assert product.abs().max() > 0
    assert plain.weights_sha256 != own.weights_sha256


def test_what_answers_moves_nearer_to_questions_than_what_has_their_words() -> None:
    def lead(encoder: Encoder) -> np.ndarray:
        asked, answers, beside = map(encoder.encode, (QUESTIONS, ANSWERS, BESIDE))
        lead: np.ndarray = (asked * answers).sum(1) - (asked * beside).sum(1)
        return lead

    plain, own = (Encoder(PACKAGED, precision="fp32", is_adapted=is_on) for is_on in (False, True))

    assert lead(own).mean() > lead(plain).mean()
