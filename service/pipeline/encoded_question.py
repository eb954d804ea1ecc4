"""A question as the models see it."""

from dataclasses import dataclass

from indexer.records import EncodedText


@dataclass(frozen=True, slots=True)
class EncodedQuestion:
    """A question in words and vectors.

    Attributes:
        text: As it was asked.
        english: In the language in which the texts are read, mostly English; what was asked
            before, in a follow-up, is a statement in it.
        asked: What ``english`` asks, without what was asked before: mostly all of it.
        names: Proper names and acronyms of all of it, in order.
        query: ``english`` as the encoder sees it.
        multilingual: ``text`` as the multilingual encoder sees it; ``None`` where the index has no
            such encoder.
    """

    text: str
    english: str
    asked: str
    names: tuple[str, ...]
    query: EncodedText
    multilingual: EncodedText | None = None

    @property
    def goes_on(self) -> bool:
        """Tell whether it goes on from another question, which ``english`` states."""
        return self.asked != self.english
