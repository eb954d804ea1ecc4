"""Draws the plots of a report as SVG: plain shapes whose colours the page's style sheet gives.

A plot's inside is 400 by 220 units; every text in it stands beside it in a table or title too.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from eval.records import ReliabilityBin

_WIDTH, _HEIGHT = 400, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 20, 12, 48
_N_TICKS = 5
_N_BARS = 24
_MAX_RADIUS = 9.0

Point = tuple[float, float]
"""x and y in the units of the axes."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis, from 0 to ``end``.

    Attributes:
        title: What it measures, with its unit.
        end: Its largest value, above 0.
        label: Formats the value of a tick.
    """

    title: str
    end: float = 1.0
    label: Callable[[float], str] = "{:.0%}".format


@dataclass(frozen=True, slots=True)
class Frame:
    """Two axes and a title, which is also the text alternative."""

    x: Axis
    y: Axis
    title: str

    def at(self, point: Point) -> Point:
        """Return where a point stands in the picture; what lies outside is moved to the edge."""
        x, y = (
            min(max(value / axis.end, 0.0), 1.0)
            for value, axis in zip(point, (self.x, self.y), strict=True)
        )
        return _LEFT + x * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - y * (
            _HEIGHT - _TOP - _BOTTOM
        )

    def drawn(self, shapes: Iterable[str]) -> Markup:
        """Return the whole picture: grid, shapes, axes."""
        inside = "".join([*self._grid(), *shapes])
        return Markup(  # noqa: S704 - numbers and escaped titles only
            f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            f'aria-label="{escape(self.title)}">{inside}</svg>'
        )

    def _grid(self) -> Iterable[str]:
        for step in range(_N_TICKS + 1):
            x, y = self.x.end * step / _N_TICKS, self.y.end * step / _N_TICKS
            (left, at), (right, _) = self.at((0, y)), self.at((self.x.end, y))
            yield f'<line class="grid" x1="{left}" x2="{right:.1f}" y1="{at:.1f}" y2="{at:.1f}"/>'
            yield _text(left - 7, at + 4.5, self.y.label(y), anchor="end")
            across, bottom = self.at((x, 0))
            yield _text(across, bottom + 18, self.x.label(x))
        middle = (_LEFT + _WIDTH - _RIGHT) / 2
        yield _text(middle, _HEIGHT - 7, self.x.title, kind="axis")
        half = (_HEIGHT - _BOTTOM + _TOP) / 2
        yield (
            f'<g transform="rotate(-90 14 {half})">{_text(14, half, self.y.title, kind="axis")}</g>'
        )


def risk_coverage_plot(points: Sequence[Point]) -> Markup:
    """Draw the share of wrong answers over the share of questions answered, both in [0, 1]."""
    frame = Frame(Axis("questions answered"), Axis("answers that are wrong"), "Risk–coverage curve")
    return frame.drawn([_line(frame, points, "curve")])


def reliability_plot(bins: Sequence[ReliabilityBin]) -> Markup:
    """Draw how often questions of like confidence were right; on the diagonal it is calibrated."""
    frame = Frame(Axis("confidence"), Axis("quoted right"), "Reliability diagram")
    largest = max((bin_.n for bin_ in bins), default=1)
    places = [(bin_.confidence, bin_.accuracy) for bin_ in bins]
    dots = [
        _dot(
            frame,
            place,
            _MAX_RADIUS * math.sqrt(bin_.n / largest) / 2,
            _questions(bin_.n),
        )
        for place, bin_ in zip(places, bins, strict=True)
    ]
    return frame.drawn(
        [_line(frame, [(0, 0), (1, 1)], "ideal"), _line(frame, places, "curve"), *dots]
    )


def latency_plot(took_ms: Sequence[float]) -> Markup:
    """Draw how many questions took how long; the last bar holds the slowest hundredth too."""
    slowest = sorted(took_ms)[max(math.ceil(len(took_ms) * 0.99) - 1, 0)] if took_ms else 1.0
    end = nice_end(slowest)
    counts = [0] * _N_BARS
    for took in took_ms:
        counts[min(int(took / end * _N_BARS), _N_BARS - 1)] += 1
    frame = Frame(
        Axis("milliseconds", end, "{:g}".format),
        Axis("questions", nice_end(max(counts)), "{:g}".format),
        "Histogram of response times",
    )
    bars = [_bar(frame, at, end / _N_BARS, count) for at, count in enumerate(counts) if count]
    return frame.drawn(bars)


def growth_plot(places: Sequence[Point]) -> Markup:
    """Draw milliseconds of a search over the logarithm of passages, from a thousand on.

    Args:
        places: Passages and milliseconds.
    """
    decades = [(math.log10(n_passages) - 3, took_ms) for n_passages, took_ms in places]
    frame = Frame(
        Axis("passages", 5.0, lambda decade: f"{10 ** (decade + 3):.0e}"),
        Axis("milliseconds", nice_end(max(took for _, took in places)), "{:g}".format),
        "Time of a search as the index grows",
    )
    dots = [_dot(frame, place, 4.0, f"{place[1]:.1f} ms") for place in decades]
    return frame.drawn([_line(frame, decades, "curve"), *dots])


def nice_end(value: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5, 10 times a power of ten, and 5 at least, not below it.

    Such an axis splits into five steps that read well.
    """
    least = max(value, 5.0)
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least)


def _line(frame: Frame, points: Sequence[Point], kind: str) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(frame.at, points))
    return f'<polyline class="{kind}" points="{places}"/>'


def _dot(frame: Frame, point: Point, radius: float, title: str) -> str:
    x, y = frame.at(point)
    tooltip = f"<title>{escape(title)}</title>"
    return (
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{max(radius, 2):.1f}">{tooltip}</circle>'
    )


def _bar(frame: Frame, at: int, width: float, count: int) -> str:
    (left, top), (right, bottom) = frame.at((at * width, count)), frame.at(((at + 1) * width, 0))
    tooltip = (
        f"<title>{frame.x.label(round(at * width, 2))} ms and more: {_questions(count)}</title>"
    )
    return (
        f'<rect class="bar" x="{left + 0.5:.1f}" y="{top:.1f}" width="{right - left - 1:.1f}" '
        f'height="{bottom - top:.1f}">{tooltip}</rect>'
    )


def _text(x: float, y: float, text: str, *, anchor: str = "middle", kind: str = "tick") -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _questions(n: int) -> str:
    return f"{n} question{'' if n == 1 else 's'}"
