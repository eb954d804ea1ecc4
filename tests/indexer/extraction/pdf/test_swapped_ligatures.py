import pytest

from indexer.extraction.pdf.swapped_ligatures import with_ligatures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "the o昀昀ice of the 昀椀rst 昀氀oor", "the office of the first floor", id="pairs"
        ),
        pytest.param("O昀케cials", "Officials", id="ffi in one sign"),
        pytest.param("昀昀椀", "昀昀椀", id="no Latin letters beside"),
        pytest.param("plain text", "plain text", id="none"),
    ],
)
def test_ligatures_are_spelt_out_beside_latin_letters(text: str, expected: str) -> None:
    assert with_ligatures(text) == expected
