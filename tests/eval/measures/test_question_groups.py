from dataclasses import replace

import pytest

from eval.measures.question_groups import equity, groups_of, regions_of
from eval.measures.regions import region_of
from eval.records import GoldSpan
from indexer.corpus.catalogue_fields import country_codes
from tests.eval.run_samples import DOCUMENTS, QUESTION, REFUSED, ROW, UNANSWERABLE


def test_a_question_is_in_the_groups_its_judge_named() -> None:
    assert groups_of(QUESTION, ROW, DOCUMENTS.get) == {
        "language": ("en",),
        "type": ("factoid",),
        "difficulty": ("easy",),
        "country": ("CL",),
        "theme": ("housing",),
        "document": ("alta",),
        "publisher": ("Alta City",),
    }


def test_what_was_not_named_comes_from_the_documents() -> None:
    bare = replace(QUESTION, kind=None, difficulty=None, countries=(), theme=None)
    of_both = replace(bare, gold=(GoldSpan("alta"), GoldSpan("bassa"), GoldSpan("gamma")))

    found = groups_of(of_both, ROW, DOCUMENTS.get)

    assert (found["type"], found["difficulty"]) == ((), ())
    assert found["country"] == ("CL", "KE", "UG")
    assert found["theme"] == ("housing",)
    assert found["document"] == ("alta", "bassa", "gamma")


def test_an_unanswerable_question_belongs_to_the_document_it_came_nearest_to() -> None:
    found = groups_of(UNANSWERABLE, REFUSED, DOCUMENTS.get)

    assert (found["document"], found["country"], found["publisher"]) == (("bassa",), (), ())
    assert tuple(found) == (
        "language", "type", "difficulty", "country", "theme", "document", "publisher"
    )  # fmt: skip


def test_regions_come_from_countries_else_from_documents() -> None:
    by_documents = replace(QUESTION, countries=(), gold=(GoldSpan("alta"), GoldSpan("bassa")))
    regional = replace(DOCUMENTS["alta"], countries=(), regions=("World",))

    assert regions_of(QUESTION, DOCUMENTS.get) == ("Latin America and the Caribbean",)
    assert regions_of(by_documents, DOCUMENTS.get) == ("Latin America and the Caribbean", "Africa")
    assert regions_of(replace(QUESTION, countries=()), {"alta": regional}.get) == ("World",)
    assert regions_of(UNANSWERABLE, DOCUMENTS.get) == ("no country",)


def test_every_country_but_antarctica_has_a_region() -> None:
    assert {code for code in country_codes() if region_of(code) == "other"} == {"AQ"}


def test_equity_is_the_difference_to_the_mean_of_all() -> None:
    table = equity(
        [{"answer": 1.0}, {"answer": 1.0}, {"answer": 0.0}, {"false answer": 1.0}],
        [("Africa",), ("Africa", "Asia"), ("Asia",), ("Asia",)],
    )

    assert set(table) == {"answer"}  # one region alone is not compared
    assert table["answer"]["Africa"].mean == pytest.approx(1 - 2 / 3)
    assert table["answer"]["Asia"].mean == pytest.approx(1 / 2 - 2 / 3)
    assert table["answer"]["Asia"].low < 0 < table["answer"]["Africa"].high
