"""Other systems beside Cita: the same passages, the same encoder, the same questions, one run.

index ─▶ passages.jsonl ─┐
question file ───────────┴─▶ peers/NAME_peer.py in its environment ─▶ out.json ─▶ judged as Cita is

Each system is asked in a process of its own, Cita too; nothing goes over a network.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from eval.errors import MeasurementError
from eval.measures import quote_measures as measures
from eval.measures.question_judging import gold_rank
from eval.records import JudgedQuestion, RankedPassage, RunRow
from eval.speed.latency import percentile
from indexer.segmentation.passages import embedded_text
from indexer.store.generations import open_index
from indexer.store.protocol import StoredIndex

PEERS = {
    "faiss": "common",
    "txtai": "common",
    "haystack": "common",
    "llama_index": "common",
    "verbatim_rag": "verbatim_rag",
}
"""Environment of each script, by the script's name less ``_peer.py``."""

_SCRIPTS = Path(__file__).parent / "peers"
_ROOT = Path(__file__).parents[2]
_FIRST = 5


@dataclass(frozen=True, slots=True)
class PeerResult:
    """What one system did.

    Attributes:
        name: Of the system.
        versions: Of its libraries.
        build_s: Seconds from passages to an index that can be asked, model loaded before.
        build_cpu_s: CPU time of that; for Cita, whose index was built before, ``None``.
        peak_mb: Largest resident memory of its process when all was asked, in MiB.
        search_p50_ms: Median of ranking passages for one question.
        search_cpu_ms: Median of the CPU time of that, of all threads.
        answer_p50_ms: Median of answering one question with sentences; ``None``: it has no way to.
        answer_cpu_ms: Median of the CPU time of that, likewise.
        searches_per_second: From eight threads.
        judged: What its rankings and quotes are worth.
    """

    name: str
    versions: Mapping[str, str]
    build_s: float
    build_cpu_s: float | None
    peak_mb: float
    search_p50_ms: float
    search_cpu_ms: float
    answer_p50_ms: float | None
    answer_cpu_ms: float | None
    searches_per_second: float
    judged: "Worth"


@dataclass(frozen=True, slots=True)
class Worth:
    """What rankings and quotes are worth, over the answerable questions.

    Attributes:
        recall_at_5: Share of the questions whose gold is among the first five passages.
        first: Share of them whose first quote holds an answer string or most of a gold quote;
            ``None`` where nothing is quoted.
        answer: Share of the answer strings that stand in the quotes, likewise.
    """

    recall_at_5: float
    first: float | None
    answer: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a system gave back: the fields of a peer's ``out.json``, see ``peers/harness.py``.

    Attributes:
        versions: Of its libraries.
        build_s: As in `PeerResult`.
        build_cpu_s: As in `PeerResult`.
        build_mb: Largest resident memory when the index was there, in MiB.
        peak_mb: As in `PeerResult`.
        search_ms: Milliseconds of each search.
        search_cpu_ms: Those of CPU.
        answer_ms: Milliseconds of each answer.
        answer_cpu_ms: Those of CPU.
        searches_per_second: As in `PeerResult`.
        rankings: Ids of passages, best first, question by question.
        answers: Quotes, best first, question by question.
    """

    versions: Mapping[str, str]
    build_s: float
    build_cpu_s: float | None
    build_mb: float
    peak_mb: float
    search_ms: Sequence[float]
    search_cpu_ms: Sequence[float]
    answer_ms: Sequence[float]
    answer_cpu_ms: Sequence[float]
    searches_per_second: float
    rankings: Sequence[Sequence[str]]
    answers: Sequence[Sequence[str]]


def environments(folder: Path) -> dict[str, Path]:
    """Return the interpreter of each peer, where ``peers/install.sh`` put it."""
    return {name: folder / place / "bin" / "python" for name, place in PEERS.items()}


def compare_peers(
    index_dir: Path,
    questions: Sequence[JudgedQuestion],
    pythons: Mapping[str, Path],
    folder: Path,
    environ: Mapping[str, str],
) -> tuple[PeerResult, ...]:
    """Measure Cita and the peers on the passages of an index.

    Args:
        index_dir: Its folder; built by Cita in this run or before.
        questions: In English, judged.
        pythons: Interpreter of the environment of each peer.
        folder: Where files that go to and fro are put.
        environ: Whole environment of the peers.

    Raises:
        MeasurementError: A peer fails; its own words went to standard error.
    """
    index = open_index(index_dir)
    texts = _write_passages(index, folder / "passages.jsonl")
    asked = folder / "questions.json"
    asked.write_text(json.dumps([question.text for question in questions]), encoding="utf-8")
    stages = dict(index.manifest.took_s)
    built_s = stages["embed"] + stages["write"] + stages["pack"]
    own = {**environ, "CITA_INDEX": str(index_dir), "PYTHONPATH": str(_ROOT)}
    opened = _run("cita", Path(sys.executable), folder, own)
    measured = {"cita": replace(opened, build_s=built_s, build_cpu_s=None)}
    for name, python in pythons.items():
        measured[name] = _run(name, python, folder, {**environ, "HF_HUB_OFFLINE": "1"})
    return tuple(_peer_result(name, each, questions, texts) for name, each in measured.items())


def _run(name: str, python: Path, folder: Path, environ: Mapping[str, str]) -> Measured:
    """Run a peer's script and return what it wrote."""
    script, out = _SCRIPTS / f"{name}_peer.py", folder / f"{name}.json"
    done = subprocess.run(  # noqa: S603 - our own script
        [python, script, folder / "passages.jsonl", folder / "questions.json", out],
        env=dict(environ),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise MeasurementError(f"{script.name} ended with {done.returncode}; its words stand above")
    content: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return Measured(**content)


def _write_passages(index: StoredIndex, path: Path) -> dict[str, str]:
    """Write what peers index into ``path``; return the text of each passage by its id."""
    texts: dict[str, str] = {}
    with path.open("w", encoding="utf-8") as file:
        for entry in index.documents:
            document, sentences = index.document(entry.doc_id), index.sentences(entry)
            for row in range(entry.first_passage, entry.first_passage + entry.n_passages):
                passage = index.passage(row)
                text = passage.span.of(document.text)
                texts[passage.passage_id] = text
                own = sentences[passage.first_sentence : passage.last_sentence + 1]
                row_texts = {
                    "passage_id": passage.passage_id,
                    "text": text,
                    "embedded": embedded_text(passage, text),
                    "sentences": [sentence.span.of(document.text) for sentence in own],
                }
                file.write(json.dumps(row_texts) + "\n")
    return texts


def _peer_result(
    name: str,
    measured: Measured,
    questions: Sequence[JudgedQuestion],
    texts: Mapping[str, str],
) -> PeerResult:
    answers = measured.answers if any(measured.answers) else None
    judged = judge(measured.rankings, answers, questions, texts)
    return PeerResult(
        name=name,
        versions=measured.versions,
        build_s=round(measured.build_s, 2),
        build_cpu_s=None if measured.build_cpu_s is None else round(measured.build_cpu_s, 2),
        peak_mb=round(measured.peak_mb, 1),
        search_p50_ms=_median(measured.search_ms),
        search_cpu_ms=_median(measured.search_cpu_ms),
        answer_p50_ms=_median(measured.answer_ms) if answers else None,
        answer_cpu_ms=_median(measured.answer_cpu_ms) if answers else None,
        searches_per_second=round(measured.searches_per_second, 2),
        judged=judged,
    )


def _median(took_ms: Sequence[float]) -> float:
    return round(percentile(sorted(took_ms), 0.5), 2)


def judge(
    rankings: Sequence[Sequence[str]],
    answers: Sequence[Sequence[str]] | None,
    questions: Sequence[JudgedQuestion],
    texts: Mapping[str, str],
) -> Worth:
    """Return what a system's rankings and quotes are worth.

    Args:
        rankings: Ids of passages, best first, question by question.
        answers: Quotes, best first, question by question; ``None``: the system quotes nothing.
        questions: Judged.
        texts: Of the passages, by id.
    """
    recalls, firsts, shares = [], [], []
    for at, question in enumerate(questions):
        if not question.is_answerable:
            continue
        rank = gold_rank(question, _row(question, rankings[at], texts))
        recalls.append(float(rank is not None and rank <= _FIRST))
        if answers is not None:
            firsts.append(float(any(helps(question, quote) for quote in answers[at][:1])))
            shares.append(measures.answer_share(answers[at], question.answer_strings) or 0.0)
    return Worth(
        recall_at_5=round(mean(recalls), 3),
        first=round(mean(firsts), 3) if firsts else None,
        answer=round(mean(shares), 3) if shares else None,
    )


def helps(question: JudgedQuestion, quote: str) -> bool:
    """Tell whether a quote holds one of the answer strings, or most of a gold quote."""
    return any(measures.holds_all([quote], [string]) for string in question.answer_strings) or any(
        gold.quote is not None and measures.covers(quote, gold.quote) for gold in question.gold
    )


def _row(question: JudgedQuestion, ranking: Sequence[str], texts: Mapping[str, str]) -> RunRow:
    passages = tuple(
        RankedPassage(
            rank=rank, passage_id=name, score=0.0, doc="", start=0, end=1, page=None,
            text=texts[name],
        )
        for rank, name in enumerate(ranking, start=1)
    )  # fmt: skip
    return RunRow(
        qid=question.qid,
        question=question.text,
        lang=question.language,
        confidence=0.0,
        answered=True,
        refusal_code=None,
        took_ms=0.0,
        passages=passages,
        quotes=(),
    )
