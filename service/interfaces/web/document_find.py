"""Words that are looked for in one report: which of their places is shown, and its neighbours."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from indexer.records import Span
from service.interfaces.web.view_models.document import FindBar


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """The places of the words that were looked for in a report.

    Attributes:
        words: As typed; empty where nothing was looked for.
        places: In order.
        number: Which of them to open at, 1-based; ``None`` where the address does not say.
        start: Open at the first place from here on, where `number` is ``None``.
    """

    words: str
    places: Sequence[Span]
    number: int | None = None
    start: int | None = None

    @property
    def position(self) -> int:
        """Return the position of the place to open at; 0 if there is none."""
        last = len(self.places) - 1
        if self.number is None and self.start is not None:
            wanted = bisect_left(self.places, self.start, key=lambda span: span.start)
        else:
            wanted = (self.number or 1) - 1
        return max(min(wanted, last), 0)

    @property
    def current(self) -> Span | None:
        """Return the place to open at, or ``None`` if there is none."""
        return self.places[self.position] if self.places else None

    def bar(self, href: Callable[[int], str], *, doc_id: str) -> FindBar | None:
        """Return what is shown of the search; ``None`` where nothing was looked for.

        Args:
            href: Makes the address that opens the place of a number.
            doc_id: The report.
        """
        if not self.words:
            return None
        position, n_places = self.position, len(self.places)
        return FindBar(
            words=self.words,
            number=position + 1 if n_places else 0,
            n_places=n_places,
            previous_href=href(position) if position else None,
            next_href=href(position + 2) if position + 1 < n_places else None,
            all_href=f"/search?{urlencode({'q': self.words, 'document': doc_id, 'match': 'any'})}",
        )


NOTHING_SOUGHT = FoundPlaces("", ())
"""A report that is opened without looking for words."""
