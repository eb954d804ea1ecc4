"""A question gets quotes with their place, or a typed no."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from indexer.build import build
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.answering import Answerer
from service.pipeline.confidence import SHIPPED_PATH, Calibration
from service.pipeline.question import parse_question
from service.pipeline.stages import STAGES, NoObserver, watched_by
from service.records import Answer, Filters, Refusal, RefusalCode

SUBSIDY = "How much is the monthly rent subsidy that migrants in Chile get?"


@pytest.fixture
def answerer(edition: Edition) -> Answerer:
    return edition.answerer


def ask(
    answerer: Answerer, text: str, *, filters: Filters | None = None, **options: Any
) -> Answer | Refusal:
    wanted = AnswerOptions(**options)
    return answerer.answer(parse_question(text, filters=filters), wanted)


def answered(answerer: Answerer, text: str, **options: Any) -> Answer:
    answer = ask(answerer, text, **options)
    assert isinstance(answer, Answer)
    return answer


def refused(
    answerer: Answerer, text: str, *, filters: Filters | None = None, **options: Any
) -> Refusal:
    refusal = ask(answerer, text, filters=filters, **options)
    assert isinstance(refusal, Refusal)
    return refusal


def test_a_question_that_the_reports_answer_is_answered_with_the_sentence(
    answerer: Answerer,
) -> None:
    answer = answered(answerer, SUBSIDY)

    text = " ".join(quote.text for quote in answer.quotes)
    assert "a monthly rent subsidy of 170,000 pesos" in text
    assert answer.confidence >= Calibration.read(SHIPPED_PATH).threshold
    assert answer.citations[0].document.doc_id == "chile-rent"


def test_an_acronym_of_the_reports_is_answered_however_little_the_encoder_makes_of_it(
    built: IndexerSettings,
) -> None:
    meaning = "The Panel of Renters (UPRX) met twice."
    others = "Officials of nine towns met in spring to talk about schools, clinics and buses. " * 5
    report = f"# Meetings of the towns of the coast\n\n{others}{meaning} {others}\n"
    (built.corpus / "meetings.md").write_text(report, encoding="utf-8")
    build(built)

    answerer = Answerer(open_index(built.index_dir, verify=False))
    answer = answered(answerer, "What is the UPRX?")

    assert meaning in " ".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    ("question", "words", "page"),
    [
        ("How many passengers does the trolleybus of Quito carry?", "250,000 passengers", 1),
        ("What does a single fare cost in Quito?", "35 cents", 2),
        ("How many stations does the metro of Quito have?", "fifteen stations", 3),
    ],
)
def test_a_quote_from_a_pdf_has_the_page_that_it_stands_on(
    answerer: Answerer, question: str, words: str, page: int
) -> None:
    answer = answered(answerer, question)

    (citation,) = [citation for citation in answer.citations if words in citation.quote]
    assert (citation.page, citation.page_end, citation.page_label) == (page, page, None)
    assert citation.document.info.title == "Moving <b>around</b> Quito"


def test_a_quote_without_pages_has_a_heading_path(answerer: Answerer) -> None:
    citation = answered(answerer, SUBSIDY).citations[0]

    assert (citation.page, citation.page_end, citation.page_label) == (None, None, None)
    assert citation.headings == ("Renting in Chile", "How the subsidy works")


@pytest.mark.parametrize(
    "question",
    [SUBSIDY, "¿Qué necesitan los solicitantes?", "Who may apply for the subsidy?", "Quito metro?"],
)
def test_every_quote_is_verbatim_and_cited_by_number(answerer: Answerer, question: str) -> None:
    answer = answered(answerer, question, min_confidence=0, max_quotes=8)

    assert [quote.citation for quote in answer.quotes] == list(range(1, len(answer.quotes) + 1))
    for quote, citation in zip(answer.quotes, answer.citations, strict=True):
        text = answerer.index.document(citation.document.doc_id).text
        row = answerer.index.row_of(citation.passage_id)
        assert quote.text == citation.quote == citation.span.of(text)
        assert quote.citation == citation.number
        assert row is not None
        assert answerer.index.passage(row).headings == citation.headings


def test_what_the_corpus_does_not_know_is_named(answerer: Answerer) -> None:
    refusal = refused(answerer, "What rules govern landlords in Lagos in 2024?")

    assert refusal.unknown == ("Lagos", "2024")


def test_a_refusal_shows_the_nearest_passages(answerer: Answerer) -> None:
    refusal = refused(answerer, SUBSIDY, min_confidence=1)

    assert refusal.code is RefusalCode.BELOW_MIN_CONFIDENCE
    assert "170,000 pesos" in refusal.nearest[0].text
    found = answerer.search(parse_question(SUBSIDY), top_k=3)
    assert [scored.row for scored in refusal.nearest] == [scored.row for scored in found]
    text = answerer.index.document(refusal.nearest[0].passage.doc_id).text
    assert "170,000 pesos" in refusal.nearest[0].likeliest[0].of(text)


@pytest.mark.parametrize(
    "question",
    ["What is it?", "Which wine goes with grilled octopus?", "Who ruled Lagos in 2024?", "x", "🏠"],
)
def test_at_confidence_0_whatever_is_retrieved_is_quoted(answerer: Answerer, question: str) -> None:
    assert answered(answerer, question, min_confidence=0).quotes


@pytest.mark.parametrize("min_confidence", [0.0, 0.5])
def test_where_no_document_may_answer_the_question_is_refused(
    answerer: Answerer, min_confidence: float
) -> None:
    refusal = refused(
        answerer, SUBSIDY, filters=Filters(year_from=2050), min_confidence=min_confidence
    )

    assert refusal.code is RefusalCode.NO_REPORT_PASSES_FILTERS
    assert refusal.nearest == ()
    assert 0 < refusal.confidence < 0.5


class Recorder(NoObserver):
    """Notes the stages of a question."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def stage(self, name: str) -> AbstractContextManager[object]:
        self.stages.append(name)
        return nullcontext()


@pytest.mark.parametrize(
    ("question", "filters", "code"),
    [
        pytest.param(
            "Combien de migrants reçoivent une aide au loyer au Chili ?",
            Filters(),
            RefusalCode.LANGUAGE_NOT_SUPPORTED,
            id="language",
        ),
        pytest.param(
            SUBSIDY, Filters(year_to=1900), RefusalCode.NO_REPORT_PASSES_FILTERS, id="filters"
        ),
    ],
)
def test_nothing_is_searched_for_a_question_that_is_refused_by_itself(
    answerer: Answerer, question: str, filters: Filters, code: RefusalCode
) -> None:
    recorder = Recorder()

    with watched_by(recorder):
        refusal = refused(answerer, question, filters=filters)

    assert recorder.stages == []
    assert (refusal.code, refusal.nearest, refusal.unknown) == (code, (), ())
    assert 0 < refusal.confidence < 0.01
    assert refusal.required == answerer.models.calibration.threshold


def test_at_confidence_0_a_question_in_any_language_is_searched_for(answerer: Answerer) -> None:
    recorder = Recorder()

    with watched_by(recorder):
        answered(answerer, "Combien paie le Chili aux migrants ?", min_confidence=0)

    assert recorder.stages == list(STAGES)


def test_only_documents_that_may_answer_are_quoted(answerer: Answerer) -> None:
    question = parse_question(SUBSIDY, filters=Filters(country=("EC",)))

    answer = answerer.answer(question, AnswerOptions(min_confidence=0))

    assert isinstance(answer, Answer)
    assert {citation.document.doc_id for citation in answer.citations} == {"quito"}


@pytest.mark.parametrize(
    ("wanted", "language"), [(None, "es"), ("pt", "pt")], ids=["the question's", "the one wanted"]
)
def test_an_answer_is_worded_in_a_language(
    answerer: Answerer, wanted: str | None, language: str
) -> None:
    question = parse_question("¿Cuánto paga Chile por el arriendo de las personas migrantes?")

    answer = answerer.answer(question, AnswerOptions(min_confidence=0, language=wanted))

    assert answer.language == language
    assert answer.question.language == "es"


def test_budgets_are_kept(answerer: Answerer) -> None:
    answer = answered(answerer, SUBSIDY, min_confidence=0, max_quotes=1, max_words=30, top_k=1)

    assert len(answer.quotes) == 1
    assert len(answer.quotes[0].text.split()) <= 30


def test_threads_get_the_answers_that_one_alone_gets(answerer: Answerer) -> None:
    questions = [SUBSIDY, "What does a single fare cost in Quito?", "Who vaccinates in Lima?"] * 6
    alone = [ask(answerer, question) for question in questions]

    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda question: ask(answerer, question), questions))

    assert together == alone


def test_answers_go_on_after_the_generation_was_pruned(built: IndexerSettings) -> None:
    index = open_index(built.index_dir, verify=False)
    answerer = Answerer(index)
    for path in sorted(index.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    answer = answered(answerer, "How many households used the rental subsidy?", min_confidence=0)

    assert any("Some 4,500 households used it" in quote.text for quote in answer.quotes)
