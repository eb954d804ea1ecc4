"""What the bench talks about: judged questions and the places that answer them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A place that answers a question, as its judge wrote it down; no offsets of any index.

    Attributes:
        doc_id: Id of the document.
        quote: Words that stand there exactly once, white space folded; ``None`` where the text
            is not ours to repeat.
        section: Name of the section, where there is no quote.
        start: Offset of the quote in the document that the set came with, in code points.
        is_alternative: Whether it answers the question as well as another gold span does.
    """

    doc_id: str
    quote: str | None = None
    section: str | None = None
    start: int | None = None
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the answer that a judge found, or with the reason why there is none.

    Sets from elsewhere have no more than the first five fields; the rest is empty there.

    Attributes:
        qid: Unique in its set.
        text: What is asked.
        language: ISO 639-1.
        is_answerable: Whether the corpus answers it.
        gold: Where; empty where it is not answerable.
        answer_strings: Short strings that a right answer holds, each of them; ``a|b`` means either.
        needs_every_gold: Whether one gold span alone does not do (``multi``).
        kind: What sort of question it is (``type``).
        difficulty: How hard its judge thinks it is.
        why_hard: What makes it so.
        countries: ISO 3166-1 alpha-2 codes of the places it is about.
        theme: The corpus's theme it belongs to.
        tags: Free marks for breaking results down.
        refusal_code: The refusal it deserves, where it is not answerable.
        absent_terms: Strings whose absence from the corpus shows that it is not answerable.
        note: Its judge's remark.
    """

    qid: str
    text: str
    language: str
    is_answerable: bool
    gold: tuple[GoldSpan, ...] = ()
    answer_strings: tuple[str, ...] = ()
    needs_every_gold: bool = False
    kind: str | None = None
    difficulty: str | None = None
    why_hard: str = ""
    countries: tuple[str, ...] = ()
    theme: str | None = None
    tags: tuple[str, ...] = ()
    refusal_code: str | None = None
    absent_terms: tuple[str, ...] = ()
    note: str = ""
