"""Questions that come near to a refused one, made from the corpus's own headings and tried."""

from collections.abc import Iterator

from service.answering import Answerer
from service.errors import ServiceError
from service.examples import topic_of
from service.pipeline.question import parse_question
from service.records import Answer, AnswerOptions, Refusal, RefusalCode

N_SUGGESTED = 3
N_TRIED = 5
"""Questions tried at most, some 30 ms each."""
N_READ = 12
"""Passages whose headings are looked at."""
_REFUSED_FOR_GOOD = {RefusalCode.QUESTION_UNCLEAR, RefusalCode.NOTHING_RELEVANT}

_FORMS = {
    "en": "What do the reports say about {topic}?",
    "es": "¿Qué dicen los informes sobre {topic}?",
    "pt": "O que dizem os relatórios sobre {topic}?",
}


def better_questions(refusal: Refusal, answerer: Answerer) -> tuple[str, ...]:
    """Return up to `N_SUGGESTED` questions that are answered from under the nearest headings.

    Nothing is near where the question has no content, or is about something else altogether.
    """
    if refusal.code in _REFUSED_FOR_GOOD:
        return ()
    found: list[str] = []
    for tried, text in enumerate(_candidates(refusal, answerer)):
        if tried == N_TRIED or len(found) == N_SUGGESTED:
            break
        if _answered(answerer, text):
            found.append(text)
    return tuple(found)


def _candidates(refusal: Refusal, answerer: Answerer) -> Iterator[str]:
    """Yield questions about headings, those of the nearest passages first."""
    seen: set[str] = {refusal.question.text}
    for scored in answerer.search(refusal.question, top_k=N_READ):
        entry = answerer.index.entry(scored.passage.doc_id)
        form = _FORMS.get(entry.info.language, _FORMS["en"])
        for heading in reversed(scored.passage.headings[1:] or scored.passage.headings):
            topic = topic_of(heading)
            text = form.format(topic=topic)
            if topic and text not in seen:
                seen.add(text)
                yield text


def _answered(answerer: Answerer, text: str) -> bool:
    try:
        return isinstance(answerer.answer(parse_question(text), AnswerOptions()), Answer)
    except ServiceError:
        return False
