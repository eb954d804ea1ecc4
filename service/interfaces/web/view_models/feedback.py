"""The feedback form, and the page shown after it is sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The form for feedback on an answer.

    Attributes:
        question: As typed.
        query: Query string of the answer's address, to link back to it.
        verdict: As ticked.
        comment: As typed.
        may_keep: Whether the operator lets people have their question stored.
        keep: Whether the question may be stored.
        missing: Whether no verdict was ticked.
        fingerprint: Of the index that answered.
        cited: The places quoted, as a permanent link carries them.
    """

    question: str
    query: str
    verdict: str = ""
    comment: str = ""
    may_keep: bool = False
    keep: bool = False
    missing: bool = False
    fingerprint: str = ""
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Thanks, or the form again if no verdict was ticked.

    Attributes:
        form: The form.
        back_href: The answer that the feedback is about.
        kept: Whether the question was stored with it.
    """

    form: FeedbackForm
    back_href: str
    kept: bool
