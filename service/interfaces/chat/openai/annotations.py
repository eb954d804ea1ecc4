"""Citations as the OpenAI API carries them: ``url_citation`` annotations of the text."""

from collections.abc import Sequence

from service.interfaces.chat.message import CitationMark

Annotation = dict[str, object]


def flat_annotations(marks: Sequence[CitationMark]) -> list[Annotation]:
    """Return the annotations of the Responses API.

    Indices count code points: ``text[start_index:end_index]`` is the mark, such as ``[1]``.
    """
    return [{"type": "url_citation", **_fields(mark)} for mark in marks]


def nested_annotations(marks: Sequence[CitationMark]) -> list[Annotation]:
    """Return the annotations of chat completions, which nest the same fields one deeper."""
    return [{"type": "url_citation", "url_citation": _fields(mark)} for mark in marks]


def _fields(mark: CitationMark) -> Annotation:
    return {
        "start_index": mark.start,
        "end_index": mark.end,
        "url": mark.citation.href,
        "title": mark.title,
    }
