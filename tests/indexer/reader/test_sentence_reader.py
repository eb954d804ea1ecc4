import re
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexDamagedError
from indexer.reader.building.named_reader import WEIGHTS_PATH
from indexer.reader.building.network import pack
from indexer.reader.sentence_reader import (
    MAX_CONTEXT_PIECES,
    MAX_HEADING_PIECES,
    MAX_PIECES,
    TOKENIZER_NAME,
    ReadingItem,
    SentenceReader,
    best_span,
    likely_spans,
    load_tokenizer,
    pair_pieces,
    pieces_before,
    whole_words,
    without_calls,
)

QUESTION = "How many people does the shelter house?"
ITEMS = (
    ReadingItem("The mayor opened a shelter in 2019.", "Ardenia is a port."),
    ReadingItem("The shelter houses 4,500 people.", "The mayor opened a shelter in 2019."),
    ReadingItem("Nobody pays rent there.", ""),
    ReadingItem("«Así», dijo el alcalde — 𝒙 naïve 🏠 — de São Paulo, “sin alquiler”.", ""),
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped weights as the builder packs them."""
    path = tmp_path_factory.mktemp("packed") / "reader"
    pack(WEIGHTS_PATH, path)
    return path


@pytest.fixture(scope="session")
def reader(folder: Path) -> SentenceReader:
    return SentenceReader(folder)


def test_the_answering_sentence_scores_best_and_its_figure_is_marked(
    reader: SentenceReader,
) -> None:
    results = reader.read(QUESTION, ITEMS)

    assert max(range(len(ITEMS)), key=lambda at: results[at].score) == 1
    assert results[1].highlight is not None
    assert "4,500" in results[1].highlight.of(ITEMS[1].text)


def test_highlights_lie_in_the_text_and_cut_no_word(reader: SentenceReader) -> None:
    for item, result in zip(ITEMS, reader.read("Who said so?", ITEMS), strict=True):
        assert result.highlight is not None
        marked = result.highlight
        assert marked.end <= len(item.text)
        assert marked.of(item.text).strip() == marked.of(item.text)
        assert not _splits_word(item.text, marked.start)
        assert not _splits_word(item.text, marked.end)


def test_reading_again_gives_the_same(reader: SentenceReader) -> None:
    assert reader.read(QUESTION, ITEMS) == reader.read(QUESTION, ITEMS)


def test_a_sentence_is_read_alike_alone_and_among_others(reader: SentenceReader) -> None:
    together = reader.read(QUESTION, ITEMS)
    alone = [reader.read(QUESTION, [item])[0] for item in ITEMS]

    assert [result.score for result in together] == pytest.approx(
        [result.score for result in alone], abs=1e-4
    )
    assert [result.highlight for result in together] == [result.highlight for result in alone]


def test_long_and_empty_texts_are_read(reader: SentenceReader) -> None:
    items = [ReadingItem("word " * 400, "before " * 400), ReadingItem(" ", "")]

    long, empty = reader.read("why " * 200, items)

    assert long.highlight is not None
    assert empty.highlight is None
    assert reader.read(QUESTION, []) == ()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="no sentence reader"):
        SentenceReader(tmp_path)


def test_of_a_long_question_the_end_is_read_where_it_asks() -> None:
    row = pair_pieces(range(100, 199), [6] * 24, [7] * 9, special=(1, 2))

    assert row.ids[:41] == [1, *range(159, 199)]


def test_a_long_sentence_takes_the_context_s_place() -> None:
    short = pair_pieces([5] * 9, [6] * 24, [7] * 9, special=(1, 2))
    long = pair_pieces([5] * 99, [6] * 24, [7] * 999, special=(1, 2))

    assert short.ids.count(6) == 24
    assert short.types == [0] * 36 + [1] * 9 + [0]
    assert short.first == 36
    assert (len(long.ids), long.ids.count(5), long.ids.count(6)) == (MAX_PIECES, 40, 0)


def test_heading_and_context_take_no_more_than_their_share(folder: Path) -> None:
    tokenizer = load_tokenizer(folder / TOKENIZER_NAME)
    item = ReadingItem("It houses 450.", context="before " * 99, heading="heading " * 99)

    (pieces,) = pieces_before(tokenizer, [item])

    words = [tokenizer.id_to_token(piece) for piece in pieces]
    assert words == ["heading"] * MAX_HEADING_PIECES + ["before"] * MAX_CONTEXT_PIECES


def test_the_best_span_ends_after_it_begins() -> None:
    start = np.asarray([0, 0, 9, 0], dtype=np.float32)
    end = np.asarray([9, 0, 0, 8], dtype=np.float32)

    assert best_span(start, end) == (2, 3)


def test_likely_spans_come_likeliest_first_and_none_ends_before_it_begins() -> None:
    start = np.asarray([0, 0, 9, 0], dtype=np.float32)
    end = np.asarray([9, 0, 0, 8], dtype=np.float32)

    spans = list(likely_spans(start, end))

    assert spans[:3] == [(2, 3), (0, 0), (2, 2)]
    assert len(spans) == 10
    assert all(first <= last for first, last in spans)


def test_words_of_the_asked_kind_are_marked_before_likelier_ones(reader: SentenceReader) -> None:
    plain = reader.read("Who said so?", ITEMS)
    for_figures = reader.read(
        "Who said so?", ITEMS, is_answer=lambda words: re.search(r"\d", words) is not None
    )

    for item, any_words, figure in zip(ITEMS, plain, for_figures, strict=True):
        assert figure.score == any_words.score
        assert figure.highlight is not None
        if re.search(r"\d", item.text):
            assert re.search(r"\d", figure.highlight.of(item.text))
        else:
            assert figure.highlight == any_words.highlight


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        pytest.param("500", "4,500", id="a figure is whole"),
        pytest.param("income", "low-income", id="a compound is whole"),
        pytest.param("12 months", "6–12 months", id="a range is whole"),
        pytest.param("30", "$30", id="with its currency"),
        pytest.param("7.", "7.5%", id="with its per cent"),
        pytest.param("people", "people", id="a word is left alone"),
    ],
)
def test_a_highlight_is_widened_to_whole_words(marked: str, wanted: str) -> None:
    text = "Some 4,500 low-income people paid $30 or 7.5% for 6–12 months."
    start = text.index(marked)

    assert whole_words(text, start, start + len(marked)).of(text) == wanted


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        pytest.param("200", "1,200", id="a figure without its note"),
        pytest.param("1,200⁴", "1,200", id="not even if marked"),
        pytest.param("shops.⁵,⁶", "shops", id="several notes and the full stop before them"),
        pytest.param("⁴ grants", "grants", id="a note before"),
        pytest.param("10", "10⁶", id="a power is a figure"),
        pytest.param("12 km", "12 km²", id="a unit is whole"),
        pytest.param("⁵", None, id="a note alone"),
    ],
)
def test_a_highlight_holds_no_number_of_a_note(marked: str, wanted: str | None) -> None:
    text = "It paid 1,200⁴ grants on 12 km² and 10⁶ litres to shops.⁵,⁶"
    start = text.index(marked)

    span = without_calls(text, whole_words(text, start, start + len(marked)))

    assert (span and span.of(text)) == wanted


def _splits_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
