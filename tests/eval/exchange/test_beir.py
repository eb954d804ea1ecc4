import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import SetFormatError
from eval.exchange.beir import load_beir, load_folder, passage_texts, write_beir
from eval.exchange.public_sets import PublicDocument
from eval.measures.gold import locate_gold
from eval.records import GoldSpan
from indexer.records import Span
from tests.eval.run_samples import ALTA, BASSA, DOCUMENTS, FIRST, QUESTION, ROW, UNANSWERABLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _write(tmp_path / "corpus.jsonl", {"_id": "d1", "title": "One", "text": "First text."},
           {"_id": "d2", "text": "Second text."})  # fmt: skip
    _write(tmp_path / "queries.jsonl", {"_id": "q1", "text": "which\nis first?"},
           {"_id": "q2", "text": "not judged"})  # fmt: skip
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n"
    )
    return tmp_path


def _write(path: Path, *lines: dict[str, object]) -> None:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines) + "\n")


def test_a_beir_folder_is_read_with_documents_as_gold(folder: Path) -> None:
    public = load_beir(folder)

    assert public.documents == (
        PublicDocument("d1", "One", "First text."),
        PublicDocument("d2", "", "Second text."),
    )
    (question,) = public.questions
    assert (question.qid, question.text) == ("q1", "which is first?")
    assert question.gold == (GoldSpan("d1", is_alternative=True),)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        pytest.param(
            "corpus.jsonl", '{"_id": "d"}', "corpus.jsonl:1: missing field 'text'", id="f"
        ),
        pytest.param("queries.jsonl", "{", "queries.jsonl:1: no JSON", id="no JSON"),
        pytest.param(
            "qrels/test.tsv", "q1 d1 1", "test.tsv:1: want query-id, corpus-id", id="tabs"
        ),
        pytest.param("qrels/test.tsv", None, "there is no .*test.tsv", id="missing"),
    ],
)
def test_another_folder_is_refused(folder: Path, name: str, text: str | None, told: str) -> None:
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)

    with pytest.raises(SetFormatError, match=told):
        load_beir(folder)


def test_a_folder_of_answers_is_read_with_their_sentences_as_gold(tmp_path: Path) -> None:
    text = "In France it rains. The capital of France is Paris."
    _write(tmp_path / "corpus.jsonl", {"doc_id": "d", "title": "France", "text": text})
    answers = [{"doc_id": "d", "text": "Paris", "start": 45, "page": None}]
    about: dict[str, object] = {"qid": "q", "question": "Capital?", "answerable": True}
    _write(tmp_path / "questions.jsonl", {**about, "answers": answers})

    (question,) = load_folder(tmp_path).questions

    assert question.gold == (
        GoldSpan("d", quote="The capital of France is Paris.", is_alternative=True),
    )
    assert question.answer_strings == ("Paris",)


def test_passages_go_out_as_a_corpus_and_come_in_again(tmp_path: Path) -> None:
    gold = {"q1": locate_gold(QUESTION, (), DOCUMENTS.get)}
    texts = passage_texts(["alta", "bassa", "gamma"], [], DOCUMENTS.get)

    write_beir(tmp_path, [QUESTION, UNANSWERABLE], gold, texts)

    public = load_beir(tmp_path)
    assert {d.name: d.text for d in public.documents} == texts
    assert texts["bassa:0-40"] == BASSA
    assert texts["alta:0-41"] == FIRST.of(ALTA)
    assert [(q.qid, q.gold[0].doc_id) for q in public.questions] == [("q1", "alta:0-41")]


def test_passages_that_overlap_the_relevant_one_are_relevant_too(tmp_path: Path) -> None:
    bridged = {"alta": replace(DOCUMENTS["alta"], passages=(FIRST, Span(10, 60)))}
    gold = {"q1": locate_gold(QUESTION, (), bridged.get)}

    write_beir(tmp_path, [QUESTION], gold, passage_texts(["alta"], [], bridged.get))

    (question,) = load_beir(tmp_path).questions
    assert {one.doc_id for one in question.gold} == {"alta:0-41", "alta:10-60"}


def test_where_nobody_lists_the_passages_those_retrieved_go_out() -> None:
    listless = {"alta": replace(DOCUMENTS["alta"], passages=None)}

    texts = passage_texts(["alta"], [ROW], listless.get)

    assert list(texts) == ["bassa:0-40", "alta:0-41", "alta:42-73"]
    assert texts["bassa:0-40"] == Span(0, 40).of(BASSA)
