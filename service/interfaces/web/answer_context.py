"""What the page of an answer, its export and its permanent link are made from."""

from collections.abc import Callable
from dataclasses import dataclass

from indexer.records import DocumentInfo
from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.form import Form
from service.library import Edition
from service.presentation.copied_words import without_list_marker
from service.presentation.links import Links
from service.presentation.permalinks import SealedQuote
from service.presentation.wording import Wording


@dataclass(frozen=True, slots=True)
class PermanentLink:
    """What the address of a permanent link carries.

    Attributes:
        made_on: Day of the index that it was made from, ISO 8601.
        made_from: Fingerprint of that index, its first characters.
        sealed: What was quoted, or ``None`` where the link is damaged.
    """

    made_on: str
    made_from: str
    sealed: tuple[SealedQuote, ...] | None


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """Everything besides the answer that its page or its export needs.

    Attributes:
        edition: The index that answered.
        links: Links of our own pages, which are relative.
        wording: Puts answers and refusals into words.
        form: The form, the question in it.
        language: Of the interface, and of all that the page and its files say of themselves.
        query: Question and filters, as a query string.
        base_url: Our own ``scheme://host``, for absolute links.
        permanent_link: What the address carries, if it is a permanent link; else ``None``.
        reader_language: What the reader reads: the question's language where it is not English,
            else that of the interface.
        find_translation: Makes rough machine translations of a report's words into a language.
        collects_feedback: Whether feedback is stored.
        keeps_questions: Whether the question may be stored with it.
        typed: The follow-up that was typed, where the question was made of it.
    """

    edition: Edition
    links: Links
    wording: Wording
    form: Form
    language: str
    query: str
    base_url: str
    permanent_link: PermanentLink | None = None
    reader_language: str = "en"
    find_translation: Callable[[str, DocumentInfo, str], str] = lambda *_: ""
    collects_feedback: bool = False
    keeps_questions: bool = False
    typed: Example | None = None

    def translate(self, text: str, report: DocumentInfo) -> str:
        """Return a rough machine translation for the reader; empty where there is none."""
        return without_list_marker(self.find_translation(text, report, self.reader_language))
