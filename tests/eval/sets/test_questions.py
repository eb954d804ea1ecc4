import json
from pathlib import Path

import pytest

from eval.errors import QuestionFormatError
from eval.records import GoldSpan, JudgedQuestion
from eval.sets.questions import load_questions

LEAST = {"qid": "q1", "question": "Who pays?", "answerable": True}


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return path


def test_every_field_of_our_sets_is_read(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        {
            "qid": "b001", "question": "Quem paga?", "lang": "pt", "type": "comparison",
            "answerable": True, "difficulty": "hard",
            "gold": [
                {"doc": "a", "quote": "Alta pays."},
                {"doc": "b", "section": "Box 2", "alt": True},
            ],
            "answer_strings": ["Alta|the city"], "country": ["CL"], "theme": "funding",
            "why_hard": "two briefs", "tags": ["names"], "multi": True,
        },
        {
            "qid": "b002", "question": "And there?", "lang": "en", "type": "unanswerable",
            "answerable": False, "difficulty": "easy", "refusal_code": "question_unclear",
            "absent_terms": ["there"], "note": "No place is named.",
        },
    )  # fmt: skip

    first, second = load_questions(path)

    assert first == JudgedQuestion(
        qid="b001",
        text="Quem paga?",
        language="pt",
        is_answerable=True,
        gold=(
            GoldSpan("a", quote="Alta pays."),
            GoldSpan("b", section="Box 2", is_alternative=True),
        ),
        answer_strings=("Alta|the city",),
        needs_every_gold=True,
        kind="comparison",
        difficulty="hard",
        why_hard="two briefs",
        countries=("CL",),
        theme="funding",
        tags=("names",),
    )
    assert (second.refusal_code, second.absent_terms) == ("question_unclear", ("there",))
    assert second.note == "No place is named."


def test_a_set_from_elsewhere_needs_only_id_question_and_answerability(tmp_path: Path) -> None:
    (question,) = load_questions(_file(tmp_path, LEAST))

    assert question == JudgedQuestion("q1", "Who pays?", "en", is_answerable=True)


def test_answers_with_offsets_become_alternative_gold(tmp_path: Path) -> None:
    answers = [
        {"doc_id": "a", "text": "Alta", "start": 7, "page": None},
        {"doc_id": "a", "text": "the city of Alta", "start": 3},
        {"doc_id": "a", "text": "Alta", "start": 90},
    ]

    (question,) = load_questions(_file(tmp_path, {**LEAST, "answers": answers, "about": "a"}))

    assert question.gold == (
        GoldSpan("a", quote="Alta", start=7, is_alternative=True),
        GoldSpan("a", quote="the city of Alta", start=3, is_alternative=True),
        GoldSpan("a", quote="Alta", start=90, is_alternative=True),
    )
    assert question.answer_strings == ("Alta|the city of Alta",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param({**LEAST, "langauge": "en"}, "unknown field 'langauge'", id="unknown field"),
        pytest.param({"qid": "q1", "answerable": True}, "missing field 'question'", id="missing"),
        pytest.param({**LEAST, "answerable": "yes"}, "answerable: ", id="wrong type"),
        pytest.param({**LEAST, "gold": [{"doc": 1}]}, "gold.0.doc: ", id="wrong type in gold"),
        pytest.param({**LEAST, "gold": [{"doc": "a", "qoute": "x"}]}, "'gold.0.qoute'", id="gold"),
        pytest.param(["q1"], "the line: ", id="no object"),
        pytest.param('{"qid": ', "no JSON", id="no JSON"),
        pytest.param({**LEAST, "qid": "q0"}, "qid 'q0' stands on an earlier line", id="duplicate"),
    ],
)
def test_a_faulty_line_is_named_with_its_number(line: object, fault: str, tmp_path: Path) -> None:
    path = _file(tmp_path, {**LEAST, "qid": "q0"}, "", line)

    with pytest.raises(QuestionFormatError) as caught:
        load_questions(path)

    ((number, message),) = caught.value.faults
    assert number == 3
    assert fault in message
    assert str(caught.value).startswith(f"{path}:3: ")


def test_all_faulty_lines_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(QuestionFormatError) as caught:
        load_questions(_file(tmp_path, "{", LEAST, LEAST, {**LEAST, "lang": 3}))

    assert [number for number, _ in caught.value.faults] == [1, 3, 4]


def test_a_line_separator_within_a_question_ends_no_line(tmp_path: Path) -> None:
    line = json.dumps({**LEAST, "question": "Who\u2028pays?"}, ensure_ascii=False)

    (question,) = load_questions(_file(tmp_path, line))

    assert question.text == "Who\u2028pays?"


def test_every_set_of_the_development_data_is_read(shared: Path) -> None:
    files = sorted(shared.glob("**/questions.jsonl"))

    assert files
    assert all(load_questions(path) for path in files)
