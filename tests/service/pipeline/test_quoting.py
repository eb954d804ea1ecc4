"""What is quoted: the fewest sentences that answer, whole, disjoint, and understandable alone."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import BlockKind, Span
from indexer.settings import IndexerSettings
from indexer.store.index import Index
from service.answer_options import AnswerOptions
from service.pipeline.candidates import CandidateSentence, candidate_sentences
from service.pipeline.quoting import _LEANS_BACK, QuotedSpan, choose_quotes
from service.pipeline.retrieval import Retrieved, ScoredSentences
from service.records import WORD, ScoredPassage
from tests.conftest import index_of


@pytest.fixture(scope="module")
def index(ostra: Index) -> Index:
    return ostra


def text_of(index: Index, row: int) -> str:
    return index.sentence_text(row)


def retrieved(index: Index, scores: dict[str, float]) -> Retrieved:
    """Return every passage, and every sentence with the score of the words that it holds.

    A sentence's own cosine, its window's and its matching are all its score here, and each
    passage's is 0, so that they rank by score alone; sentences not named in ``scores`` have -1.
    """
    n_sentences = index.n_sentences
    own = np.full(n_sentences, -1.0, dtype=np.float32)
    for words, score in scores.items():
        rows = [row for row in range(n_sentences) if words in text_of(index, row)]
        assert len(rows) == 1, words
        own[rows] = score
    passages = tuple(
        ScoredPassage(row, index.passage(row), "", 0.0) for row in range(index.n_passages)
    )
    holder = [
        next(
            passage
            for passage in range(index.n_passages)
            if index._passages.first_sentences[passage]
            <= row
            <= index._passages.last_sentences[passage]
        )
        for row in range(n_sentences)
    ]
    sentences = ScoredSentences(np.arange(n_sentences), own, own, own, np.asarray(holder))
    return Retrieved(passages, sentences, best_dense=0.5)


def quotes(index: Index, chosen: tuple[QuotedSpan, ...]) -> list[str]:
    return [
        quote.span.of(index.document(index.documents[quote.document].doc_id).text)
        for quote in chosen
    ]


def quoted(index: Index, scores: dict[str, float], **options: Any) -> list[str]:
    candidates = candidates_of(retrieved(index, scores), index)
    return quotes(index, choose_quotes(candidates, index, AnswerOptions(**options)))


def candidates_of(retrieved_: Retrieved, index: Index) -> list[CandidateSentence]:
    return candidate_sentences(retrieved_, index)


def test_the_best_sentence_alone_is_quoted_where_others_are_far_worse(index: Index) -> None:
    assert quoted(index, {"Volunteers ran": 0.9, "A bus brought": -0.2}) == [
        "Volunteers ran a helpline at night."
    ]


def test_neighbours_that_both_answer_are_one_quote(index: Index) -> None:
    assert quoted(index, {"Volunteers ran": 0.88, "A bus brought": 0.9}) == [
        "Volunteers ran a helpline at night. A bus brought the children to school."
    ]


@pytest.mark.parametrize(("log_odds", "n_quotes"), [(-2.0, 2), (-4.0, 1)])
def test_what_hardly_answers_is_no_second_quote(
    index: Index, log_odds: float, n_quotes: int
) -> None:
    best, second, *_ = candidates_of(
        retrieved(index, {"Volunteers ran": 0.9, "A paper of": 0.88}), index
    )
    read = [replace(best, log_odds=1.0), replace(second, log_odds=log_odds)]

    assert len(choose_quotes(read, index, AnswerOptions())) == n_quotes
    assert len(choose_quotes(read, index, AnswerOptions(), names_several=True)) == 2


def test_a_weaker_sentence_makes_a_quote_fuller_but_no_new_one(index: Index) -> None:
    weaker = 0.9 - 0.1 * 10 / 6  # own, window and matching are six tenths of a score
    joined = quoted(index, {"Volunteers ran": 0.9, "A bus brought": weaker})
    apart = quoted(index, {"Volunteers ran": 0.9, "It served 900": weaker})

    assert joined == ["Volunteers ran a helpline at night. A bus brought the children to school."]
    assert apart == ["Volunteers ran a helpline at night."]


@pytest.mark.parametrize(
    ("behind", "log_odds", "is_joined"),
    [
        pytest.param(0.15, -1.9, True, id="hardly less likely"),
        pytest.param(0.15, -2.1, False, id="less likely"),
        pytest.param(0.15, None, False, id="not read"),
        pytest.param(0.25, 3.0, False, id="too far behind"),
    ],
)
def test_what_goes_on_is_quoted_too_where_it_is_as_likely_to_answer(
    index: Index, behind: float, log_odds: float | None, *, is_joined: bool
) -> None:
    scores = {"Volunteers ran": 0.9, "A bus brought": 0.9 - behind * 10 / 6}
    best, second, *_ = candidates_of(retrieved(index, scores), index)
    read = [replace(best, log_odds=-1.0), replace(second, log_odds=log_odds)]

    (quote,) = quotes(index, choose_quotes(read, index, AnswerOptions()))

    assert quote.endswith("A bus brought the children to school.") is is_joined


def test_a_sentence_alone_between_two_quoted_ones_makes_them_one_quote(index: Index) -> None:
    scores = {"opened a welcome desk in 2018": 0.9, "Some families": 0.89}
    opened = "The town of Ostra opened a welcome desk in 2018."
    travelled = "Some families travelled for two days."

    assert quoted(index, scores) == [
        f"{opened} It served 900 families in its first year. {travelled}"
    ]
    assert quoted(index, scores, max_words=20) == [opened, travelled]


def test_quotes_of_two_paragraphs_stay_apart(index: Index) -> None:
    apart = quoted(index, {"Some families": 0.9, "Volunteers ran": 0.89})

    assert apart == ["Some families travelled for two days.", "Volunteers ran a helpline at night."]


@pytest.mark.parametrize(
    ("leaning", "quote"),
    [
        pytest.param(
            "It served 900",
            "The town of Ostra opened a welcome desk in 2018. "
            "It served 900 families in its first year.",
            id="It",
        ),
        pytest.param(
            "However, the desk",
            "Some families travelled for two days. However, the desk stayed closed on weekends.",
            id="However",
        ),
    ],
)
def test_a_sentence_that_leans_back_is_quoted_with_the_one_before(
    index: Index, leaning: str, quote: str
) -> None:
    assert quoted(index, {leaning: 0.9}) == [quote]


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Until then, families sleep in the hall.", True),
        ("Some of these desks close at noon.", True),
        ("To that end the city hired six mediators.", True),
        ("Desde entonces atienden a 900 familias.", True),
        ("Since 2018 the desk has served 900 families.", False),
        ("Some of the desks close at noon.", False),
    ],
)
def test_words_that_point_back_are_known(text: str, *, leans: bool) -> None:
    assert bool(_LEANS_BACK.match(text)) is leans


def test_a_sentence_that_opens_its_paragraph_has_nothing_to_lean_on(index: Index) -> None:
    assert quoted(index, {"They all came": 0.9}) == ["They all came to the opening."]


def test_each_side_of_a_comparison_gets_its_best_sentence(index: Index) -> None:
    scores = {"Volunteers ran": 0.9, "Some families": 0.89, "A paper of": 0.85}
    candidates = candidates_of(retrieved(index, scores), index)

    def text_for(*sides: str) -> str:
        chosen = choose_quotes(candidates, index, AnswerOptions(max_quotes=2), sides=sides)
        return " ".join(quotes(index, chosen))

    assert "A paper of the capital" not in text_for()
    assert "A paper of the capital" in text_for("Capital", "volunteers")
    assert "Volunteers ran" in text_for("Capital", "volunteers")
    assert text_for("Lagos", "Quito") == text_for()


def test_an_item_further_down_is_quoted_with_the_list_up_to_it(index: Index) -> None:
    assert quoted(index, {"help with school": 0.9, "vouchers for local": 0.88}) == [
        (
            "The desk offers four services:\n\n- free language courses for adults,\n"
            "- help with school enrolment,\n- vouchers for local buses,"
        )
    ]


def test_a_first_item_and_its_lead_are_one_quote(index: Index) -> None:
    assert quoted(index, {"free language courses": 0.9}) == [
        "The desk offers four services:\n\n- free language courses for adults,"
    ]


def test_a_sentence_that_announces_a_list_is_quoted_with_its_items(index: Index) -> None:
    assert quoted(index, {"The desk offers four": 0.9}, max_quotes=1) == [
        (
            "The desk offers four services:\n\n- free language courses for adults,\n"
            "- help with school enrolment,\n- vouchers for local buses,\n- housing."
        )
    ]


def test_a_list_that_is_too_long_is_quoted_as_far_as_there_is_room(index: Index) -> None:
    assert quoted(index, {"The desk offers four": 0.9}, max_words=17) == [
        (
            "The desk offers four services:\n\n- free language courses for adults,\n"
            "- help with school enrolment,"
        )
    ]
    rather_too_long = "The desk offers four services:\n\n- free language courses for adults,"
    assert quoted(index, {"The desk offers four": 0.9}, max_words=9) == [rather_too_long]


def test_a_list_without_room_for_an_item_is_not_announced(index: Index) -> None:
    scores = {"Volunteers ran": 0.9, "The desk offers four": 0.89}

    assert quoted(index, scores, max_words=14) == ["Volunteers ran a helpline at night."]


def test_near_duplicates_are_quoted_once_from_the_better_one(index: Index) -> None:
    texts = quoted(index, {"opened a welcome desk": 0.88, "its welcome desk in 2018": 0.9})

    assert texts == ["The town of Ostra opened its welcome desk in 2018."]


def test_what_states_nothing_is_not_quoted_however_well_it_scores(index: Index) -> None:
    scores = {"Guide to arrival": 1.0, "What the desk offers": 1.0, "District": 1.0}

    assert quoted(index, {**scores, "A bus brought": 0.3}) == [
        "A bus brought the children to school."
    ]


def test_a_table_row_is_quoted_and_a_scrap_is_not(index: Index) -> None:
    texts = quoted(index, {"- housing": 0.9, "North": 0.85})

    assert all("housing" not in text for text in texts)
    assert [text for text in texts if "1,200" in text]


def test_the_likeliest_quote_stands_first(index: Index) -> None:
    texts = quoted(
        index, {"A bus brought": 0.88, "A paper of the capital": 0.9, "Some families": 0.87}
    )

    assert texts == [
        "A paper of the capital wrote about the mayor.",
        "A bus brought the children to school.",
        "Some families travelled for two days.",
    ]


@pytest.fixture(scope="module")
def homes(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a report that contradicts itself."""
    lines = (
        "The state spends USD 300,000 on 7,000 homes.",
        "The mayor came.",
        "It spends USD 300 million on 7,000 homes.",
    )
    return index_of({"homes.txt": "\n\n".join(lines)}, _built, tmp_path_factory.mktemp("homes"))


@pytest.mark.parametrize(("log_odds", "n_quotes"), [(1.0, 2), (-4.0, 1), (None, 1)])
def test_what_contradicts_the_best_sentence_is_quoted_though_it_is_far_behind(
    homes: Index, log_odds: float | None, n_quotes: int
) -> None:
    best, *_, other = sorted(
        candidates_of(retrieved(homes, {}), homes), key=lambda candidate: candidate.row
    )
    read = [
        replace(best, score=0.9, log_odds=1.0),
        replace(other, score=0.3, log_odds=log_odds),
    ]

    assert len(choose_quotes(read, homes, AnswerOptions())) == n_quotes


def test_sentences_alike_that_differ_in_a_figure_are_both_quoted(index: Index) -> None:
    texts = quoted(index, {"opened a welcome desk": 0.9, "its welcome desk in 2021": 0.89})

    assert len(texts) == 2
    assert "2018" in texts[0]
    assert "2021" in texts[1]


def test_words_of_quotes_stay_within_the_budget(index: Index) -> None:
    scores = {"Volunteers ran": 0.9, "Some families": 0.89, "A paper of": 0.88}

    assert quoted(index, scores, max_words=12) == [
        "Volunteers ran a helpline at night.",
        "Some families travelled for two days.",  # six words each, the paper's nine are too many
    ]


def test_no_more_quotes_are_given_than_wanted(index: Index) -> None:
    scores = {"Volunteers ran": 0.9, "Some families": 0.89, "A paper of": 0.88}

    assert len(quoted(index, scores, max_quotes=2)) == 2
    assert quoted(index, scores, max_quotes=1) == ["Volunteers ran a helpline at night."]


def test_a_neighbour_adds_no_quote(index: Index) -> None:
    scores = {"Volunteers ran": 0.9, "Some families": 0.89, "A bus brought": 0.88}

    assert quoted(index, scores, max_quotes=1) == [
        "Volunteers ran a helpline at night. A bus brought the children to school."
    ]


def test_a_best_sentence_whose_support_is_too_much_is_quoted_alone(index: Index) -> None:
    assert quoted(index, {"help with school": 0.9}, max_words=12) == [
        "- help with school enrolment,"
    ]
    assert quoted(index, {"It served 900": 0.9}, max_words=9) == [
        "It served 900 families in its first year."
    ]


def test_a_quote_knows_its_passage_and_its_best_score(index: Index) -> None:
    passages_and_scores = retrieved(index, {"It served 900": 0.8})

    (quote,) = choose_quotes(candidates_of(passages_and_scores, index), index, AnswerOptions())

    passage = passages_and_scores.passages[quote.best.passage].passage
    assert passage.span.start <= quote.span.start < quote.span.end <= passage.span.end
    assert quote.best.score == pytest.approx((0.8 + 0.8 + 4 * 0.0 + 4 * 0.8) / 10)


def test_a_highlight_keeps_its_words_when_a_neighbour_is_quoted_before(index: Index) -> None:
    row = next(row for row in range(99) if text_of(index, row).startswith("It served"))
    candidate = CandidateSentence(row, passage=0, score=0.9, highlight=Span(10, 13))

    (quote,) = choose_quotes([candidate], index, AnswerOptions())

    (text,) = quotes(index, (quote,))
    assert text.startswith("The town of Ostra")
    assert quote.highlight is not None
    assert quote.highlight.of(text) == "900"


def test_of_nothing_nothing_is_quoted(index: Index) -> None:
    assert choose_quotes([], index, AnswerOptions()) == ()


@pytest.mark.parametrize(
    ("text", "n_words"),
    [("peri-urban slums", 3), ("18,000 people, 92% of them", 5), ("NUP’s costs | 3.5", 4)],
)
def test_a_compound_counts_as_its_words(text: str, n_words: int) -> None:
    assert len(WORD.findall(text)) == n_words


@given(st.data(), st.integers(1, 8), st.integers(25, 200))
def test_quotes_are_disjoint_runs_of_whole_sentences_within_bounds(
    index: Index, data: st.DataObject, max_quotes: int, max_words: int
) -> None:
    n_sentences = index.n_sentences
    drawn = data.draw(st.lists(st.floats(-1, 1), min_size=n_sentences, max_size=n_sentences))
    given_scores = retrieved(index, {})
    own = np.asarray(drawn, dtype=np.float32)
    scored = replace(given_scores, sentences=replace(given_scores.sentences, own=own, window=own))

    chosen = choose_quotes(
        candidates_of(scored, index),
        index,
        AnswerOptions(max_quotes=max_quotes, max_words=max_words),
    )

    assert 1 <= len(chosen) <= max_quotes
    assert sum(len(WORD.findall(text)) for text in quotes(index, chosen)) <= max_words
    for quote in chosen:
        entry = index.documents[quote.document]
        sentences = index.sentences(entry)
        held = [s for s in sentences if quote.span.start <= s.span.start < quote.span.end]
        blocks = index.document(entry.doc_id).blocks
        assert (held[0].span.start, held[-1].span.end) == (quote.span.start, quote.span.end)
        kinds = [blocks[number].kind for number in sorted({sentence.block for sentence in held})]
        assert set(kinds[1:]) <= {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
        assert kinds[0] not in {BlockKind.HEADING, BlockKind.TABLE_HEADER}
        assert (
            sum(
                quote.document == other.document
                and quote.span.start < other.span.end
                and other.span.start < quote.span.end
                for other in chosen
            )
            == 1
        )
