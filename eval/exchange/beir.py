"""BEIR folders (``corpus.jsonl``, ``queries.jsonl``, ``qrels/SPLIT.tsv``), in and out.

Also a folder of ``corpus.jsonl`` and ``questions.jsonl`` with answers and offsets, as sets for
extractive question answering are kept here.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.errors import SetFormatError
from eval.exchange.public_sets import PublicDocument, PublicSet, surroundings
from eval.measures.gold import Documents, LocatedGold
from eval.records import GoldSpan, JudgedQuestion, RunRow
from eval.sets.questions import load_questions

_HEADING = ("query-id", "corpus-id", "score")


def load_beir(folder: Path, *, split: str = "test", language: str = "en") -> PublicSet:
    """Read a BEIR folder; gold is whole documents, and queries without any are left out.

    Args:
        folder: With its three files.
        split: Name of the file in ``qrels/``.
        language: Of its queries, which it does not say.

    Raises:
        SetFormatError: A file or a field is missing.

    Source:
        Thakur et al. (2021), BEIR, arXiv:2104.08663.
    """
    corpus = [
        PublicDocument(line["_id"], line.get("title") or "", line["text"])
        for line in _lines(folder / "corpus.jsonl", ("_id", "text"))
    ]
    relevant: dict[str, list[str]] = {}
    for qid, name in _qrels(folder / "qrels" / f"{split}.tsv"):
        relevant.setdefault(qid, []).append(name)
    questions = [
        JudgedQuestion(
            qid=line["_id"],
            text=" ".join(line["text"].split()),
            language=language,
            is_answerable=True,
            gold=tuple(GoldSpan(name, is_alternative=True) for name in relevant[line["_id"]]),
        )
        for line in _lines(folder / "queries.jsonl", ("_id", "text"))
        if line["_id"] in relevant
    ]
    return PublicSet(tuple(corpus), tuple(questions))


def load_folder(folder: Path) -> PublicSet:
    """Read ``corpus.jsonl`` (doc_id, title, text) and ``questions.jsonl`` of a folder.

    Gold with an offset becomes the sentences around it.

    Raises:
        SetFormatError: A file or a field is missing.
        QuestionFormatError: Lines of the question file cannot be read.
    """
    documents = [
        PublicDocument(line["doc_id"], line.get("title") or "", line["text"])
        for line in _lines(folder / "corpus.jsonl", ("doc_id", "text"))
    ]
    texts = {document.name: document.text for document in documents}
    questions = load_questions(folder / "questions.jsonl")
    return PublicSet(
        tuple(documents), tuple(_in_sentences(question, texts) for question in questions)
    )


def _in_sentences(question: JudgedQuestion, texts: Mapping[str, str]) -> JudgedQuestion:
    """Return a question whose gold is whole sentences: a short answer stands in many places."""
    gold = (
        replace(
            gold_span,
            quote=surroundings(texts[gold_span.doc_id], gold_span.start, len(gold_span.quote)),
            start=None,
        )
        if gold_span.quote is not None and gold_span.start is not None and gold_span.doc_id in texts
        else gold_span
        for gold_span in question.gold
    )
    return replace(question, gold=tuple(dict.fromkeys(gold)))


def write_beir(
    folder: Path,
    questions: Sequence[JudgedQuestion],
    gold: Mapping[str, LocatedGold],
    passages: Mapping[str, str],
) -> None:
    """Write a BEIR folder whose corpus is passages.

    Args:
        folder: Made where it is not there.
        questions: Of the set; answerable ones become queries.
        gold: Where the gold of each stands, by ``qid``.
        passages: Text of every passage by id.
    """
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    answerable = [question for question in questions if question.is_answerable]
    _write_lines(
        folder / "corpus.jsonl",
        ({"_id": name, "title": "", "text": text} for name, text in passages.items()),
    )
    _write_lines(
        folder / "queries.jsonl",
        ({"_id": question.qid, "text": question.text} for question in answerable),
    )
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(_HEADING)
        for question in answerable:
            located = gold[question.qid]
            relevant = located.qrels | dict.fromkeys(located.twins, 1)
            writer.writerows(
                (question.qid, name, n) for name, n in relevant.items() if name in passages
            )


def passage_texts(
    doc_ids: Sequence[str], rows: Sequence[RunRow], documents: Documents
) -> dict[str, str]:
    """Return every passage's text by id; over HTTP, of those that were retrieved."""
    texts = {passage.passage_id: passage.text for row in rows for passage in row.passages}
    for doc_id in doc_ids:
        document = documents(doc_id)
        for span in (document.passages or ()) if document else ():
            texts[f"{doc_id}:{span.start}-{span.end}"] = span.of(document.text) if document else ""
    return texts


def _lines(path: Path, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise SetFormatError(f"{path}:{number}: no JSON: {error}") from error
        missing = [field for field in needed if not isinstance(record.get(field), str)]
        if missing:
            raise SetFormatError(f"{path}:{number}: missing field {missing[0]!r}")
        yield record


def _qrels(path: Path) -> Iterator[tuple[str, str]]:
    """Yield query and document of each judgement above 0."""
    rows = csv.reader(_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, start=1):
        if tuple(row) == _HEADING or not row:
            continue
        if len(row) != len(_HEADING) or not row[-1].strip().lstrip("-").isdigit():
            raise SetFormatError(f"{path}:{number}: want {', '.join(_HEADING)} and tabs between")
        if int(row[-1]) > 0:
            yield row[0], row[1]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SetFormatError(f"there is no {path}; the format wants it") from None


def _write_lines(path: Path, lines: Iterator[dict[str, str]]) -> None:
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_text(text, encoding="utf-8")
