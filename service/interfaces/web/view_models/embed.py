"""The form, or an answer, in a frame on another site's page."""

from dataclasses import dataclass

from markupsafe import Markup

from service.interfaces.web.view_models.form import Form


@dataclass(frozen=True, slots=True)
class EmbeddedAnswer:
    """One answer, or why there is none, as a card.

    Attributes:
        question: As it was asked.
        question_language: ISO 639-1 code.
        language: Of the words around the quotes.
        support: How well it is supported; empty for a refusal.
        content: Quotes and sources, or the reason, as HTML that the templates of words escaped.
        notices: In plain text.
        href: The answer as a page of its own.
    """

    question: str
    question_language: str
    language: str
    support: str
    content: Markup
    notices: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """The form alone, or an answer where a question is asked.

    Attributes:
        form: The form; its question may be wrong.
        card: The answer.
    """

    form: Form
    card: EmbeddedAnswer | None = None
