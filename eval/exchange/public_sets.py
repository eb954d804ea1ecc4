"""A public set → a corpus folder to index, and a question file on it.

PublicSet ─▶ FOLDER/corpus/*.txt, FOLDER/corpus/catalogue.toml, FOLDER/questions.jsonl
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.records import JudgedQuestion
from eval.sets.questions import question_line
from indexer.corpus.catalogue import document_ids, open_corpus
from indexer.corpus_names import CATALOGUE_NAME
from indexer.segmentation.sentences import sentence_spans

CORPUS, QUESTIONS = "corpus", "questions.jsonl"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MAX_CHARS = 80


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A document of a public set: its id there, its title (may be empty) and its text."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A public set.

    Attributes:
        documents: None where the questions are asked of a corpus that is there already.
        questions: Their gold names documents by `PublicDocument.name`.
    """

    documents: tuple[PublicDocument, ...]
    questions: tuple[JudgedQuestion, ...]


def write_set(public: PublicSet, folder: Path) -> Path:
    """Write a set's corpus and its questions; return the question file.

    The catalogue keeps each document's id there as ``identifier``; gold names Cita's own ids.
    """
    folder.mkdir(parents=True, exist_ok=True)
    doc_ids = _write_corpus(public.documents, folder / CORPUS) if public.documents else {}
    path = folder / QUESTIONS
    lines = (
        json.dumps(question_line(question), ensure_ascii=False)
        for question in renamed(public.questions, doc_ids)
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _write_corpus(documents: Sequence[PublicDocument], corpus_dir: Path) -> dict[str, str]:
    """Write documents and their catalogue; return Cita's id of each by its id there."""
    corpus_dir.mkdir(parents=True, exist_ok=True)
    stems = _stems([document.name for document in documents])
    rows = []
    for stem, document in zip(stems, documents, strict=True):
        (corpus_dir / f"{stem}.txt").write_text(f"{document.text}\n", encoding="utf-8")
        metadata = {"file": f"{stem}.txt", "title": document.title, "identifier": document.name}
        fields = (f"{key} = {_toml(value)}" for key, value in metadata.items() if value.strip())
        rows.append("\n".join(["[[document]]", *fields]))
    (corpus_dir / CATALOGUE_NAME).write_text("\n\n".join(rows) + "\n", encoding="utf-8")
    return _doc_ids(documents, stems, corpus_dir)


def surroundings(text: str, start: int, length: int) -> str:
    """Return the sentences that ``length`` characters at ``start`` touch, inside their line."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start + length)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    first, last = start - line_start, start - line_start + length
    touched = [
        span
        for span in sentence_spans(line, language="en")
        if span.start < last and first < span.end
    ]
    return line[touched[0].start : touched[-1].end] if touched else text[start : start + length]


def renamed(
    questions: Sequence[JudgedQuestion], doc_ids: dict[str, str]
) -> tuple[JudgedQuestion, ...]:
    """Return questions whose gold names documents by other ids; unknown ones stay."""
    return tuple(
        replace(
            question,
            gold=tuple(
                replace(gold, doc_id=doc_ids.get(gold.doc_id, gold.doc_id))
                for gold in question.gold
            ),
        )
        for question in questions
    )


def _stems(names: Sequence[str]) -> list[str]:
    """Return a distinct file stem for each name, equal to it where files can be called so."""
    taken: set[str] = set()
    stems = []
    for at, name in enumerate(names):
        stem = _UNSAFE.sub("-", name).strip(".-")[:_MAX_CHARS] or "document"
        if stem.lower() in taken or f"{stem}.txt".lower() == "readme.txt":
            stem = f"{stem}-{at}"
        taken.add(stem.lower())
        stems.append(stem)
    return stems


def _doc_ids(
    documents: Sequence[PublicDocument], stems: Sequence[str], corpus_dir: Path
) -> dict[str, str]:
    files = open_corpus(corpus_dir).files
    by_file = dict(zip((file.file for file in files), document_ids(files), strict=True))
    return {
        document.name: by_file[f"{stem}.txt"]
        for document, stem in zip(documents, stems, strict=True)
    }


def _toml(text: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
