import json
from pathlib import Path

from eval.exchange.public_sets import PublicDocument, PublicSet, surroundings, write_set
from eval.records import GoldSpan, JudgedQuestion
from eval.sets.questions import load_questions
from indexer.corpus.catalogue import document_ids, open_corpus


def test_a_set_becomes_a_corpus_and_a_question_file(tmp_path: Path) -> None:
    question = JudgedQuestion(
        "q", "Who?", "en", is_answerable=True, gold=(GoldSpan("A/b: c", quote="It says so."),)
    )
    documents = (
        PublicDocument("A/b: c", 'On "things" 🙂', "It says so."),
        PublicDocument("a b c", "", "Not this."),
        PublicDocument("README", "", "Nor this."),
    )

    path = write_set(PublicSet(documents, (question,)), tmp_path)

    files = open_corpus(tmp_path / "corpus").files
    assert open_corpus(tmp_path / "corpus").problems == ()
    told = {dict(file.row)["identifier"]: file.path.read_text() for file in files}
    assert told == {document.name: f"{document.text}\n" for document in documents}
    titled = next(file for file in files if dict(file.row)["identifier"] == "A/b: c")
    assert dict(titled.row)["title"] == 'On "things" 🙂'
    (read,) = load_questions(path)
    assert read.gold[0].doc_id == document_ids(files)[files.index(titled)]


def test_a_set_without_documents_has_questions_only(tmp_path: Path) -> None:
    question = JudgedQuestion("q", "Who?", "en", is_answerable=False)

    path = write_set(PublicSet((), (question,)), tmp_path / "set")

    assert json.loads(path.read_text()) == {
        "qid": "q", "question": "Who?", "lang": "en", "answerable": False,
    }  # fmt: skip
    assert not (tmp_path / "set" / "corpus").exists()


def test_an_answer_brings_its_sentences_and_no_other_line() -> None:
    text = "A title\nIt was cold. Snow fell in spring. Nobody came.\nThe end."

    assert surroundings(text, text.index("spring"), 6) == "Snow fell in spring."
    assert surroundings(text, text.index("spring"), 14) == "Snow fell in spring. Nobody came."
    assert surroundings(text, text.index("end"), 3) == "The end."
    assert surroundings("  \nx", 0, 1) == " "
