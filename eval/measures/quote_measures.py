"""Measures of one question's quotes: definitions that no library has, each with its source.

Ranking measures (nDCG, RR, R, AP) come from `ir_measures`; those of confidences stand in
`eval.measures.confidence_measures`. A measure that does not apply to a question is ``None`` there,
never 0.
"""

import re
import string
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from eval.word_matching import holds, words

MAX_QUOTES, MAX_WORDS = 4, 150
"""What of an answer is read: its first quotes, and so many words of them."""

COVERED = 0.7
"""A text holds a quote if it has this share of the quote's distinct words."""

_BREAK = "|"
"""Stands between texts that follow each other, so that no string is found across them."""

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)

WordPlaces = AbstractSet[tuple[str, int]]
"""Words of documents, each as its document's id and the offset of its first character."""


def cut(texts: Sequence[str]) -> list[str]:
    """Return the words that are read of an answer: `MAX_QUOTES` quotes, `MAX_WORDS` words."""
    read: list[str] = []
    n_words = 0
    for text in texts[:MAX_QUOTES]:
        kept = words(text)[: MAX_WORDS - n_words]
        read += [*kept, _BREAK]
        n_words += len(kept)
    return read


def answer_share(texts: Sequence[str], answer_strings: Sequence[str]) -> float | None:
    """Return the share of answer strings that stand in the quotes read, in [0, 1].

    A string ``a|b`` is found where either stands, as `eval.word_matching.holds` finds it.

    Args:
        texts: Quotes in the answer's order; cut by `cut`.
        answer_strings: All that a right answer holds.

    Returns:
        The share; 0.0 without quotes, ``None`` without answer strings.

    Source:
        Short-answer string match within a budget of words, as ALCE's STR-EM (Gao et al. 2023,
        arXiv:2305.14627, section 3.2).
    """
    if not answer_strings:
        return None
    read = cut(texts)
    return sum(holds(read, string) for string in answer_strings) / len(answer_strings)


def covers(text: str, quote: str) -> bool:
    """Tell whether a text has at least `COVERED` of a quote's distinct words.

    Blind to order and place, so that columns and line breaks do not matter; true for a quote
    without words. Source: the project's own scorer, whose ``recall@k`` counts with it.
    """
    wanted = set(words(quote))
    return len(wanted & set(words(text))) >= COVERED * len(wanted)


def holds_all(texts: Sequence[str], answer_strings: Sequence[str]) -> bool:
    """Tell whether texts hold every answer string together; true where there is none."""
    read = [word for text in texts for word in (*words(text), _BREAK)]
    return all(holds(read, string) for string in answer_strings)


def quote_precision(quoted: WordPlaces, gold: WordPlaces) -> float | None:
    """Return the share of quoted words that stand in a gold span, in [0, 1].

    Args:
        quoted: Words of all quotes.
        gold: Words of all gold spans, alternatives included: quoting either is right.

    Returns:
        The share; ``None`` where nothing was quoted.

    Source:
        Word-level overlap of extracted with annotated spans, as in Verbatim RAG (Kovács et al.
        2025, aclanthology.org/2025.bionlp-share.8). Words count by place, not by spelling.
    """
    return len(quoted & gold) / len(quoted) if quoted else None


def quote_recall(
    quoted: WordPlaces, gold: Sequence[WordPlaces], *, needs_every: bool
) -> float | None:
    """Return the share of gold words that were quoted, in [0, 1].

    Args:
        quoted: Words of all quotes.
        gold: Words of each gold span that is in the index.
        needs_every: Whether all spans are wanted together; else the one quoted best counts.

    Returns:
        The share; ``None`` where no gold span has words.

    Source:
        As `quote_precision`.
    """
    spans = [span for span in gold if span]
    if needs_every and spans:
        spans = [frozenset().union(*spans)]
    return max((len(span & quoted) / len(span) for span in spans), default=None)


def f1(precision: float | None, recall: float | None) -> float | None:
    """Return the harmonic mean of precision and recall, in [0, 1].

    ``None`` where there is no recall; 0.0 where nothing was quoted or nothing of it is gold.

    Source:
        Van Rijsbergen (1979), Information Retrieval, chapter 7, with both weighed alike.
    """
    if recall is None:
        return None
    total = (precision or 0.0) + recall
    return 2 * (precision or 0.0) * recall / total if total else 0.0


def on_gold_page(
    cited: Collection[tuple[str, int]], gold: Collection[tuple[str, int]]
) -> float | None:
    """Return 1.0 if a quote is cited to a page that gold stands on, else 0.0.

    Args:
        cited: Document and physical page of each quote.
        gold: The same of each gold span; the page its judge named, else where the index has it.

    Returns:
        ``None`` where no gold has a page.

    Source:
        The project's own: a reader looks the quote up on the page that is named.
    """
    return float(not set(cited).isdisjoint(gold)) if gold else None


def citation_recall(supported: Sequence[str], answer_strings: Sequence[str]) -> float | None:
    """Return the share of required answer strings in supported quotes, in [0, 1].

    ALCE asks of each statement of an answer whether the passages it cites entail it. Here a
    statement is a required answer string, and a quote entails what stands in it, provided that
    its citation is true: the document has those very words in that place.

    Args:
        supported: Quotes whose citations are true; cut by `cut`.
        answer_strings: All that a right answer holds.

    Returns:
        The share; ``None`` without answer strings.

    Source:
        Gao et al. (2023), Enabling Large Language Models to Generate Text with Citations,
        arXiv:2305.14627, section 3.3, adapted to quotes.
    """
    return answer_share(supported, answer_strings)


def citation_precision(is_true: Sequence[bool], is_needed: Sequence[bool]) -> float | None:
    """Return the share of citations that are true and needed, in [0, 1].

    ALCE calls a citation irrelevant if it does not support its statement and the others do without
    it. Here it is needed if its quote holds an answer string or touches a gold span.

    Args:
        is_true: For each quote, whether its citation names a place with those very words.
        is_needed: For each quote, in the same order.

    Returns:
        The share; ``None`` where nothing was quoted.

    Source:
        As `citation_recall`.
    """
    pairs = list(zip(is_true, is_needed, strict=True))
    return sum(true and needed for true, needed in pairs) / len(pairs) if pairs else None


# ── SQuAD ───────────────────────────────────────────────────────────────────────────────────────


def squad_tokens(text: str) -> list[str]:
    """Return the tokens SQuAD compares: lower case, without punctuation and English articles.

    Punctuation is ASCII's and is taken away before words are split, so ``"U.S."`` gives ``"us"``.

    Source:
        Rajpurkar et al. (2016), SQuAD, arXiv:1606.05250, section 6.1.
    """
    bare = "".join(letter for letter in text.lower() if letter not in _PUNCTUATION)
    return _ARTICLES.sub(" ", bare).split()


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """Return 1.0 if ``prediction`` equals an answer token by token (`squad_tokens`), else 0.0.

    Args:
        prediction: A highlight; empty for a refusal.
        answers: The ground truths; empty for an unanswerable question, which only a refusal
            answers.

    Source:
        As `squad_tokens`; unanswerable questions as in Rajpurkar, Jia and Liang (2018), Know What
        You Don't Know, arXiv:1806.03822, section 5.
    """
    return max(
        float(squad_tokens(prediction) == squad_tokens(answer)) for answer in _truths(answers)
    )


def token_f1(prediction: str, answers: Sequence[str]) -> float:
    """Return the best F1 of ``prediction`` with an answer, as bags of `squad_tokens`, in [0, 1].

    Where either has no tokens, 1.0 if neither has, else 0.0.

    Args:
        prediction: As in `exact_match`.
        answers: As in `exact_match`.

    Source:
        As `exact_match`.
    """
    return max(
        _bag_f1(squad_tokens(prediction), squad_tokens(answer)) for answer in _truths(answers)
    )


def _truths(answers: Sequence[str]) -> Sequence[str]:
    """Return the answers that have tokens, or the empty one."""
    return [answer for answer in answers if squad_tokens(answer)] or [""]


def _bag_f1(prediction: Sequence[str], truth: Sequence[str]) -> float:
    if not prediction or not truth:
        return float(prediction == truth)
    n_same = (Counter(prediction) & Counter(truth)).total()
    return 2 * n_same / (len(prediction) + len(truth))


def forms(answer_strings: Sequence[str]) -> Iterator[str]:
    """Yield every spelling of every answer string."""
    for answer_string in answer_strings:
        yield from answer_string.split("|")
