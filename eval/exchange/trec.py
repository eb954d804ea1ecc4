"""TREC files: a run and qrels out, for `trec_eval` and `ir_measures`; topics and qrels in."""

from collections.abc import Mapping
from pathlib import Path

import ir_measures

from eval.errors import SetFormatError
from eval.records import GoldSpan, JudgedQuestion

TOPICS, QRELS, RUN = "topics.tsv", "qrels.txt", "run.txt"
_TAG = "cita"


def write_trec(
    folder: Path, run: Mapping[str, Mapping[str, float]], qrels: Mapping[str, Mapping[str, int]]
) -> None:
    """Write ``run.txt`` and ``qrels.txt``.

    Args:
        folder: Made where it is not there.
        run: Score of each retrieved passage, by question; no two of one question are equal.
        qrels: Relevance of each judged passage, by question.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ranked = (
        f"{qid} Q0 {name} {rank} {scores[name]:g} {_TAG}\n"
        for qid, scores in run.items()
        for rank, name in enumerate(sorted(scores, key=lambda name: -scores[name]), start=1)
    )
    judged = (
        f"{qid} 0 {name} {n}\n"
        for qid, judgements in qrels.items()
        for name, n in judgements.items()
    )
    (folder / RUN).write_text("".join(ranked), encoding="utf-8")
    (folder / QRELS).write_text("".join(judged), encoding="utf-8")


def load_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read TREC qrels: relevance by question and passage.

    Raises:
        SetFormatError: It is no such file.
    """
    try:
        rows = list(ir_measures.read_trec_qrels(str(path)))  # type: ignore[no-untyped-call]
    except (ValueError, OSError) as error:
        raise SetFormatError(f"{path} holds no TREC qrels: {error}") from error
    qrels: dict[str, dict[str, int]] = {}
    for row in rows:
        qrels.setdefault(row.query_id, {})[row.doc_id] = row.relevance
    return qrels


def load_trec(folder: Path, *, language: str = "en") -> tuple[JudgedQuestion, ...]:
    """Read ``topics.tsv`` (number, tab, question) and ``qrels.txt``, which name documents.

    Topics without a relevant document are left out: nobody says that they have no answer.

    Args:
        folder: With both files.
        language: Of the topics.

    Raises:
        SetFormatError: A file is missing or in another format.
    """
    qrels = load_qrels(folder / QRELS)
    try:
        lines = (folder / TOPICS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SetFormatError(f"there is no {folder / TOPICS}; the format wants it") from None
    questions = []
    for number, line in enumerate(lines, start=1):
        qid, tab, text = line.partition("\t")
        if not tab or not text.strip():
            raise SetFormatError(f"{folder / TOPICS}:{number}: want a number, a tab and a question")
        relevant = [name for name, grade in qrels.get(qid, {}).items() if grade > 0]
        if relevant:
            gold = tuple(GoldSpan(name, is_alternative=True) for name in relevant)
            questions.append(
                JudgedQuestion(qid, text.strip(), language, is_answerable=True, gold=gold)
            )
    return tuple(questions)
