"""A question sheet → a question set; question, answer, document and page are enough.

row ─▶ document? ─▶ answer in its text, on that page? ─▶ a line of the set
         └── no ──────────────┴── no ─▶ the row, and why
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import NotFoundError
from eval.exchange.answer_location import Place, find_answer, find_document, shortened
from eval.exchange.spreadsheets import SheetRow
from eval.word_matching import holds, words
from indexer.store.protocol import StoredIndex
from service.errors import QuestionError
from service.pipeline.question import parse_question
from service.pipeline.translation.translator import Translator
from service.records import LANGUAGES, Question

MAX_STRING_WORDS = 12
"""A longer answer is whole sentences copied from the document; ``;`` is a mark of theirs."""

_LANGUAGE_NAMES = {"in": "en", "sp": "es", "po": "pt"}
"""How names of languages begin where that is not their code: inglés, Spanish, Portuguese."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was left out, or may have become another question than was meant.

    Attributes:
        number: Its number in the sheet.
        reason: What was looked for, what was found.
    """

    number: int
    reason: str

    def __str__(self) -> str:
        return f"row {self.number}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """Questions imported from a sheet, and the rows that were left out.

    Attributes:
        lines: The questions as a question file has them, in the sheet's order.
        faults: The other rows.
        doubts: Rows that did become questions, but whose answer stands in several places.
    """

    lines: tuple[Mapping[str, object], ...]
    faults: tuple[RowFault, ...]
    doubts: tuple[RowFault, ...] = ()

    @property
    def n_unanswerable(self) -> int:
        """Return how many of the questions have no answer in the corpus."""
        return sum(not line["answerable"] for line in self.lines)


def import_rows(rows: Sequence[SheetRow], index: StoredIndex) -> ImportedSheet:
    """Turn the rows of a sheet into questions whose gold stands in the index.

    A row without answer and document asks what the reports do not say. Further answer strings
    stand after ``;``, other spellings of one after ``|``.
    """
    lines: dict[str, Mapping[str, object]] = {}
    faults, doubts = [], []
    translator = Translator()
    for row in rows:
        try:
            question = parse_question(row["question"])
            english = translator.to_english(question.text, question.language)
            places = _places(row, index, f"{question.text} {english}")
        except (NotFoundError, QuestionError) as error:
            faults.append(RowFault(row.number, str(error)))
            continue
        line = _line(row, question, places)
        qid = str(line["qid"])
        if qid in lines:
            faults.append(RowFault(row.number, f"an earlier row has the id “{qid}”; change one"))
        else:
            lines[qid] = line
            doubts += [RowFault(row.number, _doubt(*pair)) for pair in places if pair[1].n_rivals]
    translator.stop()
    return ImportedSheet(tuple(lines.values()), tuple(faults), tuple(doubts))


def write_questions(path: Path, lines: Sequence[Mapping[str, object]]) -> None:
    """Write a question file, one JSON object a line."""
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _line(
    row: SheetRow, question: Question, places: Sequence[tuple[str, Place]]
) -> dict[str, object]:
    line: dict[str, object] = {
        "qid": row["qid"] or f"row{row.number}",
        "question": question.text,
        "lang": _language(row["lang"]) or question.language,
        "answerable": bool(row["answer"]),
        **_answer(places),
        "type": row["type"] or None,
        "difficulty": row["difficulty"] or None,
        "country": [code.strip().upper() for code in row["country"].split(",") if code.strip()],
        "theme": row["theme"] or None,
        "note": row["note"],
    }
    return {name: value for name, value in line.items() if value not in (None, "", [])}


def _places(row: SheetRow, index: StoredIndex, question: str) -> list[tuple[str, Place]]:
    """Return each string of the answer with the place where it stands."""
    if not row["answer"]:
        if row["document"] or row["page"]:
            raise NotFoundError(
                "it names a document or page but no answer; copy a few words of the answer from "
                "there, or empty both cells for a question that the reports do not answer"
            )
        return []
    document = row["document"]
    entries = [find_document(index, document)] if document else list(index.documents)
    return [
        (string, find_answer(index, string, entries=entries, page=row["page"], question=question))
        for string in _strings(row["answer"])
    ]


def _doubt(string: str, place: Place) -> str:
    return (
        f"“{string}” stands in {place.n_rivals + 1} places that fit as well; taken: "
        f"“{shortened(place.quote)}”. Copy more of the sentence if another is meant."
    )


def _answer(places: Sequence[tuple[str, Place]]) -> dict[str, object]:
    if not places:
        return {}
    gold = {(place.doc_id, place.quote): _gold(place) for _, place in places}
    return {
        "gold": list(gold.values()),
        "answer_strings": [_spelt(*pair) for pair in places],
        "multi": True if len(gold) > 1 else None,
    }


def _gold(place: Place) -> dict[str, object]:
    page = {} if place.page is None else {"page": place.page}
    return {"doc": place.doc_id, "quote": place.quote, **page}


def _spelt(string: str, place: Place) -> str:
    """Return an answer string as the sheet has it, or as the document does if that is not found."""
    return string if holds(words(place.quote), string) else place.spelling


def _strings(answer: str) -> list[str]:
    """Return the strings that must stand in an answer; whole sentences are one string."""
    if len(words(answer)) > MAX_STRING_WORDS:
        return [answer]
    return [string.strip() for string in answer.replace("\n", ";").split(";") if string.strip()]


def _language(cell: str) -> str | None:
    """Return the code of a language given by code or name; ``None`` for what is none of ours."""
    code = cell.strip().lower()[:2]
    code = _LANGUAGE_NAMES.get(code, code)
    return code if code in LANGUAGES else None
