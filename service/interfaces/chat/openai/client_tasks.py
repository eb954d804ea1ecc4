"""Tasks that a chat gives its model beside questions: a title, tags, follow-ups, a search query.

They are known by how Open WebUI words them, and answered from the chat itself: asked of the
reports, they would bring quotes that nobody wanted (docs/decisions.md, D41).

Source:
    The prompt templates of Open WebUI 0.12 (``DEFAULT_…_PROMPT_TEMPLATE`` in its ``config.py``).
"""

import json
import re
import textwrap
from collections.abc import Callable, Sequence

MAX_TITLE_CHARS = 60

_OPENING = "### Task:"
_HISTORY = re.compile(r"<chat_history>\n(?P<turns>.*?)\n?</chat_history>", re.DOTALL)
_QUESTION = re.compile(r"^USER: (.+)$", re.MULTILINE)
_WANTED = re.compile(r'"(?P<key>title|tags|follow_ups|queries|text|prompt)"\s*:')
"""The first key of the JSON that a task asks for names the task."""


def task_reply(text: str) -> str | None:
    """Return the JSON that a task asks for; ``None`` where ``text`` is a question."""
    history, wanted = _HISTORY.search(text), _WANTED.search(text)
    if not text.lstrip().startswith(_OPENING) or not history or not wanted:
        return None
    key = wanted["key"]
    questions = _QUESTION.findall(history["turns"])
    return json.dumps({key: _REPLIES[key](questions)}, ensure_ascii=False)


def _title(questions: Sequence[str]) -> str:
    first = questions[0] if questions else "Cita"
    return textwrap.shorten(first, MAX_TITLE_CHARS, placeholder="…")


def _last(questions: Sequence[str]) -> str:
    return questions[-1] if questions else ""


_REPLIES: dict[str, Callable[[Sequence[str]], str | list[str]]] = {
    "title": _title,
    "tags": lambda _: [],
    "follow_ups": lambda _: [],
    "queries": lambda questions: list(questions[-1:]),
    "text": lambda _: "",
    "prompt": _last,
}
"""Nothing is made up: where the chat does not hold what is asked for, the reply is empty."""
