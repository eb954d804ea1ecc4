"""Questions to start with, made from the corpus's own headings and tried before they are shown."""

import re
from collections.abc import Iterator

from service.answering import Answerer
from service.errors import ServiceError
from service.pipeline.question import parse_question
from service.records import Answer, AnswerOptions

N_EXAMPLES = 4
N_TRIED = 16
"""Headings tried at most: each costs one answer (some 50 ms) whenever an index is loaded."""
N_PASSAGES_SEEN = 400

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
_LEANING = re.compile(
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


def example_questions(answerer: Answerer) -> tuple[str, ...]:
    """Return up to `N_EXAMPLES` questions that ``answerer`` does answer, from different reports."""
    found: list[str] = []
    tried: set[str] = set()
    quoted: set[str] = set()
    offered = list(_candidates(answerer))
    for once_each in (True, False):  # a report may have few headings that make a question
        for doc_id, text in offered:
            if len(tried) == N_TRIED or len(found) == N_EXAMPLES:
                return tuple(found)
            if text in tried or (once_each and doc_id in quoted):
                continue
            tried.add(text)
            if _answered(answerer, text):
                found.append(text)
                quoted.add(doc_id)
    return tuple(found)


def topic_of(heading: str) -> str | None:
    """Return a heading as words that fit into a question, or ``None`` where it would read badly."""
    words = _NUMBERING.sub("", heading.strip(), count=1).strip(" .:")
    if not _TOPIC.fullmatch(words) or _FURNITURE.search(words) or _is_a_name(words):
        return None
    if _LEANING.match(words) or _n_content_words(words) < N_CONTENT_WORDS:
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


def _candidates(answerer: Answerer) -> Iterator[tuple[str, str]]:
    """Yield a document's id and a question about one of its headings, going round the reports."""
    index = answerer.index
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


def _answered(answerer: Answerer, text: str) -> bool:
    try:
        return isinstance(answerer.answer(parse_question(text), AnswerOptions()), Answer)
    except ServiceError:
        return False
