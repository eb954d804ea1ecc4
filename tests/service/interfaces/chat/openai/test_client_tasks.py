"""What a chat asks for beside questions never reaches the reports."""

import json

import pytest
from openai import OpenAI

from service.interfaces.chat.openai.client_tasks import MAX_TITLE_CHARS, task_reply

HISTORY = """### Chat History:
<chat_history>
USER: How does Chile help migrants rent?
ASSISTANT: The reports say: USER: nothing
USER: And in Peru?
</chat_history>"""


def task(key: str) -> str:
    """Word a task as Open WebUI does: what to do, the JSON that is wanted, the chat."""
    return f'### Task:\nDo it.\n### Output:\nJSON format: {{ "{key}": "…" }}\n{HISTORY}'


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("title", "How does Chile help migrants rent?", id="the first question"),
        pytest.param("tags", [], id="no tags"),
        pytest.param("follow_ups", [], id="no guesses"),
        pytest.param("queries", ["And in Peru?"], id="the last question"),
        pytest.param("text", "", id="nothing completed"),
    ],
)
def test_a_task_gets_the_json_that_it_asks_for(key: str, expected: object) -> None:
    assert json.loads(task_reply(task(key)) or "") == {key: expected}


def test_a_long_question_makes_a_short_title() -> None:
    long = task("title").replace("migrants", "migrants and " * 20)

    title = json.loads(task_reply(long) or "")["title"]

    assert len(title) <= MAX_TITLE_CHARS
    assert title.startswith("How does Chile help migrants")


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What is the title of the report on Chile?", id="names a key"),
        pytest.param('### Task: give me a "title": and tags', id="no chat"),
        pytest.param(f'What does this mean: "title": {HISTORY[:200]}', id="no task"),
    ],
)
def test_a_question_is_no_task(question: str) -> None:
    assert task_reply(question) is None


def test_a_title_goes_back_without_quotes(server: str) -> None:
    with OpenAI(base_url=f"{server}/v1", api_key="unused", max_retries=0) as client:
        whole = client.chat.completions.create(
            model="cita", messages=[{"role": "user", "content": task("title")}]
        )
        streamed = client.chat.completions.create(
            model="cita", messages=[{"role": "user", "content": task("title")}], stream=True
        )
        text = "".join(chunk.choices[0].delta.content or "" for chunk in streamed)

    message = whole.choices[0].message
    assert message.content == text == '{"title": "How does Chile help migrants rent?"}'
    assert not message.annotations
    assert "cita" not in (whole.model_extra or {})
