"""The service answers from an index in Milvus as it does from the local one, to the last digit."""

import pytest

from indexer.build import build
from indexer.index_place import MilvusPlace
from indexer.store.generations import store_at
from indexer.store.writing.generation_writer import writer_at
from service.answer_options import AnswerOptions
from service.library import Edition, Library, open_edition
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question
from service.records import Filters
from service.settings import Settings

QUESTIONS = [
    "How much is the rent subsidy that Chile pays to migrants?",
    "What do applicants for the subsidy need?",
    "How many families got it in 2020?",
    "Does Bogotá ask migrants for a residence permit in hospitals?",
    "¿Desde cuándo vacunan a los niños migrantes en Lima?",
    "How many stations does the metro of Quito have?",
    "What is the best pizza in Naples?",
    "Who governs Lagos in 2024?",
]


@pytest.fixture(scope="module")
def remote(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the same reports, indexed in Milvus."""
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    folder = tmp_path_factory.mktemp("milvus")
    made = settings.model_copy(
        update={"index": MilvusPlace(str(folder / "index.db")), "models": folder / "models"}
    )
    build(made, source=settings.index_dir)
    return made


@pytest.fixture(scope="module")
def answerer(remote: Settings) -> Answerer:
    return Answerer(store_at(remote.index_place).open())


@pytest.mark.parametrize("text", QUESTIONS)
def test_answers_and_refusals_are_equal(text: str, edition: Edition, answerer: Answerer) -> None:
    question, options = parse_question(text), AnswerOptions()

    ours, theirs = edition.answerer.answer(question, options), answerer.answer(question, options)

    assert theirs == ours


@pytest.mark.parametrize(
    "filters",
    [Filters(country=("CL",)), Filters(year_to=2020), Filters(language=("es",))],
    ids=["country", "year", "language"],
)
def test_passages_that_pass_filters_are_equal(
    filters: Filters, edition: Edition, answerer: Answerer
) -> None:
    question = parse_question("housing for migrants", filters=filters)

    ours, theirs = (
        answering.search(question, top_k=10) for answering in (edition.answerer, answerer)
    )

    assert theirs == ours
    assert ours


def test_a_running_service_takes_up_what_is_published_and_what_is_rolled_back(
    remote: Settings,
) -> None:
    writer = writer_at(remote.index_place)
    library = Library(remote, load=open_edition)
    library.look()
    first = library.current().generation

    build(remote.model_copy(update={"build_exact_below": 0}))
    library.look()
    second = library.current()
    writer.rollback()
    library.look()

    assert second.generation != first
    assert second.index.manifest.vector_index == "hnsw"
    assert second.index.manifest.recall_at_10 == 1.0
    assert library.current().generation == first
    assert build(remote).is_held
