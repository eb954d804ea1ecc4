"""A caller's texts are quoted as if they were indexed."""

import pytest

from indexer.store.index import Index
from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.answering import Answerer
from service.pipeline.caller_texts import CallerText, CallerTexts
from service.pipeline.question import parse_question
from service.records import Answer, Filters

LIST = "The desk offers:\n\n- free language courses,\n- help with school.\n\nIt is open."


@pytest.fixture
def texts(edition: Edition) -> CallerTexts:
    encoder = edition.answerer.models.encoder
    return CallerTexts([CallerText("a", LIST)], encoder=encoder, index=edition.index)


@pytest.mark.parametrize(
    ("question", "n_words"),
    [
        ("How did the children get to school?", 7),
        ("When did Ostra open its welcome desk?", 10),
    ],
)
def test_a_text_and_the_same_text_indexed_give_the_same_best_sentence(
    ostra: Index, question: str, n_words: int
) -> None:
    answerer = Answerer(ostra)
    (doc_id,) = (entry.doc_id for entry in ostra.documents if entry.file == "guide.md")
    text, options = ostra.document(doc_id).text, AnswerOptions(min_confidence=0, max_words=n_words)

    answer = answerer.answer(parse_question(question, filters=Filters(document=(doc_id,))), options)
    quotes = answerer.quote(parse_question(question), [CallerText("a", text)], options)

    assert isinstance(answer, Answer)
    assert [quote.quote for quote in quotes] == [quote.text for quote in answer.quotes]
    assert [quote.span for quote in quotes] == [citation.span for citation in answer.citations]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The fund pays for:\n\nRoofs and doors of rented rooms.", id="as a paragraph"),
        pytest.param("The fund pays for:\n\n- roofs of rented rooms,\n- doors.", id="as a list"),
    ],
)
def test_what_is_announced_is_quoted_with_what_announces_it(edition: Edition, text: str) -> None:
    question = parse_question("What does the fund pay for?")

    (quote, *_) = edition.answerer.quote(
        question, [CallerText("a", text)], AnswerOptions(min_confidence=0)
    )

    assert quote.quote.startswith("The fund pays for:")
    assert "oofs" in quote.quote


def test_what_announces_nothing_is_not_quoted(edition: Edition) -> None:
    question = parse_question("What does the fund pay for?")

    quotes = edition.answerer.quote(
        question, [CallerText("a", "The fund pays for:")], AnswerOptions(min_confidence=0)
    )

    assert quotes == ()


def test_list_items_know_the_sentence_before_their_list(texts: CallerTexts) -> None:
    sentences = [texts.sentence_text(row).strip() for row in range(texts.n_sentences)]

    assert sentences == [
        "The desk offers:",
        "- free language courses,",
        "- help with school.",
        "It is open.",
    ]
    assert [texts.lead_row(row) for row in range(4)] == [None, 0, 0, None]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"], ids=["windows", "old mac"])
def test_lines_end_as_on_any_system(edition: Edition, line_end: str) -> None:
    text = "The desk\noffers:\n \n- free language courses,\n- help with\nschool.\n\nIt is open"
    encoder = edition.answerer.models.encoder

    usual, other = (
        CallerTexts([CallerText("a", written)], encoder=encoder, index=edition.index)
        for written in (text, text.replace("\n", line_end))
    )

    sentences = [usual.sentence_text(row) for row in range(usual.n_sentences)]
    assert len(sentences) == 4
    assert [other.sentence_text(row) for row in range(other.n_sentences)] == [
        sentence.replace("\n", line_end) for sentence in sentences
    ]
    assert [other.lead_row(row) for row in range(4)] == [None, 0, 0, None]


def test_names_that_stand_in_no_text_are_unknown_once(texts: CallerTexts) -> None:
    assert texts.unknown(["Lagos", "desk", "Lagos"]) == ("Lagos",)
    assert texts.unknown(["esk", "Désk"]) == ("esk",)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        pytest.param(
            "The mayor found two ways to calm the market. One way was to freeze the rents of "
            "rooms. Another was to build a hall. The hall has a green roof.",
            "Another was to build a hall.",
            id="one and another",
        ),
        pytest.param(
            "The mayor took several measures to calm the market. They included a freeze of rents.",
            "They included a freeze of rents.",
            id="they included",
        ),
        pytest.param(
            "The mayor found ways to calm the market. Some examples were shown at a fair in May. "
            "One way was to freeze the rents of rooms. The hall has a green roof.",
            "One way was to freeze the rents of rooms.",
            id="some examples before one",
        ),
        pytest.param(
            "The mayor calmed the market in spring. One way was blocked by snow.",
            "The mayor calmed the market in spring.",
            id="nothing that speaks of several things",
        ),
    ],
)
def test_what_tells_the_ways_is_quoted_with_what_speaks_of_them(
    edition: Edition, text: str, rest: str
) -> None:
    question = parse_question("How did the mayor calm the market?")

    (quote, *_) = edition.answerer.quote(
        question, [CallerText("a", text)], AnswerOptions(min_confidence=0)
    )

    assert quote.quote.startswith("The mayor")
    assert quote.quote.endswith(rest)


def test_what_texts_write_out_is_not_unknown(texts: CallerTexts) -> None:
    assert texts.unknown(["US", "U.S.", "UN", "Lima", "UNHCR"]) == ("Lima", "UNHCR")


def test_who_plays_a_part_is_looked_for_in_one_text(edition: Edition) -> None:
    given = [CallerText("a", LIST), CallerText("b", "Facilitator: Ada Brink"), CallerText("c", " ")]
    texts = CallerTexts(given, encoder=edition.answerer.models.encoder, index=edition.index)

    assert texts.role_labels(0) == texts.role_labels(2) == {}
    ((role, (row,)),) = texts.role_labels(1).items()
    assert (role, texts.sentence_text(row)) == ("moderator", "Facilitator: Ada Brink")
