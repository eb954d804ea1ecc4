"""Question files: one JSON object a line → `JudgedQuestion` records.

Two spellings of gold are read: ``gold`` with quotes or sections and ``answer_strings`` (our sets),
and ``answers`` with texts and offsets (extractive question answering, training questions).
"""

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from eval.errors import QuestionFormatError
from eval.records import GoldSpan, JudgedQuestion

SHIPPED_DIR = Path(__file__).parents[1] / "questions"
"""Folder of the question files that ship."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Gold(_Strict):
    doc: str = Field(min_length=1)
    quote: str | None = Field(default=None, min_length=1)
    section: str | None = Field(default=None, min_length=1)
    alt: bool = False
    page: int | None = Field(default=None, ge=1)


class _Answer(_Strict):
    doc_id: str
    text: str
    start: int | None = None
    page: int | None = None


class _Line(_Strict):
    """The fields of every set at hand; those with a default may be left out."""

    qid: str = Field(min_length=1)
    question: str = Field(min_length=1)
    lang: str = "en"
    answerable: bool
    gold: list[_Gold] = []
    answer_strings: list[str] = []
    multi: bool = False
    type: str | None = None
    difficulty: str | None = None
    why_hard: str = ""
    country: list[str] = []
    theme: str | None = None
    tags: list[str] = []
    refusal_code: str | None = None
    absent_terms: list[str] = []
    note: str = ""
    answers: list[_Answer] = []
    about: str | dict[str, str | int] | None = None
    """The paragraph a question was written for; not used, since whole corpora are asked."""
    topic: str | None = None
    paraphrase: bool | None = None
    kind: str | None = None
    pair: str | None = None
    evidence: dict[str, int] | None = None
    near: dict[str, int] | None = None
    missing: str = ""
    """Where a training question's answer or near miss stands, and what is missing; not used."""

    def record(self) -> JudgedQuestion:
        return JudgedQuestion(
            qid=self.qid,
            text=self.question,
            language=self.lang,
            is_answerable=self.answerable,
            gold=tuple(_gold(self)),
            answer_strings=tuple(self.answer_strings) or _either(self.answers),
            needs_every_gold=self.multi,
            kind=self.type or self.kind,
            difficulty=self.difficulty,
            why_hard=self.why_hard,
            countries=tuple(self.country),
            theme=self.theme,
            tags=tuple(self.tags),
            refusal_code=self.refusal_code,
            absent_terms=tuple(self.absent_terms),
            note=self.note,
        )


def load_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a question file, in its order; blank lines are passed over.

    Raises:
        QuestionFormatError: Lines are not JSON, have unknown or missing fields or wrong types, or
            repeat a ``qid``; all such lines are named.
    """
    questions: dict[str, JudgedQuestion] = {}
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = _Line.model_validate(json.loads(line)).record()
        except json.JSONDecodeError as error:
            faults.append((number, f"no JSON: {error}"))
        except ValidationError as error:
            faults += [(number, _fault(e)) for e in error.errors()]
        else:
            if question.qid in questions:
                faults.append((number, f"qid {question.qid!r} stands on an earlier line too"))
            questions[question.qid] = question
    if faults:
        raise QuestionFormatError(path, faults)
    return tuple(questions.values())


def question_line(question: JudgedQuestion) -> dict[str, object]:
    """Return the fields of a question file's line that `load_questions` reads as ``question``.

    Offsets of gold are left out: they count in the text of the set it came from.
    """
    line: dict[str, object] = {
        "qid": question.qid,
        "question": question.text,
        "lang": question.language,
        "type": question.kind,
        "answerable": question.is_answerable,
        "difficulty": question.difficulty,
        "gold": [_gold_line(gold) for gold in question.gold],
        "answer_strings": list(question.answer_strings),
        "multi": question.needs_every_gold,
        "country": list(question.countries),
        "theme": question.theme,
        "why_hard": question.why_hard,
        "tags": list(question.tags),
        "refusal_code": question.refusal_code,
        "absent_terms": list(question.absent_terms),
        "note": question.note,
    }
    kept = {"answerable"}
    return {name: value for name, value in line.items() if value or name in kept}


def _gold_line(gold: GoldSpan) -> dict[str, object]:
    line: dict[str, object] = {
        "doc": gold.doc_id,
        "quote": gold.quote,
        "section": gold.section,
        "alt": gold.is_alternative,
        "page": gold.page,
    }
    return {name: value for name, value in line.items() if value}


def _gold(line: _Line) -> list[GoldSpan]:
    if line.gold:
        return [
            GoldSpan(
                gold.doc,
                quote=gold.quote,
                section=gold.section,
                is_alternative=gold.alt,
                page=gold.page,
            )
            for gold in line.gold
        ]
    return [
        GoldSpan(
            answer.doc_id,
            quote=answer.text,
            start=answer.start,
            is_alternative=True,
            page=answer.page,
        )
        for answer in line.answers
    ]


def _either(answers: Sequence[_Answer]) -> tuple[str, ...]:
    texts = dict.fromkeys(answer.text for answer in answers)
    return ("|".join(texts),) if texts else ()


def _fault(error: ErrorDetails) -> str:
    field = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        known = ", ".join(_Line.model_fields)
        return f"unknown field {field!r}; known are {known}"
    if error["type"] == "missing":
        return f"missing field {field!r}"
    return f"{field or 'the line'}: {error['msg']}, found {error['input']!r:.60}"
