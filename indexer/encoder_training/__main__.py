"""Trains the encoder's adapter: ``python -m indexer.encoder_training --papers FILE``.

Four contrastive losses, each the cross-entropy of what answers a question against all else of the
step: its passage by cosine and by late interaction, its sentence by cosine and by late interaction.
These are the views that search and choose sentences (docs/decisions.md, D3, D17).

Source:
    Hu et al. (2022), arXiv:2106.09685 (low rank); Gao et al. (2021), arXiv:2101.06983 (vectors
    first, then the gradients of each part alone); Wortsman et al. (2022), arXiv:2109.01903 (half
    way between the weights before and after).
"""

import argparse
import logging
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from indexer.encoder.building.adapter import (
    DOWN,
    ENCODER_SHA256,
    UP,
    WEIGHTS_PATH,
    adapted_layers,
)
from indexer.encoder.building.text_encoder import (
    PACKAGED,
    Encoder,
    hash_model,
    load_unadapted,
    model_folder,
)
from indexer.encoder_training.lessons import Lesson, Lessons
from indexer.reader.building.policy_data import PolicyPapers, load_policy_questions

_LOG = logging.getLogger(__name__)

_MAX_PIECES, _MAX_SENTENCE_PIECES = 192, 64
_TEXTS_AT_ONCE = 8
"""Texts that a thread reads at once, sorted by length, to spend less on padding."""

_N_WORKERS = 2
_LEAST_RARITY = 0.05
_LOGGED_EVERY = 20


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hyperparameters of a run.

    Attributes:
        seed: Of the lessons and their order.
        rank: Of what is added to a weight.
        passes: Times that each question comes.
        batch: Questions a step.
        rate: Largest learning rate.
        warm_up: Share of the steps in which it grows; then it falls linearly to 0.
        temperature: Cosines are divided by it.
        sentence_weight: Weight of the two losses of sentences.
        words: Words of a passage, see `Lessons`.
        kept: Share of what was learnt that ships: half way between the weights before and after,
            all sets gain (docs/decisions.md, D40).
    """

    seed: int = 7
    rank: int = 16
    passes: int = 2
    batch: int = 24
    rate: float = 5e-4
    warm_up: float = 0.1
    temperature: float = 0.05
    sentence_weight: float = 0.5
    words: int = 90
    kept: float = 0.5


class LowRank(nn.Module):
    """A layer that is kept, and a product of two small matrices beside it that learns."""

    scale = 0.5
    """What the product counts: to learn at a larger rate, and lean on the layer more."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        """Start with a product of zero."""
        super().__init__()
        self.layer = layer
        spread = layer.in_features**-0.5
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) * spread)
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the layer's outputs and the product's."""
        outputs: Tensor = self.layer(inputs) + self.scale * (inputs @ self.down.T @ self.up.T)
        return outputs


@dataclass(frozen=True, slots=True)
class Vectors:
    """Texts as the encoder sees them.

    Attributes:
        ids: Word-pieces, ``(n, length)``.
        pooled: Of norm 1, ``(n, width)``.
        pieces: Of norm 1, ``(n, length, width)``.
        is_piece: 0 at padding and special pieces, ``(n, length)``.
    """

    ids: Tensor
    pooled: Tensor
    pieces: Tensor
    is_piece: Tensor


@dataclass(slots=True)
class Network:
    """The encoder's layers with what learns beside them.

    Attributes:
        bert: The layers.
        tokenizer: Of the encoder.
        parts: States of the step so far, each with its graphs: they wait for their gradients.
    """

    bert: Any
    tokenizer: Any
    parts: list[tuple[Tensor, list[tuple[Tensor, Tensor]]]] = field(default_factory=list)

    def read(self, texts: Sequence[str], *, max_pieces: int, pool: ThreadPoolExecutor) -> Vectors:
        """Return the vectors of ``texts``; `learn` carries gradients on from there."""
        encoded = self.tokenizer(
            list(texts), padding=True, truncation=True, max_length=max_pieces, return_tensors="pt"
        )
        ids, mask = encoded["input_ids"], encoded["attention_mask"]
        lengths = mask.sum(1)
        order = torch.argsort(lengths, descending=True)

        def states(first: int) -> tuple[Tensor, Tensor]:
            torch.set_num_threads(1)
            rows = order[first : first + _TEXTS_AT_ONCE]
            length = int(lengths[rows].max())
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = self.bert(input_ids=ids[rows, :length], attention_mask=mask[rows, :length])
            return rows, out.last_hidden_state.float()

        graphs = list(pool.map(states, range(0, len(texts), _TEXTS_AT_ONCE)))
        whole = torch.zeros(*ids.shape, graphs[0][1].shape[-1])
        for rows, part in graphs:
            whole[rows, : part.shape[1]] = part.detach()
        whole.requires_grad_(True)  # noqa: FBT003
        self.parts.append((whole, graphs))
        is_text = mask.float()
        pooled = (whole * is_text[..., None]).sum(1) / is_text.sum(1, keepdim=True)
        is_piece = is_text.clone()
        is_piece[:, 0] = 0
        is_piece[torch.arange(len(ids)), lengths - 1] = 0
        normalize = functional.normalize
        return Vectors(ids, normalize(pooled, dim=-1), normalize(whole, dim=-1), is_piece)

    def learn(self, loss: Tensor, pool: ThreadPoolExecutor) -> None:
        """Carry the gradients of ``loss`` back through all that was read."""
        loss.backward()  # type: ignore[no-untyped-call]

        def carry(job: tuple[Tensor, Tensor]) -> None:
            torch.set_num_threads(1)
            job[0].backward(job[1])  # type: ignore[no-untyped-call]

        jobs = []
        for whole, graphs in self.parts:
            assert whole.grad is not None  # noqa: S101  (every state is in the loss)
            jobs += [(part, whole.grad[rows, : part.shape[1]]) for rows, part in graphs]
        list(pool.map(carry, jobs))
        self.parts.clear()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, required=True, help="corpus.jsonl of the papers")
    parser.add_argument("--out", type=Path, default=WEIGHTS_PATH, help="by default what ships")
    parser.add_argument("--passes", type=int, default=Recipe().passes)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    recipe = Recipe(passes=options.passes)
    papers = PolicyPapers(options.papers)
    encoder = Encoder(PACKAGED, precision="auto", is_adapted=False)
    lessons = Lessons(load_policy_questions(), papers, encoder, split="train", words=recipe.words)
    save_adapter(train(lessons, recipe), options.out, kept=recipe.kept)


def train(lessons: Lessons, recipe: Recipe) -> dict[str, Tensor]:
    """Return an adapter trained on ``lessons``, as `merge_adapter` takes it."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311
    model = load_unadapted(model_folder(PACKAGED), precision="fp32")
    network = Network(model[0].auto_model, model.tokenizer)
    learning = _with_low_rank(network.bert, recipe.rank)
    weights = [weight for part in learning.values() for weight in (part.down, part.up)]
    rarities = _rarities(lessons, network.tokenizer)
    steps = [batch for _ in range(recipe.passes) for batch in _batches(lessons, recipe.batch, rng)]
    optimiser = torch.optim.AdamW(weights, lr=recipe.rate, weight_decay=0.01)
    warm = max(1, round(len(steps) * recipe.warm_up))
    total = 0.0
    with ThreadPoolExecutor(_N_WORKERS) as pool:
        for number, batch in enumerate(steps, 1):
            left = (len(steps) + 1 - number) / (len(steps) - warm + 1)
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * min(number / warm, left)
            optimiser.zero_grad()
            loss = _loss(batch, network, rarities, recipe, pool)
            network.learn(loss, pool)
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            total += float(loss.detach())
            if number % _LOGGED_EVERY == 0:
                _LOG.info("step %d of %d, loss %.3f", number, len(steps), total / _LOGGED_EVERY)
                total = 0.0
    return {
        f"{name}{end}": weight.detach()
        for name, part in learning.items()
        for end, weight in ((DOWN, part.down), (UP, part.scale * part.up))
    }


def save_adapter(adapter: dict[str, Tensor], path: Path, *, kept: float) -> None:
    """Write a share of an adapter in half precision, with the hash of its encoder.

    Args:
        adapter: What `train` returns.
        path: Where to.
        kept: Share of the product of both arrays that counts, in [0, 1].
    """
    part = kept**0.5
    halves = {name: (part * weight).half().contiguous() for name, weight in adapter.items()}
    save_file(halves, path, metadata={ENCODER_SHA256: hash_model(model_folder(PACKAGED))})


def _with_low_rank(bert: Any, rank: int) -> dict[str, LowRank]:
    """Freeze ``bert`` and put what learns beside its layers."""
    for weight in bert.parameters():
        weight.requires_grad = False
    learning = {}
    for name, layer in list(adapted_layers(bert)):
        learning[name] = LowRank(layer, rank)
        parent, _, last = name.rpartition(".")
        setattr(bert.get_submodule(parent), last, learning[name])
    bert.train()
    return learning


def _batches(lessons: Lessons, size: int, rng: random.Random) -> list[list[Lesson]]:
    questions = list(lessons.questions)
    rng.shuffle(questions)
    drawn = [lessons.draw(question, rng) for question in questions]
    return [drawn[at : at + size] for at in range(0, len(drawn) - size // 2, size)]


def _loss(
    batch: Sequence[Lesson],
    network: Network,
    rarities: Tensor,
    recipe: Recipe,
    pool: ThreadPoolExecutor,
) -> Tensor:
    near = [lesson.near for lesson in batch if lesson.near is not None]
    others = [text for lesson in batch for text in lesson.others]
    asked = network.read([x.question for x in batch], max_pieces=_MAX_PIECES, pool=pool)
    passages = [*(x.passage for x in batch), *near]
    sentences = [*(x.evidence for x in batch), *others]
    read = network.read(passages, max_pieces=_MAX_PIECES, pool=pool)
    read_sentences = network.read(sentences, max_pieces=_MAX_SENTENCE_PIECES, pool=pool)
    target = torch.arange(len(batch))
    total = torch.zeros(())
    for texts, vectors, weight in (
        (passages, read, 1.0),
        (sentences, read_sentences, recipe.sentence_weight),
    ):
        also = _also_answering(batch, texts)
        for scores in (
            asked.pooled @ vectors.pooled.T,
            late_interaction(asked, vectors, rarities),
        ):
            loss = functional.cross_entropy(scores / recipe.temperature + also, target)
            total = total + weight * loss
    return total


def late_interaction(asked: Vectors, texts: Vectors, rarities: Tensor) -> Tensor:
    """Return how well texts match questions, word-piece by word-piece, ``(n_asked, n_texts)``."""
    weights = rarities[asked.ids] * asked.is_piece
    weights = weights / weights.sum(1, keepdim=True)
    cosines = torch.einsum("qid,pjd->qpij", asked.pieces, texts.pieces)
    cosines = cosines.masked_fill(texts.is_piece[None, :, None, :] == 0, -1)
    return (cosines.max(-1).values * weights[:, None, :]).sum(-1)


def _also_answering(batch: Sequence[Lesson], texts: Sequence[str]) -> Tensor:
    """Return -1e4 where a text other than a question's own holds what answers it, else 0."""
    rows = [
        [at != own and lesson.evidence in text for at, text in enumerate(texts)]
        for own, lesson in enumerate(batch)
    ]
    return torch.tensor(rows).float() * -1e4


def _rarities(lessons: Lessons, tokenizer: Any) -> Tensor:
    """Return a weight of each word-piece in [0.05, 1]: its inverse document frequency."""
    texts = lessons.passage_texts()
    counts = np.zeros(len(tokenizer))
    for ids in tokenizer(texts, truncation=True, max_length=256)["input_ids"]:
        counts[list(set(ids))] += 1
    rarity = np.log(len(texts) / (1 + counts)) / np.log(len(texts))
    return torch.from_numpy(np.maximum(rarity, _LEAST_RARITY)).float()


if __name__ == "__main__":
    main()
