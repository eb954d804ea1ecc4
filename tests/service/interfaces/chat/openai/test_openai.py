"""The official client of the OpenAI API reads what we send."""

import json
from collections.abc import Iterator

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam
from openai.types.responses import ResponseOutputMessage, ResponseOutputText

from tests.service.interfaces.api.test_examples import call

RENT = "How much is the rent subsidy that Chile pays to migrants?"


@pytest.fixture(scope="module")
def openai_client(server: str) -> Iterator[OpenAI]:
    """The client; it does not try again, so that an error is seen at once."""
    with OpenAI(base_url=f"{server}/v1", api_key="unused", max_retries=0) as made:
        yield made


def test_there_is_one_model(openai_client: OpenAI) -> None:
    (model,) = openai_client.models.list().data

    assert model.id == "cita"
    assert openai_client.models.retrieve("cita") == model
    with pytest.raises(openai.NotFoundError) as unknown:
        openai_client.models.retrieve("gpt-4o")
    assert unknown.value.code == "model_not_found"


def test_annotations_index_the_marks_of_the_text(openai_client: OpenAI, server: str) -> None:
    completion = openai_client.chat.completions.create(
        model="cita",
        messages=[
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": RENT}]},
        ],
        temperature=0.3,
        max_tokens=50,
    )

    message = completion.choices[0].message
    assert message.content
    assert message.annotations
    citations = call(f"{server}/v1/ask", {"question": RENT})["citations"]
    assert len(citations) == len(message.annotations)
    for citation, annotation in zip(citations, message.annotations, strict=True):
        place = annotation.url_citation
        mark = message.content[place.start_index : place.end_index]
        assert mark == f"[{citation['number']}]"
        assert place.url == f"{server}{citation['href']}"
        assert place.title.startswith(citation["document"]["title"])
    assert completion.usage
    assert completion.usage.total_tokens > 0


def test_a_stream_adds_up_to_the_whole_answer(openai_client: OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": RENT}]
    whole = openai_client.chat.completions.create(model="cita", messages=messages)

    chunks = list(
        openai_client.chat.completions.create(
            model="cita",
            messages=messages,
            stream=True,
            stream_options={"include_usage": True},
        )
    )

    *answer, usage = chunks
    deltas = [chunk.choices[0].delta for chunk in answer]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    assert [chunk.choices[0].finish_reason for chunk in answer][-1] == "stop"
    assert {chunk.choices[0].finish_reason for chunk in answer[:-1]} == {None}
    assert {chunk.id for chunk in chunks} == {whole.id}
    annotations = whole.choices[0].message.annotations or []
    sent = deltas[-2].model_dump()["annotations"]
    assert sent == [annotation.model_dump() for annotation in annotations]
    assert usage.choices == []
    assert usage.usage == whole.usage


def test_a_response_carries_flat_annotations(openai_client: OpenAI) -> None:
    response = openai_client.responses.create(model="cita", input=RENT, instructions="Be brief.")

    (item,) = response.output
    assert isinstance(item, ResponseOutputMessage)
    (part,) = item.content
    assert isinstance(part, ResponseOutputText)
    assert part.text == response.output_text
    assert part.annotations
    for number, annotation in enumerate(part.annotations, start=1):
        assert annotation.type == "url_citation"
        assert part.text[annotation.start_index : annotation.end_index] == f"[{number}]"


def test_a_streamed_response_adds_up_to_the_whole_one(openai_client: OpenAI) -> None:
    whole = openai_client.responses.create(
        model="cita", input=[{"role": "user", "content": [{"type": "input_text", "text": RENT}]}]
    )

    with openai_client.responses.stream(model="cita", input=RENT) as stream:
        events = list(stream)
        final = stream.get_final_response()

    assert final.output_text == whole.output_text
    assert [event.sequence_number for event in events] == list(range(len(events)))
    kinds = [event.type for event in events]
    assert kinds[0] == "response.created"
    assert kinds[-1] == "response.completed"
    assert kinds.count("response.output_text.annotation.added") == whole.output_text.count("\n> ")
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(deltas) == whole.output_text


def test_a_refusal_is_an_answer_too(openai_client: OpenAI) -> None:
    response = openai_client.responses.create(model="cita", input="Which wine goes with octopus?")

    assert response.status == "completed"
    assert "6 reports" in response.output_text


def test_a_follow_up_is_understood_and_shown(openai_client: OpenAI) -> None:
    completion = openai_client.chat.completions.create(
        model="cita",
        messages=[
            {"role": "user", "content": "How many families do the shelters of Bogotá house?"},
            {"role": "assistant", "content": "The reports do not say."},
            {"role": "user", "content": "And in Lima?"},
        ],
    )

    content = completion.choices[0].message.content
    assert content
    assert content.startswith("Understood as: How many families do the shelters of Lima house?")
    assert "910" in content


def test_what_the_protocol_lacks_goes_in_as_cita(openai_client: OpenAI) -> None:
    completion = openai_client.chat.completions.create(
        model="cita",
        messages=[{"role": "user", "content": RENT}],
        extra_body={"cita": {"answer_language": "pt", "filters": {"country": ["CL"]}}},
    )

    content = completion.choices[0].message.content
    assert content
    assert content.startswith("Os relatórios dizem:")


@pytest.mark.parametrize(
    ("body", "param"),
    [
        pytest.param({"tool_choice": "required"}, "tool_choice", id="a tool must be called"),
        pytest.param(
            {"tool_choice": {"type": "function", "function": {"name": "f"}}},
            "tool_choice",
            id="this tool must be called",
        ),
        pytest.param({"n": 2}, "n", id="several answers"),
        pytest.param({"response_format": {"type": "json_object"}}, "response_format", id="JSON"),
        pytest.param({"modalities": ["text", "audio"]}, "modalities", id="sound"),
        pytest.param({"messages": []}, "messages", id="no message"),
        pytest.param({"messages": [{"role": "system", "content": "x"}]}, "messages", id="no user"),
        pytest.param({"messages": [{"role": "user", "content": ""}]}, "messages", id="blank"),
        pytest.param(
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            "messages",
            id="image",
        ),
        pytest.param({"cita": {"colour": 1}}, "cita.colour", id="unknown option"),
        pytest.param(
            {"cita": {"filters": {"country": ["ZZ"]}}}, "filters.country", id="unknown country"
        ),
    ],
)
def test_what_cannot_be_honoured_is_an_error_of_the_protocol(
    openai_client: OpenAI, body: dict[str, object], param: str
) -> None:
    messages = [{"role": "user", "content": RENT}]

    with pytest.raises(openai.BadRequestError) as refused:
        openai_client.post(
            "/chat/completions",
            body={"model": "cita", "messages": messages, **body},
            cast_to=object,
        )

    assert refused.value.param == param
    assert refused.value.type == "invalid_request_error"
    assert refused.value.message


def test_tools_that_are_merely_offered_are_left_alone(openai_client: OpenAI) -> None:
    completion = openai_client.chat.completions.create(
        model="cita",
        messages=[{"role": "user", "content": RENT}],
        tools=[{"type": "function", "function": {"name": "clock", "parameters": {}}}],
        tool_choice="auto",
    )

    message = completion.choices[0].message
    assert message.annotations
    assert message.tool_calls is None


def test_half_a_character_is_refused_wherever_it_would_be_sent_back(openai_client: OpenAI) -> None:
    for body in ({"instructions": "\ud800"}, {"metadata": {"a": "\ud800"}}):
        with pytest.raises(openai.BadRequestError):
            openai_client.post(
                "/responses",
                content=json.dumps({"model": "cita", "input": RENT, **body}).encode(),
                options={"headers": {"Content-Type": "application/json"}},
                cast_to=object,
            )


def test_earlier_responses_are_not_kept(openai_client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="nothing is stored"):
        openai_client.responses.create(model="cita", input=RENT, previous_response_id="resp_1")
    with pytest.raises(openai.NotFoundError):
        openai_client.responses.retrieve("resp_1")


def test_there_are_no_embeddings_and_no_other_model(openai_client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="no embeddings"):
        openai_client.embeddings.create(model="cita", input="rent")
    with pytest.raises(openai.BadRequestError, match="nothing is completed"):
        openai_client.completions.create(model="cita", prompt="rent")
    with pytest.raises(openai.NotFoundError) as unknown:
        openai_client.chat.completions.create(
            model="gpt-4o", messages=[{"role": "user", "content": RENT}]
        )
    assert unknown.value.code == "model_not_found"
    assert unknown.value.param == "model"
