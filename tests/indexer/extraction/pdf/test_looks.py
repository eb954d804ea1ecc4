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

from indexer.extraction.pdf.looks import BLACK, PLAIN, Colour, Look, LookTracker

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
        ExtGState=named(
            Clear=named(ca=FloatObject(0)),
            Full=named(ca=FloatObject(1)),
            Marker=named(BM=NameObject("/Multiply")),
        ),
    )


WHITE = (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("steps", "colour"),
    [
        pytest.param([], BLACK, id="black at first"),
        pytest.param([(b"g", [1])], WHITE, id="white in grey"),
        pytest.param([(b"rg", [0.5, 1, 0])], (0.5, 1.0, 0.0), id="red, green and blue"),
        pytest.param([(b"k", [0, 0, 0, 0])], WHITE, id="no ink"),
        pytest.param([(b"k", [1, 0, 0, 0.5])], (0.0, 0.5, 0.5), id="inks"),
        pytest.param([(b"cs", ["/Photo"]), (b"scn", [1, 1, 1])], WHITE, id="by profile"),
        pytest.param([(b"cs", ["/Spot"]), (b"scn", [1])], None, id="spot colour"),
        pytest.param([(b"g", [1]), (b"cs", ["/DeviceRGB"])], BLACK, id="a space begins black"),
        pytest.param([(b"q", []), (b"g", [1]), (b"Q", [])], BLACK, id="restored"),
        pytest.param([(b"gs", ["/None"]), (b"rg", [])], None, id="not to the standard"),
    ],
)
def test_text_has_the_colour_that_was_set(steps: list[Step], colour: Colour | None) -> None:
    tracker = LookTracker(resources())

    for operator, operands in steps:
        tracker.follow(operator, operands)

    assert tracker.look().colour == colour


@pytest.mark.parametrize(
    ("steps", "look"),
    [
        pytest.param([(b"Tr", [3])], Look(is_painted=False), id="render mode 3"),
        pytest.param([(b"Tr", [7])], Look(is_painted=False), id="render mode 7"),
        pytest.param([(b"Tr", [3]), (b"Tr", [0])], PLAIN, id="painted again"),
        pytest.param([(b"Tr", [2])], Look(is_outlined=True), id="outlined"),
        pytest.param([(b"gs", ["/Clear"])], Look(is_painted=False, is_opaque=False), id="clear"),
        pytest.param([(b"gs", ["/Clear"]), (b"gs", ["/Full"])], PLAIN, id="full again"),
        pytest.param([(b"gs", ["/Marker"])], Look(is_opaque=False), id="as a marker pen"),
    ],
)
def test_states_and_render_modes_make_the_look(steps: list[Step], look: Look) -> None:
    tracker = LookTracker(resources())

    for operator, operands in steps:
        tracker.follow(operator, operands)

    assert tracker.look() == look


@pytest.mark.parametrize(
    "start",
    [PLAIN, Look(colour=WHITE), Look(is_painted=False), Look(is_outlined=True), Look(colour=None)],
)
def test_a_form_begins_with_the_look_of_what_draws_it(start: Look) -> None:
    assert LookTracker(None, start).look() == start
