"""SQuAD 2.0: articles with questions and answers in; the same, and predictions, out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from eval.errors import SetFormatError
from eval.exchange.public_sets import PublicDocument, PublicSet, surroundings
from eval.measures.gold import Documents, locate
from eval.measures.question_judging import squad_prediction
from eval.measures.quote_measures import forms
from eval.records import GoldSpan, JudgedQuestion, RunRow

_BETWEEN = "\n\n"


class _Answer(BaseModel):
    text: str
    answer_start: int = Field(ge=0)


class _QuestionAnswers(BaseModel):
    id: str
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_QuestionAnswers] = []


class _Article(BaseModel):
    title: str
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Article] = Field(min_length=1)


def load_squad(path: Path, *, language: str = "en") -> PublicSet:
    """Read a SQuAD 1.1 or 2.0 file; an article becomes a document, its gold the answers' sentences.

    Args:
        path: The JSON file.
        language: Of its questions, which it does not say.

    Raises:
        SetFormatError: It is no such file.

    Source:
        Rajpurkar, Jia and Liang (2018), arXiv:1806.03822; files at rajpurkar.github.io.
    """
    try:
        file = _File.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise SetFormatError(f"{path} is no SQuAD file: {place}: {first['msg']}") from error
    names = [article.title or f"article-{at}" for at, article in enumerate(file.data)]
    names = [f"{n}-{at}" if n in names[:at] else n for at, n in enumerate(names)]
    return PublicSet(
        documents=tuple(
            PublicDocument(
                name,
                article.title.replace("_", " "),
                _BETWEEN.join(p.context for p in article.paragraphs),
            )
            for name, article in zip(names, file.data, strict=True)
        ),
        questions=tuple(
            _question(qa, paragraph.context, name, language)
            for name, article in zip(names, file.data, strict=True)
            for paragraph in article.paragraphs
            for qa in paragraph.qas
        ),
    )


def dataset(
    questions: Sequence[JudgedQuestion], rows: Sequence[RunRow], documents: Documents
) -> dict[str, object]:
    """Return questions as a SQuAD 2.0 data set on the texts of the index.

    A document is an article of one paragraph. An unanswerable question stands under the document
    of its best passage; one whose gold or answer strings are not in the index is left out.
    """
    qas_by_document: dict[str, list[dict[str, object]]] = {}
    for question, row in zip(questions, rows, strict=True):
        answers = list(_located(question, documents))
        if question.is_answerable and not answers:
            continue
        places = [doc_id for doc_id, _, _ in answers] or [
            passage.doc for passage in row.passages[:1]
        ]
        for doc_id in places[:1]:
            qas_by_document.setdefault(doc_id, []).append(
                {
                    "id": question.qid,
                    "question": question.text,
                    "is_impossible": not question.is_answerable,
                    "answers": [
                        {"text": text, "answer_start": start}
                        for of, text, start in answers
                        if of == doc_id
                    ],
                }
            )
    articles = [
        {"title": doc_id, "paragraphs": [{"context": document.text, "qas": qas}]}
        for doc_id, qas in qas_by_document.items()
        if (document := documents(doc_id))
    ]
    return {"version": "v2.0", "data": articles}


def predictions(rows: Sequence[RunRow]) -> dict[str, str]:
    """Return the predictions for the official script: a string, empty for a refusal."""
    return {row.qid: squad_prediction(row) if row.answered else "" for row in rows}


def no_answer_probabilities(rows: Sequence[RunRow]) -> dict[str, float]:
    """Return the probabilities for the official script's ``--na-prob-file``."""
    return {row.qid: 1 - row.confidence for row in rows}


def write_squad(
    folder: Path, questions: Sequence[JudgedQuestion], rows: Sequence[RunRow], documents: Documents
) -> None:
    """Write ``data.json``, ``predictions.json`` and ``na_prob.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    files: Mapping[str, object] = {
        "data.json": dataset(questions, rows, documents),
        "predictions.json": predictions(rows),
        "na_prob.json": no_answer_probabilities(rows),
    }
    for name, content in files.items():
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")


def _question(qa: _QuestionAnswers, context: str, name: str, language: str) -> JudgedQuestion:
    answers = [answer for answer in qa.answers if answer.text.strip()]
    texts = dict.fromkeys(answer.text.replace("|", " ") for answer in answers)
    quotes = dict.fromkeys(
        surroundings(context, answer.answer_start, len(answer.text)) for answer in answers
    )
    is_answerable = bool(answers) and not qa.is_impossible
    return JudgedQuestion(
        qid=qa.id,
        text=" ".join(qa.question.split()),
        language=language,
        is_answerable=is_answerable,
        gold=tuple(GoldSpan(name, quote=quote, is_alternative=True) for quote in quotes)
        if is_answerable
        else (),
        answer_strings=("|".join(texts),) if is_answerable else (),
    )


def _located(question: JudgedQuestion, documents: Documents) -> Iterator[tuple[str, str, int]]:
    """Yield document, text and offset of every answer string inside its gold."""
    seen = set()
    for gold in question.gold:
        document = documents(gold.doc_id)
        span = locate(gold, document) if document else None
        for form in forms(question.answer_strings) if document and span else ():
            at = document.text.find(form, span.start, span.end) if document and span else -1
            if at >= 0 and (gold.doc_id, at, form) not in seen:
                seen.add((gold.doc_id, at, form))
                yield gold.doc_id, form, at
