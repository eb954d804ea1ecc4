"""How text looks after what a page sets."""

import pytest
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from indexer.extraction.pdf.looks import Look, LookTracker

Step = tuple[bytes, list[object]]


def named(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def resources() -> DictionaryObject:
    """A colour space of three components by profile, a spot colour, and states clear and full."""
    profile = StreamObject()
    profile[NameObject("/N")] = NumberObject(3)
    return named(
        ColorSpace=named(
            Photo=ArrayObject([NameObject("/ICCBased"), profile]),
            Spot=ArrayObject([NameObject("/Separation"), NameObject("/Gold")]),
        ),
        ExtGState=named(Clear=named(ca=FloatObject(0)), Full=named(ca=FloatObject(1))),
    )


@pytest.mark.parametrize(
    ("steps", "look"),
    [
        pytest.param([], Look.PLAIN, id="black at first"),
        pytest.param([(b"g", [1])], Look.PALE, id="white in grey"),
        pytest.param([(b"rg", [0.98, 1, 0.99])], Look.PALE, id="nearly white"),
        pytest.param([(b"rg", [1, 1, 0])], Look.PLAIN, id="yellow"),
        pytest.param([(b"k", [0, 0, 0, 0])], Look.PALE, id="no ink"),
        pytest.param([(b"k", [0, 0, 0, 1])], Look.PLAIN, id="black ink"),
        pytest.param([(b"cs", ["/Photo"]), (b"scn", [1, 1, 1])], Look.PALE, id="by profile"),
        pytest.param([(b"cs", ["/Spot"]), (b"scn", [1])], Look.PLAIN, id="full spot colour"),
        pytest.param([(b"g", [1]), (b"cs", ["/DeviceRGB"])], Look.PLAIN, id="a space begins black"),
        pytest.param([(b"q", []), (b"g", [1]), (b"Q", [])], Look.PLAIN, id="restored"),
        pytest.param([(b"Tr", [3])], Look.UNPAINTED, id="render mode 3"),
        pytest.param([(b"Tr", [7])], Look.UNPAINTED, id="render mode 7"),
        pytest.param([(b"Tr", [3]), (b"Tr", [0])], Look.PLAIN, id="painted again"),
        pytest.param([(b"g", [1]), (b"Tr", [2])], Look.PLAIN, id="white with an outline"),
        pytest.param([(b"gs", ["/Clear"])], Look.UNPAINTED, id="clear"),
        pytest.param([(b"gs", ["/Clear"]), (b"gs", ["/Full"])], Look.PLAIN, id="full again"),
        pytest.param([(b"gs", ["/None"]), (b"rg", [])], Look.PLAIN, id="not to the standard"),
    ],
)
def test_colour_and_render_mode_make_the_look(steps: list[Step], look: Look) -> None:
    tracker = LookTracker(resources())

    for operator, operands in steps:
        tracker.follow(operator, operands)

    assert tracker.look is look


@pytest.mark.parametrize("start", list(Look))
def test_a_form_begins_with_the_look_of_what_draws_it(start: Look) -> None:
    assert LookTracker(None, start).look is start
