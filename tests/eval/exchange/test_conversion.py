import json
from pathlib import Path

import pytest

from eval.errors import SetFormatError
from eval.exchange.conversion import convert, prepare


def test_questions_of_our_own_and_trec_topics_bring_no_corpus(
    questions: Path, tmp_path: Path
) -> None:
    (tmp_path / "topics.tsv").write_text("q1\tHow often?\n")
    (tmp_path / "qrels.txt").write_text("q1 0 transport 1\n")

    assert prepare(questions, "cita", tmp_path / "run") == (questions, None)
    path, corpus_dir = prepare(tmp_path, "trec", tmp_path / "run")
    assert corpus_dir is None
    assert json.loads(path.read_text())["gold"] == [{"doc": "transport", "alt": True}]


def test_a_folder_of_answers_is_converted(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"doc_id": "d", "title": "T", "text": "It is."}\n')
    (tmp_path / "questions.jsonl").write_text(
        '{"qid": "q", "question": "?", "answerable": false}\n'
    )

    path = convert(tmp_path, "cita", tmp_path / "set")

    assert (path.parent / "corpus" / "d.txt").read_text() == "It is.\n"


def test_a_question_file_brings_nothing_to_convert(questions: Path, tmp_path: Path) -> None:
    with pytest.raises(SetFormatError, match="brings no documents to convert"):
        convert(questions, "cita", tmp_path / "set")
