import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import SetFormatError
from eval.exchange.squad import load_squad, write_squad
from eval.records import GoldSpan
from tests.eval.run_samples import ALTA, DOCUMENTS, QUESTION, REFUSED, ROW, UNANSWERABLE

CONTEXT = "The Normans came from Denmark. They settled in Normandy in 911."
SQUAD: dict[str, Any] = {
    "version": "v2.0",
    "data": [
        {
            "title": "The_Normans",
            "paragraphs": [
                {
                    "context": CONTEXT,
                    "qas": [
                        {
                            "id": "a1",
                            "question": " When did they  settle?",
                            "answers": [
                                {"text": "911", "answer_start": 59},
                                {"text": "in 911", "answer_start": 56},
                                {"text": "911", "answer_start": 59},
                            ],
                            "is_impossible": False,
                        },
                        {
                            "id": "a2",
                            "question": "When did they leave?",
                            "plausible_answers": [{"text": "911", "answer_start": 59}],
                            "answers": [],
                            "is_impossible": True,
                        },
                    ],
                },
                {"context": "Another paragraph.", "qas": []},
            ],
        },
        {"title": "The_Normans", "paragraphs": [{"context": "The same title.", "qas": []}]},
    ],
}


def test_an_article_becomes_a_document_and_answers_their_sentences(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps(SQUAD))

    public = load_squad(path)

    assert [(d.name, d.title) for d in public.documents] == [
        ("The_Normans", "The Normans"),
        ("The_Normans-1", "The Normans"),
    ]
    assert public.documents[0].text == f"{CONTEXT}\n\nAnother paragraph."
    answerable, unanswerable = public.questions
    assert answerable.text == "When did they settle?"
    assert answerable.gold == (
        GoldSpan("The_Normans", quote="They settled in Normandy in 911.", is_alternative=True),
    )
    assert answerable.answer_strings == ("911|in 911",)
    assert not unanswerable.is_answerable
    assert not unanswerable.gold
    assert not unanswerable.answer_strings


@pytest.mark.parametrize(
    ("text", "told"),
    [("{}", "data: Field required"), ("[", "the whole: Invalid JSON")],
)
def test_another_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "dev.json"
    path.write_text(text)

    with pytest.raises(SetFormatError, match=f"is no SQuAD file: {told}"):
        load_squad(path)


def test_what_goes_out_is_what_the_official_script_reads(tmp_path: Path) -> None:
    write_squad(tmp_path, [QUESTION, UNANSWERABLE], [ROW, REFUSED], DOCUMENTS.get)

    def read(name: str) -> Any:
        return json.loads((tmp_path / name).read_text())

    alta, bassa = read("data.json")["data"]
    assert (alta["title"], alta["paragraphs"][0]["context"]) == ("alta", ALTA)
    (asked,) = alta["paragraphs"][0]["qas"]
    assert asked["answers"] == [{"text": "two years", "answer_start": 31}]
    assert bassa["paragraphs"][0]["qas"][0]["is_impossible"]
    assert read("predictions.json") == {"q1": "two years", "q2": ""}
    assert read("na_prob.json") == {"q1": pytest.approx(0.1), "q2": pytest.approx(0.8)}


def test_a_question_whose_answer_is_not_in_the_index_does_not_go_out(tmp_path: Path) -> None:
    write_squad(tmp_path, [QUESTION], [ROW], {"bassa": DOCUMENTS["bassa"]}.get)

    assert json.loads((tmp_path / "data.json").read_text())["data"] == []


def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    write_squad(tmp_path, [QUESTION, UNANSWERABLE], [ROW, REFUSED], DOCUMENTS.get)

    public = load_squad(tmp_path / "data.json")

    assert [q.qid for q in public.questions] == ["q1", "q2"]
    assert public.questions[0].gold[0].quote == QUESTION.gold[0].quote
