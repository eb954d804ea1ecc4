"""What comes nearest to a refused question, line by line: the same in every chat."""

from collections.abc import Iterator, Mapping

from service.interfaces.api.schemas.answers import Refused
from service.presentation.citation_words import page_words
from service.presentation.wording import NearLine


def near_lines(body: Refused, words: Mapping[str, str]) -> Iterator[NearLine]:
    """Yield a line for each nearest passage, or, where the first may answer, for each sentence.

    Args:
        body: The refusal.
        words: Of its language, by their names in ``words.toml``.
    """
    for passage in body.nearest:
        title, headings = passage.document.title, tuple(passage.headings)
        if not body.refusal.may_answer:
            yield NearLine(title, headings, passage.href)
            continue
        for sentence in passage.likeliest:
            place = page_words(sentence.page, sentence.page_end, sentence.page_label, words=words)
            yield NearLine(title, headings, sentence.href, sentence.text, place)
