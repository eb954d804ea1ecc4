"""Suggests questions made from the corpus's headings; each is answered before it is shown."""

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.store.protocol import StoredIndex
from service.records import Question, Refusal, RefusalCode, ScoredPassage

Search = Callable[[Question], Sequence[ScoredPassage]]
"""Returns the passages nearest to a question, best first."""

IsAnswered = Callable[[str], bool]
"""Tells whether a question, as it is typed, is answered."""

N_EXAMPLES = 4
N_EXAMPLES_TRIED = 16
"""Headings tried at most: each costs one answer (some 50 ms) whenever an index is loaded."""
N_PASSAGES_SEEN = 400

N_SUGGESTED = 3
N_SUGGESTED_TRIED = 5
"""Questions tried at most, some 30 ms each."""
N_PASSAGES_READ = 12
"""Passages whose headings are looked at."""
_WITHOUT_SUGGESTION = {
    RefusalCode.QUESTION_UNCLEAR,
    RefusalCode.NOTHING_RELEVANT,
    RefusalCode.LANGUAGE_NOT_SUPPORTED,
    RefusalCode.NO_REPORT_PASSES_FILTERS,
}

_FORMS = {
    "en": "What do the reports say about {topic}?",
    "es": "¿Qué dicen los informes sobre {topic}?",
    "pt": "O que dizem os relatórios sobre {topic}?",
}
_NUMBERING = re.compile(
    r"^(?:(?:chapter|section|part|annex|box|figure|table|action|step|phase)\s+)?"
    r"(?:[\dIVX]+(?:\.\d+)*|[A-Za-z])?[.):]?\s+(?=\S)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"[^\W\d_][\w’'-]*(?:,? [\w’'-]+){1,6}")
_FURNITURE = re.compile(
    r"\b(?:contents|references|bibliography|acknowledge?ments?|foreword|preface|glossary|annex|"
    r"appendix|acronyms|abbreviations|introduction|conclusions?|summary|about|notes|index|context|"
    r"background|justification|objectives?|methodology|programme|participants|recommendations?|"
    r"índice|referencias|bibliografía|agradecimientos|anexo|introducción|conclusiones|resumen|"
    r"sumário|referências|bibliografia|agradecimentos|introdução|conclusões|resumo)\b",
    re.IGNORECASE,
)
_UNSUITABLE = re.compile(
    r"(?:from|to|towards|beyond|desde|hacia|além)\b|"
    r".*\b(?:it|they|them|this|these|here|each other)\b",
    re.IGNORECASE,
)
"""Headings that read badly after "about", or lean on what stands above them."""
_FILLER = re.compile(
    r"about|across|between|from|into|other|some|than|that|their|under|what|when|where|which|with|"
    r"para|sobre|entre|three|four|more|.{1,3}",
    re.IGNORECASE,
)
N_CONTENT_WORDS = 2
"""Words of a topic that say something: one alone, such as "the measures", is too vague."""


def questions_from_headings(index: StoredIndex, is_answered: IsAnswered) -> tuple[str, ...]:
    """Return up to `N_EXAMPLES` questions that are answered, from different reports."""
    examples: list[str] = []
    tried: set[str] = set()
    quoted: set[str] = set()
    candidates = list(_from_headings(index))
    for one_per_report in (True, False):  # a report may have few headings that make a question
        for doc_id, text in candidates:
            if len(tried) == N_EXAMPLES_TRIED or len(examples) == N_EXAMPLES:
                return tuple(examples)
            if text in tried or (one_per_report and doc_id in quoted):
                continue
            tried.add(text)
            if is_answered(text):
                examples.append(text)
                quoted.add(doc_id)
    return tuple(examples)


def better_questions(
    refusal: Refusal, search: Search, index: StoredIndex, is_answered: IsAnswered
) -> tuple[str, ...]:
    """Return up to `N_SUGGESTED` questions that are answered from under the nearest headings.

    Nothing is near where the question has no content, or is about something else altogether.

    Args:
        refusal: Of the question that is not answered.
        search: Finds the passages nearest to it; `N_PASSAGES_READ` are enough.
        index: Where they stand.
        is_answered: Answers a question.
    """
    if refusal.code in _WITHOUT_SUGGESTION:
        return ()
    nearest = search(refusal.question)
    suggestions: list[str] = []
    for n_tried, text in enumerate(_from_nearest(refusal, nearest, index)):
        if n_tried == N_SUGGESTED_TRIED or len(suggestions) == N_SUGGESTED:
            break
        if is_answered(text):
            suggestions.append(text)
    return tuple(suggestions)


def topic_of(heading: str) -> str | None:
    """Return a heading as words that fit into a question, or ``None`` where it would read badly."""
    words = _NUMBERING.sub("", heading.strip(), count=1).strip(" .:")
    if not _TOPIC.fullmatch(words) or _FURNITURE.search(words) or _is_a_name(words):
        return None
    if _UNSUITABLE.match(words) or _n_content_words(words) < N_CONTENT_WORDS:
        return None
    if words.isupper():
        words = words.capitalize()
    first, _, rest = words.partition(" ")
    is_name = not first[1:].islower() or rest[:1].isupper()
    return words if is_name else f"{first.lower()} {rest}"


def _is_a_name(words: str) -> bool:
    """Tell whether every longer word has a capital: a person or an office, not a topic."""
    long = [word for word in words.split() if len(word) > 3]  # noqa: PLR2004
    return not words.isupper() and all(word[:1].isupper() for word in long)


def _n_content_words(words: str) -> int:
    return sum(_FILLER.fullmatch(word) is None for word in words.split())


def _from_headings(index: StoredIndex) -> Iterator[tuple[str, str]]:
    """Yield a document's id and a question about one of its headings, going round the reports."""
    by_document: dict[str, list[str]] = {}
    step = max(1, index.manifest.n_passages // N_PASSAGES_SEEN)
    for row in range(0, index.manifest.n_passages, step):
        passage = index.passage(row)
        for heading in passage.headings[1:] or passage.headings:
            topics = by_document.setdefault(passage.doc_id, [])
            topic = topic_of(heading)
            if topic and topic not in topics:
                topics.append(topic)
    languages = {entry.doc_id: entry.info.language for entry in index.documents}
    for turn in range(max(map(len, by_document.values()), default=0)):
        for doc_id, topics in by_document.items():
            if turn < len(topics):
                form = _FORMS.get(languages[doc_id], _FORMS["en"])
                yield doc_id, form.format(topic=topics[turn])


def _from_nearest(
    refusal: Refusal, nearest: Sequence[ScoredPassage], index: StoredIndex
) -> Iterator[str]:
    """Yield questions about headings, those of the nearest passages first."""
    seen: set[str] = {refusal.question.text}
    for scored in nearest:
        entry = index.entry(scored.passage.doc_id)
        form = _FORMS.get(entry.info.language, _FORMS["en"])
        for heading in reversed(scored.passage.headings[1:] or scored.passage.headings):
            topic = topic_of(heading)
            text = form.format(topic=topic)
            if topic and text not in seen:
                seen.add(text)
                yield text
