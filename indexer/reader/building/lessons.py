"""What the reader learns from: public data sets, and our own questions on policy papers."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.reader.building.policy_data import (
    PolicyPapers,
    PolicyQuestion,
    Split,
    load_policy_questions,
    policy_groups,
)
from indexer.reader.building.training_data import (
    Group,
    held_out,
    measuring_groups,
    miners,
    read_data_sets,
    training_groups,
)

_HELD_OUT = {
    "squad2-dev-10-articles": 400,
    "squadshifts-new-wiki": 300,
    "squadshifts-reddit": 150,
    "squadshifts-amazon-reviews": 150,
}
_N_READ = 11
"""Sentences beside the answering one when policy questions are measured, as the service reads."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a run learns from.

    Attributes:
        data: Folder of data sets of questions and answers.
        papers: File of the policy papers that our own questions are about, or ``None`` without.
        start: Weights to go on from; ``None`` for those of the base.
    """

    data: Path
    papers: Path | None = None
    start: Path | None = None


def lesson_groups(
    lessons: Lessons, *, n_groups: int, n_negatives: int, n_passes: int, seed: int
) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return the groups to train on, pass by pass, and those to measure by.

    With papers, every policy question of the training part comes once a pass beside
    ``n_groups`` others, and those of the validation part are measured.
    """
    data_sets = read_data_sets(lessons.data)
    apart = frozenset(
        article
        for data_set in data_sets
        for article in held_out(data_set, n_questions=_HELD_OUT.get(data_set.name, 100), seed=seed)
    )
    with TemporaryDirectory() as folder:
        mined = miners(data_sets, Path(folder), Encoder(PACKAGED, precision="auto").encode)
        groups = training_groups(
            mined,
            apart,
            n_groups=n_groups,
            n_negatives=n_negatives,
            n_passes=n_passes,
            seed=seed,
        )
        measured = measuring_groups(mined, apart)
    if lessons.papers is None:
        return groups, measured
    papers = PolicyPapers(lessons.papers)
    parts: dict[Split, list[PolicyQuestion]] = defaultdict(list)
    for question in load_policy_questions():
        parts[papers.split(question.document)].append(question)
    rng = random.Random(seed)  # noqa: S311  (sampling, not secrets)
    mixed: list[Group] = []
    for number in range(n_passes):
        own = policy_groups(parts["train"], papers, rng, n_negatives=n_negatives)
        lesson = [*own, *groups[number * n_groups : (number + 1) * n_groups]]
        rng.shuffle(lesson)
        mixed += lesson
    validation = policy_groups(parts["validation"], papers, rng, n_negatives=_N_READ, rough=False)
    return mixed, validation
