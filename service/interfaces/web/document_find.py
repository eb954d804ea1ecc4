"""Words that are looked for in one report: which of their places is shown, and its neighbours."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

from indexer.records import Span
from indexer.store.records import DocumentEntry
from service.interfaces.web.view_models.document import FindBar
from service.interfaces.web.view_models.example import Example
from service.pipeline.found_words import PlacesFound
from service.pipeline.question_language import language_of


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """The places of the words that were looked for in a report.

    Attributes:
        words: As typed; empty where nothing was looked for.
        sought: What was looked for, and where it stands; ``None`` where nothing was.
        number: Which of them to open at, 1-based; ``None`` where the address does not say.
        start: Open at the first place from here on, where `number` is ``None``.
    """

    words: str
    sought: PlacesFound | None
    number: int | None = None
    start: int | None = None

    @property
    def places(self) -> Sequence[Span]:
        """Return where the words stand, in order."""
        return self.sought.places if self.sought else ()

    @property
    def position(self) -> int:
        """Return which place to open at, 0-based, contents pages last; 0 if there is none."""
        if self.sought is None or not self.places:
            return 0
        last = len(self.places) - 1
        if self.number is None and self.start is not None:
            wanted = bisect_left(self.places, self.start, key=lambda span: span.start)
            return self.sought.ranked.index(self.places[min(wanted, last)])
        return max(min((self.number or 1) - 1, last), 0)

    @property
    def current(self) -> Span | None:
        """Return the place to open at, or ``None`` if there is none."""
        return self.sought.ranked[self.position] if self.sought and self.places else None

    def bar(
        self, href: Callable[[int], str], *, entry: DocumentEntry, address: str
    ) -> FindBar | None:
        """Return what is shown of the search; ``None`` where nothing was looked for.

        Args:
            href: Makes the address that opens the place of a number.
            entry: Of the report.
            address: Of the report.
        """
        if self.sought is None:
            return None
        typed, *others = self.sought.wanted.alternatives(entry.info.language)
        position, n_places = self.position, len(self.places)
        query = urlencode({"q": self.words, "document": entry.doc_id, "match": "any"})
        return FindBar(
            words=self.words,
            looked_for=tuple(term.text for term in typed),
            english_words=tuple(term.text for terms in others for term in terms),
            corrected=corrected_words(self.sought.corrected, f"{address}?find="),
            number=position + 1 if n_places else 0,
            n_places=n_places,
            previous_href=href(position) if position else None,
            next_href=href(position + 2) if position + 1 < n_places else None,
            all_href=f"/search?{query}",
        )


def corrected_words(text: str | None, address: str) -> Example | None:
    """Return words put right as a link: ``address`` and the words."""
    if text is None:
        return None
    return Example(text, f"{address}{quote_plus(text)}", language_of(text))


NOTHING_SOUGHT = FoundPlaces("", None)
"""A report that is opened without looking for words."""
