"""Words that are both a noun and a verb are told by what stands beside them."""

import pytest

from service.pipeline.translation.readings import stream_of, units_of
from service.pipeline.translation.word_choices import chosen

THE = "^the/the<det><def><sp>$"
CITY = "^city/city<n><sg>$"
CITIES = "^cities/city<n><pl>$"
TO = "^to/to<pr>$"
SUPPORT = "^support/support<n><sg>/support<vblex><inf>/support<vblex><pres>$"
SUPPORTS = "^supports/support<n><pl>/support<vblex><pri><p3><sg>$"
BUILT = "^built/build<vblex><past>/build<vblex><pp>$"
PLANNING = "^planning/plan<vblex><ger>/plan<vblex><pprs>/planning<n><sg>$"
STOP = "^./.<sent>$"


@pytest.mark.parametrize(
    ("words", "at", "readings"),
    [
        pytest.param(f"{THE} {CITY} {SUPPORTS} {THE} {CITIES}", 2, "pri", id="the city supports"),
        pytest.param(f"{THE} {SUPPORTS} ^of/of<pr>$ {CITIES}", 1, "<n><pl>", id="the supports of"),
        pytest.param(f"{CITIES} {SUPPORT} {THE} {CITY}", 1, "<pres>", id="cities support"),
        pytest.param(f"^who/who<rel>$ {SUPPORT} {CITIES}", 1, "<pres>", id="who support"),
        pytest.param(f"{SUPPORT} {THE} {CITY}", 0, "<inf>", id="a list's item: support the city"),
        pytest.param(f"{SUPPORT} ^of/of<pr>$ {CITIES}", 0, "<n>", id="support of cities"),
        pytest.param(f"^wants/want<vblex><pri>$ {TO} {SUPPORT}", 2, "<inf>", id="to support"),
        pytest.param(f"^access/access<n><sg>$ {TO} {SUPPORT}", 2, "<n>", id="access to support"),
        pytest.param(f"{THE} {CITY} {BUILT} {THE} ^x/*x$", 2, "<past>", id="the city built"),
        pytest.param(f"^is/be<vbser><pri>$ {BUILT} {STOP}", 1, "<pp>", id="is built"),
        pytest.param(f"{THE} {CITY} {BUILT} ^by/by<pr>$", 2, "<pp>", id="built by"),
        pytest.param(f"{THE} {PLANNING} {STOP}", 1, "<n>", id="the planning"),
        pytest.param(f"^is/be<vbser><pri>$ {PLANNING} {THE} {CITY}", 1, "pprs", id="is planning"),
        pytest.param(
            "^who/who<rel>$ ^must/must<n><sg>/must<vaux><inf>$ ^go/go<vblex><inf>$",
            1,
            "<vaux>",
            id="who must",
        ),
        pytest.param(f"^on/on<adv>/on<pr>$ {THE} {CITY}", 0, "<pr>", id="on the city"),
        pytest.param("^half/half<n><sg>/half<adv>$ ^of/of<pr>$", 0, "<n>", id="half of"),
        pytest.param(
            f"{CITY} ^that/that<cnjsub>/that<rel>$ {SUPPORTS} {CITIES}", 1, "<rel>", id="which does"
        ),
        pytest.param("^refugee/refugee<n><sg>$ ^camp/camp<n><sg>$", 0, "<n><pl>", id="people"),
        pytest.param(
            "^Margarita/Margarita<np><ant><f>$ ^Green/Green<n>/Green<adj>$", 1, "*Green", id="name"
        ),
    ],
)
def test_a_reading_is_chosen(words: str, at: int, readings: str) -> None:
    word = chosen(units_of(words))[at]

    assert all(readings in reading for reading in word.readings) or (
        readings == "pprs" and word.has("<pprs>")
    )


def test_a_possessive_behind_a_plural_gets_an_article() -> None:
    units = units_of("^migrants/migrant<n><pl>$^'/'<apos>$ ^access/access<n><sg>$")

    assert stream_of(chosen(units)).startswith(
        "^the/the<det><def><sp>$ ^migrants/migrant<n><pl>$ ^'s/'s<gen>$ ^access/"
    )


def test_a_word_with_one_reading_keeps_it() -> None:
    stream = "^not/not<adv>$ ^never/never<adv>$ ^no/no<det><ind><sp>$"

    assert stream_of(chosen(units_of(stream))) == stream
