"""The same question finds the same passages, and only those of documents that may answer."""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.encoder.query_encoder import QueryEncoder
from indexer.records import EncodedText, Rows, Scores
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.index import Index
from indexer.store.model_folders import ENCODER
from service.library import Edition
from service.pipeline.candidates import candidate_sentences
from service.pipeline.facets import admitted
from service.pipeline.question import parse_question
from service.pipeline.retrieval import (
    CosineScale,
    Retrieved,
    SearchScope,
    Views,
    ViewWeights,
    merged,
    retrieve,
)
from service.records import Filters

VIEWS = ("dense", "lexical", "sentence", "window", "pieces", "sentence_pieces")
QUESTION = "How much is the rent subsidy that Chile pays to migrants?"


@pytest.fixture
def index(edition: Edition) -> Index:
    """An index of three reports: Chile (2021), Bogotá and Lima (2019), Quito (no year)."""
    assert isinstance(edition.answerer.index, Index)
    return edition.answerer.index


@cache
def encoder_in(folder: Path) -> QueryEncoder:
    return QueryEncoder(folder, max_pieces=254)


def encoded(index: Index, text: str) -> EncodedText:
    return encoder_in(index.folder / ENCODER).encode_whole(text)


def found(
    index: Index,
    text: str = QUESTION,
    *,
    top_k: int = 50,
    filters: Filters | None = None,
    weights: ViewWeights | None = None,
    sources: tuple[int, ...] = (),
) -> Retrieved:
    question = parse_question(text, filters=filters)
    query = encoded(index, question.text)
    documents = admitted(index.documents, question.filters)
    return retrieve(
        question.text,
        query,
        index,
        scope=SearchScope(documents, top_k, sources=sources),
        views=Views(weights or ViewWeights()),
    )


def parts(retrieved: Retrieved) -> tuple[Rows, Scores, Scores, Scores, Rows]:
    sentences = retrieved.sentences
    return (
        sentences.rows, sentences.own, sentences.window, sentences.matching, sentences.passages,
    )  # fmt: skip


def files(retrieved: Retrieved) -> set[str]:
    return {scored.passage.doc_id for scored in retrieved.passages}


def test_the_passage_that_answers_comes_first(index: Index) -> None:
    best = found(index).passages[0]

    assert "170,000 pesos" in best.text
    assert best.passage == index.passage(best.row)
    assert best.text == best.passage.span.of(index.document(best.passage.doc_id).text)


def test_passages_come_best_first_and_each_once(index: Index) -> None:
    passages = found(index).passages

    scores = [scored.score for scored in passages]
    assert scores == sorted(scores, reverse=True)
    assert len({scored.row for scored in passages}) == len(passages) == index.n_passages


def test_one_question_has_one_ranking(index: Index) -> None:
    first = found(index)

    again = found(index)

    assert again.passages == first.passages
    assert np.array_equal(again.sentences.rows, first.sentences.rows)


def test_equal_scores_keep_the_order_of_the_index(index: Index) -> None:
    none = ViewWeights(0.0, 0.0, 0.0, window=1e-9, pieces=0.0, sentence_pieces=0.0)
    nothing = replace(encoded(index, "zzz"), vector=np.zeros(384, dtype=np.float32))

    retrieved = retrieve("zzz", nothing, index, scope=SearchScope(None, 50), views=Views(none))

    rows = [scored.row for scored in retrieved.passages]
    assert rows == sorted(rows)
    assert len(rows) > 3


@pytest.mark.parametrize("top_k", [1, 2, 3])
def test_no_more_than_top_k_are_found_and_they_are_the_best(index: Index, top_k: int) -> None:
    retrieved = found(index, top_k=top_k)

    assert retrieved.passages == found(index).passages[:top_k]
    assert set(retrieved.sentences.passages.tolist()) <= set(range(top_k))


@pytest.mark.parametrize(
    ("filters", "doc_ids"),
    [
        pytest.param(Filters(), {"chile-rent", "ciudades", "quito"}, id="none"),
        pytest.param(Filters(document=("quito",)), {"quito"}, id="a document"),
        pytest.param(Filters(country=("CL", "PE")), {"chile-rent", "ciudades"}, id="either"),
        pytest.param(
            Filters(theme=("housing",), country=("PE", "EC")), {"ciudades"}, id="both fields"
        ),
        pytest.param(Filters(theme=("housing",), country=("EC",)), set(), id="no report has both"),
        pytest.param(Filters(language=("es",)), {"ciudades"}, id="a language"),
        pytest.param(Filters(publisher=("Transit Office",)), {"quito"}, id="a publisher"),
        pytest.param(Filters(year_from=2020), {"chile-rent"}, id="from a year"),
        pytest.param(Filters(year_to=2021), {"chile-rent", "ciudades"}, id="to a year, dated only"),
        pytest.param(Filters(year_from=2019, year_to=2019), {"ciudades"}, id="one year"),
        pytest.param(Filters(year_from=2022), set(), id="after all reports"),
    ],
)
def test_only_documents_that_pass_the_filters_are_found(
    index: Index, filters: Filters, doc_ids: set[str]
) -> None:
    assert files(found(index, filters=filters)) == doc_ids


def test_a_filter_changes_no_passages_score_by_meaning(index: Index) -> None:
    by_meaning = ViewWeights(lexical=0.0)
    free = {each.row: each.score for each in found(index, weights=by_meaning).passages}

    held = found(index, weights=by_meaning, filters=Filters(country=("CL",))).passages

    assert {each.row: each.score for each in held} == {each.row: free[each.row] for each in held}


def test_nothing_is_found_where_nothing_may_answer(index: Index) -> None:
    retrieved = found(index, filters=Filters(document=("nowhere",)))

    assert retrieved.passages == ()
    assert retrieved.best_dense == -1.0
    assert [len(part) for part in parts(retrieved)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("top_k", [1, 4, 50])
def test_sentences_are_those_of_the_passages_each_once(index: Index, top_k: int) -> None:
    retrieved = found(index, top_k=top_k)

    rows, own, window, matching, passage = parts(retrieved)
    wanted = {
        row
        for scored in retrieved.passages
        for row in range(
            index._passages.first_sentences[scored.row],
            index._passages.last_sentences[scored.row] + 1,
        )
    }
    assert rows.tolist() == sorted(wanted)
    assert len(rows) == len(own) == len(window) == len(matching) == len(passage)
    for row, at in zip(rows, passage, strict=True):
        scored = retrieved.passages[at]
        assert (
            index._passages.first_sentences[scored.row]
            <= row
            <= index._passages.last_sentences[scored.row]
        )


def test_a_sentences_score_is_its_cosine(index: Index) -> None:
    retrieved = found(index)
    query = encoded(index, QUESTION).vector

    rows, own, window, _, _ = parts(retrieved)

    wanted = index.sentence_vectors(rows) @ query
    assert own == pytest.approx(wanted, abs=1e-6)
    assert float(np.abs(window).max()) <= 1.001


def test_a_window_is_the_mean_of_a_sentence_and_its_neighbours_in_the_document(
    index: Index,
) -> None:
    retrieved = found(index)
    query = encoded(index, QUESTION).vector
    vectors = index.sentence_vectors(np.arange(index.n_sentences))
    first = index.entry("ciudades").first_sentence
    at = retrieved.sentences.rows.tolist().index(first)

    found_cosine = retrieved.sentences.window[at]

    mean = vectors[first : first + 2].mean(axis=0)  # none before it: another document's
    assert found_cosine == pytest.approx(mean @ query / np.linalg.norm(mean), abs=1e-5)


def test_a_sentence_and_its_passage_match_the_question_piece_by_piece(index: Index) -> None:
    retrieved = found(
        index, filters=Filters(language=("en",)), weights=ViewWeights(0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    )
    passages = np.asarray([scored.row for scored in retrieved.passages])

    wanted = index.match(encoded(index, QUESTION), passages)

    assert [scored.score for scored in retrieved.passages] == pytest.approx(wanted.passages)
    by_row = dict(zip(wanted.sentences.tolist(), wanted.scores.tolist(), strict=True))
    matching = dict(zip(*(part.tolist() for part in parts(retrieved)[::3]), strict=True))
    assert matching == pytest.approx(by_row)


def test_a_passage_counts_with_the_sentence_that_matches_best(index: Index) -> None:
    retrieved = found(
        index, filters=Filters(language=("en",)), weights=ViewWeights(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    )

    wanted = index.match(
        encoded(index, QUESTION), np.asarray([scored.row for scored in retrieved.passages])
    )

    for at, scored in enumerate(retrieved.passages):
        assert scored.score == pytest.approx(wanted.scores[wanted.position == at].max())


def test_a_score_is_the_weighted_mean_of_its_views(index: Index) -> None:
    views: dict[str, dict[str, Any]] = {
        name: {**dict.fromkeys(VIEWS, 0.0), name: 1.0} for name in VIEWS
    }
    single = {
        name: {each.row: each.score for each in found(index, weights=ViewWeights(**view)).passages}
        for name, view in views.items()
    }

    weights = ViewWeights(dense=1.0, lexical=0.5, sentence=2.0, window=0.25, pieces=4.0)
    weights = replace(weights, sentence_pieces=0.25)

    for scored in found(index, weights=weights).passages:
        parts = [getattr(weights, name) * scores[scored.row] for name, scores in single.items()]
        assert scored.score == pytest.approx(sum(parts) / 8.0, abs=1e-5)
    assert max(single["lexical"].values()) == 1.0


def test_a_report_named_as_the_source_counts_for_its_passages_and_sentences(index: Index) -> None:
    source = found(index).passages[-1].passage.doc_id
    at = [entry.doc_id for entry in index.documents].index(source)
    plain, favoured = found(index), found(index, sources=(at,))

    gains = {
        scored.passage.doc_id: scored.score - before.score
        for scored in favoured.passages
        for before in plain.passages
        if scored.row == before.row
    }
    assert gains == {doc_id: pytest.approx(0.07 if doc_id == source else 0.0) for doc_id in gains}
    before, after = (
        {candidate.row: candidate.score for candidate in candidate_sentences(retrieved, index)}
        for retrieved in (plain, favoured)
    )
    assert {
        row: pytest.approx(score + 0.07 * (index.sentence_document(row) == at))
        for row, score in before.items()
    } == after


def test_an_index_of_two_reports_is_searched_alike(built: IndexerSettings) -> None:
    index = open_index(built.index_dir, verify=False)

    best = found(index, "Which district has 3,300 households?", top_k=1).passages[0]

    assert "Harbour" in best.text
    assert best.passage.doc_id == "housing"


def test_a_passage_that_repeats_a_better_one_comes_later(streets: Index) -> None:
    passages = found(streets, "How many rented rooms has street 12?").passages

    later = [(a, b) for a, b in pairwise(passages) if a.score < b.score]
    assert later
    for one, two in later:
        before = passages[: passages.index(one)]
        assert any(two.passage.span.overlaps(better.passage.span) for better in before)


def test_weights_without_a_view_still_rank(index: Index) -> None:
    weights = replace(ViewWeights(), lexical=0.0)

    assert found(index, weights=weights).passages


def test_cosines_are_put_on_another_scale_and_stay_cosines() -> None:
    scale = CosineScale(slope=2.0, intercept=-0.5)

    scaled = scale(np.asarray([0.25, 0.5, 0.9], dtype=np.float32))

    assert scaled.tolist() == [0.0, 0.5, 1.0]


def test_passages_of_two_kinds_stand_in_one_list_with_their_own_sentences(index: Index) -> None:
    positions = {entry.doc_id: at for at, entry in enumerate(index.documents)}
    query = encoded(index, QUESTION)
    parts = [
        retrieve(QUESTION, query, index, scope=SearchScope([at], 50), views=Views())
        for name, at in positions.items()
        if name != "ciudades"
    ]

    both = merged(parts, top_k=3)

    scores = [scored.score for scored in both.passages]
    assert scores == sorted(scores, reverse=True)
    assert both.best_dense == max(part.best_dense for part in parts)
    for row, passage in zip(both.sentences.rows, both.sentences.passages, strict=True):
        of_document = index.documents[index.sentence_document(int(row))].doc_id
        assert both.passages[passage].passage.doc_id == of_document
