import pytest

from indexer.segmentation.singulars import singular


@pytest.mark.parametrize(
    ("plural", "word"),
    [
        ("refugees", "refugee"),
        ("Cities", "city"),
        ("boxes", "box"),
        ("classes", "class"),
        ("areas", "area"),
        ("NGOs", "NGO"),
        ("ngos", "ngo"),
        ("OS", "os"),
        ("census", "census"),
    ],
)
def test_both_forms_of_a_word_come_out_the_same(plural: str, word: str) -> None:
    assert singular(plural) == singular(word)


def test_different_words_stay_different() -> None:
    assert len({singular(word) for word in ("refugee", "refuge", "OS", "oss", "bus", "bush")}) == 6
