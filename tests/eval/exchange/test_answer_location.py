import pytest

from eval.errors import NotFoundError
from eval.exchange.answer_location import Place, find_answer, find_document
from tests.eval.sheet_index import two_documents

INDEX = two_documents()


def _find(answer: str, *, page: str = "", document: str = "", question: str = "?") -> Place:
    entries = [find_document(INDEX, document)] if document else INDEX.documents
    return find_answer(INDEX, answer, entries=entries, page=page, question=question)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("bassa", id="id"),
        pytest.param("WORK IN BASSA – a survey", id="title"),
        pytest.param("Work in", id="beginning of the title"),
        pytest.param("survey", id="part of the title"),
        pytest.param("bassa-2020.md", id="file"),
        pytest.param("Bassa 2020", id="file stem"),
    ],
)
def test_a_document_is_known_by_its_names(name: str) -> None:
    assert find_document(INDEX, name).doc_id == "bassa"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("2020", "may be any of 2 documents: alta, bassa", id="several"),
        pytest.param("basa", "no document .* called “basa”; did you mean bassa?", id="misspelt"),
        pytest.param("Zürich", "no document of the index is called “Zürich”$", id="unknown"),
    ],
)
def test_a_name_that_is_not_clear_is_told(name: str, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        find_document(INDEX, name)


@pytest.mark.parametrize(
    ("answer", "quote", "page"),
    [
        pytest.param("two  YEARS", "Alta pays half of the rent for two years.", 1, id="case"),
        pytest.param("45 %", "Rents fell by 45 per cent in 2019.", 2, id="per cent"),
        pytest.param(
            "mayor's office",
            "The mayor’s office counted 4,500 households in 2019, and it counts again.",
            3,
            id="apostrophe",
        ),
        pytest.param("three|forty cooks", "The port of Bassa trains forty cooks each spring.", None,
                     id="either form"),
        pytest.param(
            "two years. The rooms stand",
            "Alta pays half of the rent for two years. The rooms stand empty.",
            1,
            id="over two sentences",
        ),
    ],
)  # fmt: skip
def test_an_answer_is_found_with_its_sentences(answer: str, quote: str, page: int | None) -> None:
    found = _find(answer)

    assert (found.quote, found.page) == (quote, page)
    assert found.span.of(INDEX.document(found.doc_id).text) == quote


def test_a_sentence_that_stands_twice_is_told_with_its_neighbours() -> None:
    found = _find("rooms stand empty", page="2")

    assert found.quote.startswith("Rents fell by 45 per cent in 2019. The rooms stand empty.")
    assert INDEX.document("alta").text.count(found.quote) == 1


@pytest.mark.parametrize("page", ["3", "ii", "p. ii", "pág. 3"])
def test_a_page_may_be_the_physical_or_the_printed_one(page: str) -> None:
    assert _find("2019", page=page, document="alta").page == 3


def test_of_several_places_the_one_nearest_the_question_is_taken() -> None:
    assert _find("2019", document="alta", question="When did the rent fall?").page == 2
    assert _find("2019", document="alta", question="When were households counted?").page == 3


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        pytest.param(
            {"answer": "two years", "page": "3"}, "not stand on page 3, but on page 1", id="page"
        ),
        pytest.param(
            {"answer": "households", "page": "1"}, r"on page 3 \(printed ii\)", id="label"
        ),
        pytest.param(
            {"answer": "forty", "page": "1"}, "no page: bassa has none", id="without pages"
        ),
        pytest.param(
            {"answer": "half of the rent"}, "in 2 documents: alta, bassa; name one", id="documents"
        ),
        pytest.param(
            {"answer": "fifty cooks each spring"},
            "does not stand in any document of the index; the nearest sentence is “The port of "
            r"Bassa trains forty cooks each spring.” \(bassa\)",
            id="nearest",
        ),
        pytest.param(
            {"answer": "the mayor’s house", "document": "alta"},
            r"does not stand in alta; .* “The mayor’s office .*” \(alta, page 3\)",
            id="nearest with page",
        ),
        pytest.param({"answer": "Zug " * 60}, "Zug…” does not stand in any .* index$", id="long"),
        pytest.param({"answer": "?!"}, "has no words", id="no words"),
    ],
)
def test_what_is_not_found_is_told(cells: dict[str, str], message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        _find(**cells)


def test_of_places_as_near_to_the_question_the_first_is_taken_and_the_others_are_counted() -> None:
    vague = _find("2019", document="alta", question="In which year?")
    clear = _find("2019", document="alta", question="When did the rent fall?")

    assert (vague.page, vague.n_rivals) == (2, 1)
    assert (clear.page, clear.n_rivals) == (2, 0)


def test_the_nearest_sentence_is_the_one_with_most_of_the_words_however_long() -> None:
    with pytest.raises(
        NotFoundError, match="nearest sentence is “The mayor’s office counted 4,500"
    ):
        _find("mayor office counting householdes")
