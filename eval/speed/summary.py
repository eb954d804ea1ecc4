"""What one run measured, and how people read it."""

from dataclasses import dataclass

from eval.reporting.markdown import render_markdown
from eval.speed.building import BuildSpeed
from eval.speed.growth import Growth
from eval.speed.machine import Machine
from eval.speed.peer_comparison import PeerResult
from eval.speed.serving import ServiceSpeed


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run measured: what is stored.

    Attributes:
        machine: Where.
        corpus: The folder of reports, as it was named.
        build: Of its build.
        service: Of a service of it.
        growth: Of indexes grown from it, smallest first; empty where none was.
        peers: Of Cita and other systems on the same passages; empty where none was asked.
    """

    machine: Machine
    corpus: str
    build: BuildSpeed
    service: ServiceSpeed
    growth: tuple[Growth, ...] = ()
    peers: tuple[PeerResult, ...] = ()


def summary(results: Results) -> str:
    """Return the results as Markdown."""
    return render_markdown("speed.md.j2", results=results)
