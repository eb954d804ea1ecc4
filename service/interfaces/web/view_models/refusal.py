"""The page of a refusal."""

from collections.abc import Callable
from dataclasses import dataclass

from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.feedback import FeedbackForm
from service.interfaces.web.view_models.form import Form
from service.interfaces.web.view_models.place import PlaceView
from service.interfaces.web.view_models.replay import Replay
from service.interfaces.web.view_models.text_blocks import Group
from service.presentation.wording import WordPassages


@dataclass(frozen=True, slots=True)
class LikelySentence:
    """A sentence that may answer all the same.

    Attributes:
        groups: It, laid out as in its report and marked.
        place: Where it is found.
        translation: A rough machine translation, which is no quote; empty without one.
    """

    groups: tuple[Group, ...]
    place: PlaceView
    translation: str


@dataclass(frozen=True, slots=True)
class NearestPassage:
    """A passage near the question that is not an answer.

    Attributes:
        snippet: The sentence of it that most likely answers, or its first words.
        likely: Its sentences that may answer all the same; empty where that is too unlikely.
        groups: All of it, with those marked.
        place: Where it is found.
        translation: Of the snippet; empty where the likely sentences have theirs.
    """

    snippet: str
    likely: tuple[LikelySentence, ...]
    groups: tuple[Group, ...]
    place: PlaceView
    translation: str


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """A refusal and its reason.

    Attributes:
        title: The question.
        title_language: Of the question.
        form: The form with the question in it.
        typed: The follow-up that `title` was made of, with the address that asks it as it was
            typed; ``None`` if it stood by itself.
        language: Of `paragraphs`.
        paragraphs: Why there is no answer; then what the corpus covers.
        code: Kind of refusal.
        nearest: The nearest passages.
        may_answer: Whether the first of them may answer all the same.
        unfiltered_href: Asks without the filters; ``None`` where there are none.
        find_suggestions: Looks for similar questions that the reports answer, which takes longer
            than all before it: the page is sent that far first.
        examples: Other questions that they answer, for who does not know what they are about.
        passages_href: Shows every passage with words of the question.
        words: The telling words that reports have, with their passages.
        reader_language: What the reader reads: the question's language where it is not English,
            else that of the interface.
        replay: Comparison with the answer of a permanent link; ``None`` without one.
        feedback: The feedback form; ``None`` if feedback is not collected.
    """

    title: str
    title_language: str
    form: Form
    typed: Example | None
    language: str
    paragraphs: tuple[str, ...]
    code: str
    nearest: tuple[NearestPassage, ...]
    may_answer: bool
    unfiltered_href: str | None
    find_suggestions: Callable[[], tuple[Example, ...]]
    examples: tuple[Example, ...]
    passages_href: str
    words: tuple[WordPassages, ...]
    reader_language: str
    replay: Replay | None
    feedback: FeedbackForm | None
