"""Where the workers of a build are: on this machine, or Ray's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkerPlace:
    """Where the workers of a build are.

    Attributes:
        is_ray: Whether Ray has them.
        address: Of Ray's cluster; ``None`` for workers of this machine.
    """

    is_ray: bool = False
    address: str | None = None


LOCAL = WorkerPlace()


def parse_worker_place(text: str) -> WorkerPlace:
    """Return the place that ``local``, ``ray`` or ``ray:ADDRESS`` names.

    Raises:
        ValueError: It is none of these.
    """
    kind, _, address = text.partition(":")
    if kind not in {"local", "ray"} or (kind == "local" and address):
        raise ValueError("want local, ray, or ray:ADDRESS of a cluster")
    return WorkerPlace(is_ray=kind == "ray", address=address or None)
