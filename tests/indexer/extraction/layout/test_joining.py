"""Words that a line end cut are whole again."""

import pytest

from indexer.extraction.layout.document import lay_out
from tests.indexer.extraction.layout.page_lines import full, page_of, short, texts


@pytest.mark.parametrize(
    ("upper", "lower", "elsewhere", "expected"),
    [
        pytest.param("rural-", "urban ties", "rural-urban", "rural-urban ties", id="seen hyphened"),
        pytest.param("deve-", "loped towns", "developed", "developed towns", id="seen whole"),
        pytest.param("imple-", "mentation", "nothing", "implementation", id="half is no word"),
        pytest.param(
            "evidence-", "led plans", "led evidence", "evidence-led plans", id="two words"
        ),
        pytest.param("post-", "2015 goals", "nothing", "post-2015 goals", id="before a digit"),
        pytest.param("micro-", "and macro", "nothing", "micro- and macro", id="hanging hyphen"),
        pytest.param("infor\u00ad", "mal work", "nothing", "informal work", id="soft hyphen"),
    ],
)
def test_hyphens_at_line_ends(upper: str, lower: str, elsewhere: str, expected: str) -> None:
    page = page_of(full(f"We note {upper}"), full(f"{lower} here and"), short(f"see {elsewhere}."))

    (text,) = texts(lay_out([page], []))

    assert text == f"We note {expected} here and see {elsewhere}."
