"""Trains the reader: ``python -m indexer.reader.building.train --data FOLDER --out FOLDER``.

Loss of a group: the cross-entropy of its sentences' scores and of a null with fixed score 0. The
target is the sentence that answers, or the null where none does. For the sentence that answers,
half the cross-entropy of the answer's ends is added. A run resumes at its last checkpoint.
"""

import argparse
import json
import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from indexer.encoder.building.text_encoder import PACKAGED, model_folder
from indexer.reader.building.lessons import Lessons, lesson_groups
from indexer.reader.building.network import (
    Reader,
    as_tensors,
    load_base,
    load_reader,
    save_weights,
)
from indexer.reader.building.training_data import Group, file_hashes
from indexer.reader.sentence_reader import (
    PieceRow,
    best_span,
    load_tokenizer,
    pair_pieces,
    pieces_before,
    special_pieces,
)

_LOG = logging.getLogger(__name__)
_N_WORKERS = 2
"""Threads, each with its own part of a step: on shared cores they wait for each other once a step,
not once an operation (half the time per step on a busy machine)."""

_ROWS_AT_ONCE = 24
"""Rows of a step are sorted by length and read in parts of this size, to spend less on padding."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hyperparameters of a run.

    Attributes:
        seed: Of the groups, their order and the heads.
        groups: Questions drawn for a pass.
        passes: Times that questions are drawn; each step reads new groups.
        negatives: Sentences that do not answer, in each group, at most.
        batch: Groups a step.
        rate: Largest learning rate.
        warm_up: Share of the steps in which it grows; then it falls linearly to 0.
        span_weight: Weight of the answer's ends in the loss.
        kept: Share of the way from the weights at the start to the trained ones that is gone in
            the end, in ]0, 1]. What is learnt of one kind of text costs others less so.

    Source of the last: Wortsman et al. (2022), Robust fine-tuning of zero-shot models,
    arXiv:2109.01903.
    """

    seed: int = 5
    groups: int = 15_000
    passes: int = 2
    negatives: int = 5
    batch: int = 12
    rate: float = 2e-4
    warm_up: float = 0.06
    span_weight: float = 0.5
    kept: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A group as word-pieces.

    Attributes:
        rows: One for each sentence.
        answer: Position of the one that answers; ``None`` if none does.
        first: Position of the answer's first piece in that row; -1 if it was cut off.
        last: Position of its last piece, likewise.
    """

    rows: tuple[PieceRow, ...]
    answer: int | None
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of the reader on held-out questions; each in [0, 1].

    Attributes:
        sentence_accuracy: Answerable questions whose answering sentence scores best.
        null_auroc: Chance that an answerable question's best score is above an unanswerable one's.
        span_f1: Mean overlap of word-pieces, marked and accepted, in the answering sentence.
        questions: How many, of both kinds.
    """

    sentence_accuracy: float
    null_auroc: float
    span_f1: float
    questions: int


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--papers", type=Path, help="file of policy papers: trains on them, too")
    parser.add_argument("--start", type=Path, help="weights to go on from; default: the base's")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and weights")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--groups", type=int, default=Recipe().groups)
    parser.add_argument("--passes", type=int, default=Recipe().passes)
    parser.add_argument("--negatives", type=int, default=Recipe().negatives)
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--kept", type=float, default=Recipe().kept)
    parser.add_argument("--minutes-between-checkpoints", type=float, default=4.0)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.out.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(
        seed=options.seed,
        groups=options.groups,
        passes=options.passes,
        negatives=options.negatives,
        rate=options.rate,
        kept=options.kept,
    )
    lessons = Lessons(options.data, options.papers, options.start)
    run(recipe, lessons, options.out, checkpoint_s=60 * options.minutes_between_checkpoints)


def run(recipe: Recipe, lessons: Lessons, out: Path, *, checkpoint_s: float) -> Measures:
    """Train, or go on from the checkpoint in ``out``; write the weights and figures there."""
    base = model_folder(PACKAGED)
    tokenizer = load_tokenizer(base / "tokenizer.json")
    groups, measured = lesson_groups(
        lessons,
        n_groups=recipe.groups,
        n_negatives=recipe.negatives,
        n_passes=recipe.passes,
        seed=recipe.seed,
    )
    examples = to_examples(groups, tokenizer)
    _LOG.info("%d groups, %d rows", len(examples), sum(len(example.rows) for example in examples))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(recipe.seed)
    reader = load_base(base) if lessons.start is None else load_reader(base, lessons.start)
    reader.to(device).train()
    start = {name: weight.detach().clone() for name, weight in reader.trained().items()}
    train(reader, examples, recipe, checkpoint=out / "checkpoint.pt", checkpoint_s=checkpoint_s)
    keep_share(reader, start, recipe.kept)
    save_weights(reader, out / "weights.safetensors", base=base)
    measures = measure(reader, to_examples(measured, tokenizer))
    record = {
        "recipe": asdict(recipe),
        "data": file_hashes(lessons.data),
        "figures": asdict(measures),
    }
    (out / "figures.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    _LOG.info("%s", measures)
    return measures


def keep_share(reader: Reader, start: Mapping[str, Tensor], kept: float) -> None:
    """Take ``reader`` back to a share of the way from the weights ``start`` to its own."""
    with torch.no_grad():
        for name, weight in reader.trained().items():
            weight.lerp_(start[name], 1 - kept)


def to_examples(groups: Sequence[Group], tokenizer: Tokenizer) -> list[Example]:
    """Return ``groups`` as word-pieces."""
    special = special_pieces(tokenizer)
    return [_example(group, tokenizer, special) for group in groups]


def train(
    reader: Reader,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    checkpoint: Path,
    checkpoint_s: float,
) -> None:
    """Train ``reader`` in place, from ``checkpoint`` on where there is one."""
    weights = list(reader.trained().values())
    optimizer = torch.optim.AdamW(weights, lr=recipe.rate, weight_decay=0.01, fused=True)
    done = _resume(checkpoint, reader, optimizer)
    n_steps = len(examples) // recipe.batch
    saved = began = time.monotonic()
    losses: list[float] = []
    workers = ThreadPoolExecutor(_N_WORKERS, initializer=torch.set_num_threads, initargs=(1,))
    for step in range(done, n_steps):
        batch = examples[step * recipe.batch : (step + 1) * recipe.batch]
        for settings in optimizer.param_groups:
            settings["lr"] = recipe.rate * _rate_share(step, n_steps, recipe.warm_up)
        parts = [batch[worker::_N_WORKERS] for worker in range(_N_WORKERS)]
        results = list(workers.map(partial(_loss_and_gradients, reader, recipe), parts))
        for weight, *gradients in zip(
            weights, *(part_gradients for _, part_gradients in results), strict=True
        ):
            weight.grad = torch.stack(gradients).mean(0)
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        losses.append(sum(loss for loss, _ in results) / len(results))
        if (step + 1) % 25 == 0:
            pace = (time.monotonic() - began) / (step + 1 - done)
            _LOG.info("step %d/%d loss %.4f, %.2f s a step", step + 1, n_steps,
                      sum(losses[-50:]) / len(losses[-50:]), pace)  # fmt: skip
        if time.monotonic() - saved > checkpoint_s:
            _save(checkpoint, reader, optimizer, step + 1)
            saved = time.monotonic()


def _loss_and_gradients(
    reader: Reader, recipe: Recipe, part: Sequence[Example]
) -> tuple[float, tuple[Tensor, ...]]:
    """Return the loss of a part of a batch and its gradients."""
    loss = batch_loss(reader, part, span_weight=recipe.span_weight)
    return float(loss.detach()), torch.autograd.grad(
        loss,
        list(reader.trained().values()),
        materialize_grads=True,  # no answer: no ends
    )


def batch_loss(reader: Reader, batch: Sequence[Example], *, span_weight: float) -> Tensor:
    """Return the mean loss of the groups of ``batch``."""
    rows = [row for example in batch for row in example.rows]
    device = reader.words.weight.device
    scores, starts, ends = _outputs(reader, rows, device)
    losses, spans = [], []
    at = 0
    for example in batch:
        group_scores = torch.cat([scores.new_zeros(1), scores[at : at + len(example.rows)]])
        target = 0 if example.answer is None else example.answer + 1
        losses.append(group_scores.logsumexp(0) - group_scores[target])
        if example.answer is not None and example.first >= 0:
            row = at + example.answer
            spans.append(starts[row].logsumexp(0) - starts[row][example.first])
            spans.append(ends[row].logsumexp(0) - ends[row][example.last])
        at += len(example.rows)
    loss = torch.stack(losses).mean()
    return loss + span_weight * torch.stack(spans).mean() if spans else loss


def measure(reader: Reader, examples: Sequence[Example]) -> Measures:
    """Return how ``reader`` does on ``examples``."""
    right, overlaps, best = [], [], {True: [0.0] * 0, False: [0.0] * 0}
    reader.eval()
    device = reader.words.weight.device
    for example in examples:
        with torch.inference_mode():
            scores, starts, ends = _outputs(reader, list(example.rows), device)
        best[example.answer is not None].append(float(scores.max()))
        if example.answer is None:
            continue
        right.append(int(scores.argmax()) == example.answer)
        if example.first >= 0:
            row = example.rows[example.answer]
            sentence = slice(row.first, row.first + sum(row.types))
            first, last = best_span(
                _array(starts[example.answer][sentence]), _array(ends[example.answer][sentence])
            )
            answer = (example.first - row.first, example.last - row.first)
            overlaps.append(_f1((first, last), answer))
    return Measures(
        sentence_accuracy=float(np.mean(right)),
        null_auroc=_auroc(best[True], best[False]),
        span_f1=float(np.mean(overlaps)),
        questions=len(examples),
    )


def _example(group: Group, tokenizer: Tokenizer, special: tuple[int, int]) -> Example:
    question = tokenizer.encode(group.question, add_special_tokens=False).ids
    texts = tokenizer.encode_batch([item.text for item in group.items], add_special_tokens=False)
    before = pieces_before(tokenizer, group.items)
    rows = tuple(
        pair_pieces(question, pieces, text.ids, special=special)
        for pieces, text in zip(before, texts, strict=True)
    )
    if group.answer is None or group.span is None:
        return Example(rows, group.answer)
    row, span = rows[group.answer], group.span
    covered = [
        at
        for at, (start, end) in enumerate(texts[group.answer].offsets[: sum(row.types)])
        if start < span.end and end > span.start
    ]
    if not covered:
        return Example(rows, group.answer)
    return Example(rows, group.answer, row.first + covered[0], row.first + covered[-1])


def _outputs(
    reader: Reader, rows: Sequence[PieceRow], device: torch.device
) -> tuple[Tensor, list[Tensor], list[Tensor]]:
    """Return scores ``(n_rows,)`` and each row's start and end logits, padding at their end."""
    by_length = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
    scores, starts, ends = [], [], []
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        part = [rows[at] for at in by_length[first : first + _ROWS_AT_ONCE]]
        with torch.autocast(device.type, dtype=torch.bfloat16):
            score, start, end = reader(*as_tensors(part, device))
        scores.append(score)
        starts += list(start.unbind(0))
        ends += list(end.unbind(0))
    place = {at: position for position, at in enumerate(by_length)}
    back = [place[at] for at in range(len(rows))]
    return torch.cat(scores)[back], [starts[at] for at in back], [ends[at] for at in back]


def _rate_share(step: int, n_steps: int, warm_up: float) -> float:
    """Return the share of the learning rate at ``step``."""
    warm = max(1, int(warm_up * n_steps))
    return min((step + 1) / warm, (n_steps - step) / (n_steps - warm))


def _resume(path: Path, reader: Reader, optimizer: torch.optim.Optimizer) -> int:
    """Load the checkpoint, if there is one; return the steps already done."""
    if not path.exists():
        return 0
    state = torch.load(path, map_location=reader.words.weight.device, weights_only=True)
    reader.load_state_dict(state["weights"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _save(path: Path, reader: Reader, optimizer: torch.optim.Optimizer, step: int) -> None:
    weights = {name: weight.detach() for name, weight in reader.trained().items()}
    state = {"weights": weights, "optimizer": optimizer.state_dict(), "step": step}
    aside = path.with_suffix(".tmp")
    torch.save(state, aside)
    aside.replace(path)  # whole or not there
    _LOG.info("checkpoint at step %d", step)


def _array(logits: Tensor) -> NDArray[np.float32]:
    array: NDArray[np.float32] = logits.cpu().numpy()
    return array


def _f1(marked: tuple[int, int], answer: tuple[int, int]) -> float:
    shared = min(marked[1], answer[1]) - max(marked[0], answer[0]) + 1
    total = (marked[1] - marked[0] + 1) + (answer[1] - answer[0] + 1)
    return 2 * max(0, shared) / total


def _auroc(above: Sequence[float], below: Sequence[float]) -> float:
    """Return the chance that one of ``above`` is larger, ties counting half; 0.5 without either."""
    if not above or not below:
        return 0.5
    gaps = np.asarray(above)[:, None] - np.asarray(below)[None, :]
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean())


if __name__ == "__main__":
    main()
