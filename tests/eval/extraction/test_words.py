import pytest

from eval.extraction.words import Gap, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Some 1,200 people.", ["Some", "1,200", "people"], id="words and figures"),
        pytest.param("4,310people", ["4,310", "people"], id="a figure ends where letters begin"),
        pytest.param("eﬃcient", ["efficient"], id="ligature"),
        pytest.param("migra\u00adtion", ["migration"], id="soft hyphen inside a line"),
        pytest.param("Peru\u0301", ["Perú"], id="accent of its own"),
        pytest.param("“don’t” 'don't'", ["don", "t", "don", "t"], id="quotes of any kind"),
        pytest.param("2019–2020, 3.5%", ["2019", "2020", "3.5"], id="a span of years"),
        pytest.param("in the end, 12.", ["in", "the", "end", "12"], id="stops are no part"),
        pytest.param("a <ul style='x'>list</ul>", ["a", "list"], id="markup"),
        pytest.param("１２ ½", ["12", "1", "2"], id="wide figures and fractions"),
    ],
)
def test_texts_are_taken_apart_the_same_way(text: str, expected: list[str]) -> None:
    assert [word.text for word in words_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        pytest.param("one two", Gap.SPACE, id="space"),
        pytest.param("one\u00a0two", Gap.SPACE, id="space that does not break"),
        pytest.param("one\r\ntwo", Gap.LINE, id="line"),
        pytest.param("one-two", Gap.NONE, id="hyphen"),
        pytest.param("one.two", Gap.NONE, id="stop"),
        pytest.param("one-\r\ntwo", Gap.BROKEN, id="hyphen at the end of a line"),
        pytest.param("one\u00ad\ntwo", Gap.BROKEN, id="soft hyphen at the end of a line"),
        pytest.param("one\u0002\r\ntwo", Gap.BROKEN, id="hyphen as PDFium writes it"),
        pytest.param("one/\ntwo", Gap.LOOSE, id="slash at the end of a line"),
        pytest.param("one ..... two", Gap.LOOSE, id="leader"),
        pytest.param("33 -year", Gap.LOOSE, id="hyphen set apart"),
        pytest.param("one | two", Gap.LOOSE, id="cells"),
        pytest.param("www.one\ntwo", Gap.LOOSE, id="address over two lines"),
    ],
)
def test_what_stands_between_two_words_is_told(text: str, gap: Gap) -> None:
    assert words_of(text)[-1].gap is gap


def test_superscripts_are_figures_of_their_own() -> None:
    words = words_of("In 2018³ some 1,2004 came", raised=[19])

    figures = [(word.text, word.is_raised) for word in words if word.is_figure]
    assert figures == [("2018", False), ("3", True), ("1,200", False), ("4", True)]


def test_a_word_knows_where_it_was_read() -> None:
    text = "the eﬃcient\u00ad\nway 1,200"

    places = [text[word.start : word.end] for word in words_of(text)]

    assert places == ["the", "eﬃcient", "way", "1,200"]
