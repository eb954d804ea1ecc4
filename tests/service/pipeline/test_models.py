"""The models come with the index and share two cores."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from indexer.errors import IndexDamagedError
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.model_folders import ENCODER, READER
from service.library import Edition
from service.pipeline.models import Models
from service.pipeline.question import parse_question


@pytest.mark.parametrize("model", [ENCODER, READER])
def test_an_index_without_its_models_is_refused(built: IndexerSettings, model: str) -> None:
    index = open_index(built.index_dir, verify=False)
    for path in (index.folder / model).iterdir():
        path.unlink()

    with pytest.raises(IndexDamagedError, match="rebuild"):
        Models.open(index)


@pytest.mark.usefixtures("edition")
def test_blas_leaves_the_cores_to_the_reader() -> None:
    threads = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    assert threads
    assert set(threads) == {1}


@pytest.mark.parametrize(
    ("languages", "expected"),
    [({"es"}, "¿Qué es el asilo?"), ({"en", "es"}, "asylum")],
    ids=["no report in English", "one in English"],
)
def test_a_question_is_translated_where_a_report_in_english_may_answer(
    edition: Edition, languages: set[str], expected: str
) -> None:
    question = parse_question("¿Qué es el asilo?")

    assert expected in edition.answerer.models.in_english(question, languages)


def test_what_was_asked_before_is_translated_by_itself(edition: Edition) -> None:
    models = edition.answerer.models
    asked = "¿Y cuántos artículos tiene?"
    alone = models.in_english(parse_question("¿Cuántos artículos tiene?"), {"en"})

    both = models.in_english(parse_question(f"¿Qué es el asilo? – {asked}"), {"en"})

    assert both == f"What is the asylum? – {alone}"


def test_the_name_that_opens_what_was_asked_before_stays_a_name(edition: Edition) -> None:
    question = parse_question("What did Quito set up with UNHCR? – How often does it meet?")

    encoded = edition.answerer.models.encode(question, {"en"})

    assert encoded.english == "Quito set up with UNHCR. How often does it meet?"
    assert encoded.names == ("Quito", "UNHCR")
    assert encoded.goes_on


def test_a_follow_up_by_itself_keeps_the_names_of_what_was_asked_before(edition: Edition) -> None:
    models = edition.answerer.models
    question = parse_question("What did Quito set up with UNHCR? – How often does UNHCR meet?")

    by_itself = models.by_itself(models.encode(question, {"en"}))

    assert by_itself.english == "How often does UNHCR meet? Quito"
    assert np.array_equal(
        by_itself.query.vector, models.encoder.encode_whole(by_itself.english).vector
    )


def test_a_people_is_not_the_country_that_was_asked_about_before(edition: Edition) -> None:
    models = edition.answerer.models
    question = parse_question("What does Peru pay for? – How many Peruvian families get it?")

    by_itself = models.by_itself(models.encode(question, {"en"}))

    assert by_itself.english == "How many Peruvian families get it? Peru"
