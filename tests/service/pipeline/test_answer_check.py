"""What a model wrote is held against what it cites, sentence by sentence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.answer_check import Statement, check_answer

QUOTES = {
    1: Statement(
        "Chile pays migrants a monthly rent subsidy of 170,000 pesos for at most 8 years."
    ),
    2: Statement("In 2020 it reached 51% of\nthe families."),
    3: Statement("A inflação foi de 3,875% e 1.204 famílias mudaram.", "pt"),
}


@pytest.mark.parametrize(
    ("sentence", "finding"),
    [
        pytest.param("Chile pays 170,000 pesos a month [1].", "", id="supported"),
        pytest.param("It reached 51 per cent in 2020 [2].", "", id="another way of writing"),
        pytest.param("Both are so [1, 2].", "", id="two numbers in brackets"),
        pytest.param("Chile pays for at most 8 years.[1]", "", id="number behind the full stop"),
        pytest.param("It reached “51% of the families” [2].", "", id="verbatim over a line break"),
        pytest.param("Chile pays for rent.", "cites nothing", id="no citation"),
        pytest.param("Chile pays for rent [4].", "unknown 4", id="number that is no citation"),
        pytest.param("Chile pays 180,000 pesos [1].", "figure 180,000", id="another figure"),
        pytest.param("Chile pays for 9 years [1].", "figure 9", id="another single figure"),
        pytest.param("It was 3.875% for 1,204 of them [3].", "", id="figures in Portuguese"),
        pytest.param("It was 3875% for many [3].", "figure 3875%", id="decimals as thousands"),
        pytest.param("In all 1.204 families moved [3].", "", id="copied from Portuguese"),
        pytest.param("It began in 2019 [2].", "figure 2019", id="another year"),
        pytest.param("It reached 51% [1].", "figure 51%", id="figure of another quote"),
        pytest.param(
            "“Chile gives migrants a subsidy” [1].",
            "altered Chile gives migrants a subsidy",
            id="altered words",
        ),
        pytest.param("The “rent subsidy” helps [1].", "", id="a term in quotation marks"),
    ],
)
def test_each_sentence_is_checked(sentence: str, finding: str) -> None:
    (checked,) = check_answer(sentence, QUOTES)

    findings = [
        *(f"unknown {number}" for number in checked.unknown_citations),
        *(f"figure {figure}" for figure in checked.unsupported_figures),
        *(f"altered {words}" for words in checked.altered_quotes),
    ]
    if not findings and not checked.citations:
        findings = ["cites nothing"]
    assert findings == ([finding] if finding else [])
    assert checked.is_supported is not bool(finding)


def test_a_number_behind_a_full_stop_belongs_to_the_sentence_before() -> None:
    answer = "Chile pays rent. [1] It reached many. [2]\n\nNobody knows."

    checked = check_answer(answer, QUOTES)

    assert [(each.span.of(answer), each.citations) for each in checked] == [
        ("Chile pays rent. [1]", (1,)),
        ("It reached many. [2]", (2,)),
        ("Nobody knows.", ()),
    ]


@given(st.text(alphabet='aB .[1]29,%“”"\n', max_size=60))
def test_sentences_stand_in_order_and_lose_no_word(answer: str) -> None:
    spans = [each.span for each in check_answer(answer, QUOTES)]

    held = {at for span in spans for at in range(span.start, span.end)}
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(at in held for at, letter in enumerate(answer) if not letter.isspace())
