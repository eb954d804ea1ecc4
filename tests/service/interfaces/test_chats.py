"""Slack and Teams show people what the API says.

Each is written to as it writes to us, on one real server, and what is sent back is read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from service.pipeline.confidence import Support, support_of
from service.presentation.wording import Wording
from service.records import LANGUAGES
from tests.service.interfaces.chat.slack.test_slack import mention, send
from tests.service.interfaces.chat.teams.test_teams import ask, replies
from tests.service.interfaces.door_questions import (
    QUESTIONS,
    Place,
    nearest_links_of,
    place_of,
    seen,
    word_links_of,
)
from tests.service.interfaces.workplaces import Workplaces


@dataclass(frozen=True)
class Shown:
    """What a person sees of an outcome in a chat.

    Attributes:
        quotes: As in `Seen`, by the links.
        support: How well it is supported, in words; ``None`` for a refusal.
        notices: Their words.
        message: Of a refusal, else empty.
        likeliest: The sentences that may answer all the same, by the links.
        words: Queries of the links to the passages with each word of a refused question.
    """

    quotes: tuple[tuple[str, int, int, int | None], ...]
    support: str | None
    notices: tuple[str, ...]
    message: str
    likeliest: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()


def shown(body: dict[str, Any]) -> Shown:
    is_answer = body["refusal"] is None
    return Shown(
        quotes=seen(body).quotes,
        support=_WORDING.support(support_of(body["confidence"]), body["answer_language"])
        if is_answer
        else None,
        notices=tuple(notice["text"] for notice in body["notices"]),
        message="" if is_answer else body["refusal"]["message"],
        likeliest=()
        if is_answer or not body["refusal"]["may_answer"]
        else tuple(map(place_of, nearest_links_of(body))),
        words=() if is_answer else tuple(urlsplit(link).query for link in word_links_of(body)),
    )


def in_slack(server: str, workplaces: Workplaces) -> list[Shown]:
    path, found = "/api/chat.postMessage", []
    for number, turns in enumerate(QUESTIONS):
        thread, messages = f"{number}.door", []
        for turn, text in enumerate(turns):
            n_before = len(workplaces.received(path, n=0))
            send(mention(server, f"<@U0CITA> {text}", event_id=f"{thread}{turn}", thread=thread))
            messages = workplaces.received(path, n=n_before + 1)
        found.append(shown_in_slack(messages[-1]["blocks"]))
    return found


def shown_in_slack(blocks: list[dict[str, Any]]) -> Shown:
    quotes, notes, message = [], [], ""
    for block in blocks:
        if block["type"] == "context":
            notes.append(block["elements"][0]["text"])
        elif block["type"] == "section":
            message = block["text"]["text"]
    texts = [block for block in blocks if block["type"] == "rich_text"]
    is_of_words = [
        block["elements"][0]["elements"][0]["text"].strip() in _PASSAGES_WITH for block in texts
    ]
    words = [block for block, is_words in zip(texts, is_of_words, strict=True) if is_words]
    nearest = [block for block, is_words in zip(texts, is_of_words, strict=True) if not is_words]
    for block in blocks if not message else []:
        for section in block.get("elements", []) if block["type"] == "rich_text" else []:
            links = [part["url"] for part in section["elements"] if part["type"] == "link"]
            page = re.search(r", (?:pp?|págs?)\. (\d+)", section["elements"][-2]["text"])
            quotes += [(*place_of(url), int(page[1]) if page else None) for url in links]
    supports = [note for note in notes if note in _SUPPORTS]
    return Shown(
        quotes=tuple(quotes),
        support=supports[0] if supports else None,
        notices=tuple(note for note in notes if note not in _SUPPORTS),
        message=message,
        likeliest=_likeliest_in_slack(nearest) if message else (),
        words=tuple(
            urlsplit(part["url"]).query
            for block in words
            for section in block["elements"]
            for part in section["elements"]
            if part["type"] == "link"
        ),
    )


def _likeliest_in_slack(blocks: list[dict[str, Any]]) -> tuple[Place, ...]:
    lead, *lines = [part["elements"] for block in blocks for part in block["elements"]] or [[]]
    if not lines or lead[0]["text"] not in _MAY_ANSWER:
        return ()
    assert all(line[0]["text"].startswith("• “") for line in lines)
    return tuple(place_of(part["url"]) for line in lines for part in line if part["type"] == "link")


def in_teams(server: str, workplaces: Workplaces) -> list[Shown]:
    found = []
    for number, turns in enumerate(QUESTIONS):
        for turn, text in enumerate(turns):
            assert ask(server, workplaces, text, talk=f"door{number}", number=turn) == 200
        sent = replies(workplaces, f"door{number}")[-1]
        found.append(shown_in_teams(sent["text"], sent.get("entities") or []))
    return found


def shown_in_teams(text: str, entities: list[dict[str, Any]]) -> Shown:
    claims = [claim for entity in entities for claim in entity.get("citation", [])]
    looks = [claim["appearance"] for claim in claims]
    assert [claim["position"] for claim in claims] == list(range(1, len(claims) + 1))
    assert all(f"[{claim['position']}]" in text for claim in claims)
    pages = [re.search(r", p\. (\d+)$", look["name"]) for look in looks]
    paragraphs = [re.sub(r"\\(.)", r"\1", part) for part in text.split("\n\n")]
    supports = [
        (at, part.strip("*")) for at, part in enumerate(paragraphs) if part.strip("*") in _SUPPORTS
    ]
    lead = next((at for at, part in enumerate(paragraphs) if part in _LEADS), None)
    if lead is None:  # a refusal: reason and coverage, notices, then the nearest passages
        nearest = next((at for at, part in enumerate(paragraphs) if part in _NEAREST), None)
        reason, *notices = [part for part in paragraphs[:nearest] if not _tells_words(part)]
        may_answer = nearest is not None and paragraphs[nearest] in _MAY_ANSWER
        links = re.findall(r"\]\((http[^)]+)\)", text)
        words = tuple(urlsplit(link).query for link in links if "/search?" in link)
        nearby = [link for link in links if "/search?" not in link]
        likeliest = [place_of(link) for link in nearby if may_answer]
        message = f"{reason}\n\n{notices[0]}"
        return Shown((), None, tuple(notices[1:]), message, tuple(likeliest), words)
    ((at, support),) = supports
    return Shown(
        quotes=tuple(
            (*place_of(look["url"]), int(page[1]) if page else None)
            for look, page in zip(looks, pages, strict=True)
        ),
        support=support,
        notices=(*paragraphs[:lead], *paragraphs[at + 1 :]),
        message="",
    )


def _tells_words(paragraph: str) -> bool:
    return paragraph.startswith(tuple(_PASSAGES_WITH))


_WORDING = Wording()
_PASSAGES_WITH = {_WORDING.words(language)["passages_with"] for language in LANGUAGES}
_LEADS = {_WORDING.words(language)["lead"] for language in LANGUAGES}
_MAY_ANSWER = {_WORDING.words(language)["nearest_may_answer"] for language in LANGUAGES}
_NEAREST = {_WORDING.words(language)["nearest"] for language in LANGUAGES} | _MAY_ANSWER
_SUPPORTS = {_WORDING.support(support, language) for support in Support for language in LANGUAGES}

CHATS: tuple[Callable[[str, Workplaces], list[Shown]], ...] = (in_slack, in_teams)


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.__name__.removeprefix("in_"))
def test_every_chat_shows_the_same(
    chat: Callable[[str, Workplaces], list[Shown]],
    server: str,
    workplaces: Workplaces,
    bodies: list[dict[str, Any]],
) -> None:
    assert chat(server, workplaces) == [shown(body) for body in bodies]
