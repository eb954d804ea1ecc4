"""Suggests questions made from the corpus's headings; each is answered before it is shown."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.store.protocol import StoredIndex
from service.pipeline.models import Models
from service.records import Question, Refusal, RefusalCode, ScoredPassage

Search = Callable[[Question], Sequence[ScoredPassage]]
"""Returns the passages nearest to a question, best first."""

IsAnswered = Callable[[str], bool]
"""Tells whether a question, as it is typed, is answered by a statement."""

N_EXAMPLES = 4
N_EXAMPLES_TRIED = 16
"""Headings tried at most: each costs one answer (some 50 ms) whenever an index is loaded."""
N_PASSAGES_SEEN = 400

N_SUGGESTED = 3
N_SUGGESTED_TRIED = 5
"""Questions tried at most, some 30 ms each."""
N_PASSAGES_READ = 12
"""Passages whose headings are looked at."""
MIN_LIKENESS = 0.35
"""Cosine of a topic with the question from which it is near (docs/decisions.md, D51)."""
WITHOUT_SUGGESTION = {
    RefusalCode.QUESTION_UNCLEAR,
    RefusalCode.NOTHING_RELEVANT,
    RefusalCode.LANGUAGE_NOT_SUPPORTED,
    RefusalCode.NO_REPORT_PASSES_FILTERS,
}
"""Refusals of questions that nothing here is near to."""

_FORMS = {
    "en": "What do the reports say about “{topic}”?",
    "es": "¿Qué dicen los informes sobre «{topic}»?",
    "pt": "O que dizem os relatórios sobre “{topic}”?",
}
"""In quotation marks, as few headings fit into a sentence: "Main phases in NUP development"."""
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
    r"highlights|presentations?|debates?|discussions?|sessions?|panels?|agenda|speakers?|remarks|"
    r"overview|presentación|presentaciones|sesión|sesiones|panorama|apresentação|"
    r"apresentações|sessão|sessões|"
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
_ABOUT_ITSELF = re.compile(
    r"\b(?:this|the (?:next|following|present)) "
    r"(?:annex|book|brief|chapter|document|guide|note|paper|publication|report|section|study)\b|"
    r"\b(?:este|esta|el presente|la presente|o presente|a presente) (?:anexo|apartado|capítulo|"
    r"documento|estudio|estudo|guía|guia|informe|nota|publicación|publicação|relatório|sección|"
    r"seção)\b",
    re.IGNORECASE,
)
"""A sentence that tells what a text holds, in place of stating it."""
N_STATED_WORDS = 8
N_CONTENT_WORDS = 2
"""Words of a topic that say something: one alone, such as "the measures", is too vague."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question may ask about, in the words of a heading.

    Attributes:
        text: As `topic_of` makes it.
        language: Of the report.
    """

    text: str
    language: str

    def question(self) -> str:
        """Return the question about it in its own language, or in English if that has no form.

        Never half in one language and half in another: a heading is not put into the language of
        the reader, as what Apertium makes of one mostly reads wrong (docs/decisions.md, D51).
        """
        return _FORMS.get(self.language, _FORMS["en"]).format(topic=self.text)


def states_something(quote: str) -> bool:
    """Tell whether a quote, which may begin with its heading, says more than what stands where."""
    stated = quote.partition("\n\n")[2] or quote
    is_cut = stated.rstrip().endswith(":")
    return len(stated.split()) >= N_STATED_WORDS and not is_cut and not _ABOUT_ITSELF.search(stated)


def topics_from_headings(index: StoredIndex, is_answered: IsAnswered) -> tuple[Topic, ...]:
    """Return up to `N_EXAMPLES` topics whose questions are answered, from different reports."""
    examples: list[Topic] = []
    tried: set[Topic] = set()
    quoted: set[str] = set()
    candidates = list(_from_headings(index))
    for one_per_report in (True, False):  # a report may have few headings that make a question
        for doc_id, topic in candidates:
            if len(tried) == N_EXAMPLES_TRIED or len(examples) == N_EXAMPLES:
                return tuple(examples)
            if topic in tried or (one_per_report and doc_id in quoted):
                continue
            tried.add(topic)
            if is_answered(topic.question()):
                examples.append(topic)
                quoted.add(doc_id)
    return tuple(examples)


def better_questions(
    refusal: Refusal,
    search: Search,
    index: StoredIndex,
    models: Models,
    is_answered: IsAnswered,
) -> tuple[str, ...]:
    """Return up to `N_SUGGESTED` questions that are answered, nearest to the refused one first.

    They are made of the headings of the nearest passages, in the language of each; those that are
    not near the question themselves are left out, so mostly there are none.
    Nothing is near where the question has no content, or is about something else altogether.

    Args:
        refusal: Of the question that is not answered.
        search: Finds the passages nearest to it; `N_PASSAGES_READ` are enough.
        index: Where they stand.
        models: Compare it with topics.
        is_answered: Answers a question.
    """
    if refusal.code in WITHOUT_SUGGESTION:
        return ()
    topics = _from_nearest(search(refusal.question), index)
    compared = zip(likeness(models, refusal.question, topics), topics, strict=True)
    near = sorted((pair for pair in compared if pair[0] >= MIN_LIKENESS), key=lambda pair: -pair[0])
    texts = (topic.question() for _, topic in near)
    tried = [text for text in texts if text != refusal.question.text][:N_SUGGESTED_TRIED]
    return tuple(islice(filter(is_answered, tried), N_SUGGESTED))


def likeness(models: Models, question: Question, topics: Sequence[Topic]) -> tuple[float, ...]:
    """Return the cosine of a question with each of some topics, all of them in English."""
    to_english = models.translator.to_english
    texts = [to_english(topic.text, topic.language) for topic in topics]
    vectors = models.encoder.encode([to_english(question.text, question.language), *texts])
    return tuple(float(cosine) for cosine in vectors[1:] @ vectors[0])


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


def _from_headings(index: StoredIndex) -> Iterator[tuple[str, Topic]]:
    """Yield a document's id and what one of its headings is about, going round the reports."""
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
                yield doc_id, Topic(topics[turn], languages[doc_id])


def _from_nearest(nearest: Sequence[ScoredPassage], index: StoredIndex) -> tuple[Topic, ...]:
    """Return what the headings of some passages are about, each once."""
    return tuple(
        dict.fromkeys(
            Topic(text, index.entry(scored.passage.doc_id).info.language)
            for scored in nearest
            for heading in scored.passage.headings[1:] or scored.passage.headings
            if (text := topic_of(heading))
        )
    )
