"""Rows that were read lately, for several threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")


class RowCache(Generic[Row]):
    """Keeps the rows that were wanted last."""

    def __init__(self, read: Callable[[Sequence[int]], Mapping[int, Row]], *, n_kept: int) -> None:
        """Keep ``n_kept`` of the rows that ``read`` returns by number."""
        self._read, self._n_kept = read, n_kept
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Return rows by number, those not kept read at once."""
        wanted = [int(number) for number in numbers]
        with self._lock:
            rows = {number: self._rows[number] for number in wanted if number in self._rows}
        missing = sorted(set(wanted) - rows.keys())
        if missing:
            rows |= self._read(missing)
        with self._lock:
            for number in wanted:
                self._rows[number] = rows[number]
                self._rows.move_to_end(number)
            while len(self._rows) > self._n_kept:
                self._rows.popitem(last=False)
        return rows
