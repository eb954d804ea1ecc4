"""Questions that are asked through every door, and what a caller learns of their outcome."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("How much is the rent subsidy that Chile pays to migrants?",),
    ("Where do families apply for the subsidy in Chile?",),
    ("What do applicants for the rent subsidy need?",),
    ("How many families got the subsidy in 2020?",),
    ("How many passengers does the trolleybus of Quito carry?",),
    ("When did the metro of Quito open?",),
    ("Compare what Chile and Peru pay for migrants' housing",),
    ("Compare the shelters of Lima in 2019 and 2023",),
    ("What does a night in a shelter of Lima cost?",),
    ("¿Dónde vacunan a los niños migrantes?",),
    ("¿Cuánto cuesta un viaje en el trolebús de Quito?",),
    ("Qual é o subsídio de aluguel para migrantes no Chile?",),
    ("Who were the partners of Leverkusen?",),
    ("Which wine goes with grilled octopus?",),
    ("Who counts passengers?",),
    ("what papers to bring, rent help Chile",),
    ("How many shelters does Lagos have?",),
    ("who?",),
    ("What is the fare of the trolleybus for older riders?",),
    ("How many stations does the metro of Quito have?",),
    ("Who pays the rent subsidy to whom in Chile?",),
    ("How many families got the subsidy in 2019?",),
    ("How did the shelters of Lima change from 2019 to 2023?",),
    ("Since when do health centres in Lima vaccinate migrant children?",),
    ("¿Qué necesitan los solicitantes del subsidio de alquiler en Chile?",),
    ("Do hospitals of Bogotá ask migrants for a residence permit?",),
    ("What share of migrants in Chile own a house?",),
    ("How many families did the shelters of Lima house in 2019?",),
    ("How many passengers does the trolleybus of Quito carry?", "And what does a fare cost?"),
    ("Which wine goes with grilled octopus?", "When did the metro of Quito open?"),
    ("How many families do the shelters of Bogotá house?", "And in Lima?"),
    ("How much is the rent subsidy that Chile pays to migrants?", "In Spanish please"),
    ("\uf0b7\tHow many fami\u00adlies got the sub\u200bsidy in 2020?",),
    ("\uf0b7\tHow many fami\u00adlies do the shelters of Bogotá house?", "\uf0b7\tAnd in Lima?"),
    ("\u00ad",),
    ("When did the metro of Quito open?", "\u00ad"),
    ("\u200b" * 1000 + "When did the metro of Quito open?",),
)
"""Turns of a conversation, the question last."""

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Seen:
    """What a caller learns through a door.

    Attributes:
        quotes: Document, start, end, page of each citation, in order.
        confidence: Of the whole.
        notices: Their codes and words.
        refusal: Its code; empty where the reports answer.
    """

    quotes: tuple[tuple[str, int, int, int | None], ...]
    confidence: float
    notices: tuple[tuple[str, str], ...]
    refusal: str


def seen(body: dict[str, Any]) -> Seen:
    return Seen(
        quotes=tuple(
            (cited["document"]["id"], cited["start"], cited["end"], cited["page"])
            for cited in body["citations"]
        ),
        confidence=body["confidence"],
        notices=tuple((notice["code"], notice["text"]) for notice in body["notices"]),
        refusal=body["refusal"]["code"] if body["refusal"] else "",
    )


def links_of(body: dict[str, Any]) -> list[str]:
    """Return the links that a chat shows: of citations, or of words and what is nearest."""
    refusal = body["refusal"]
    if refusal is None:
        return [each["href"] for each in body["citations"]]
    return [*word_links_of(body), *nearest_links_of(body)]


def word_links_of(body: dict[str, Any]) -> list[str]:
    """Return the links to the passages with each word of a refused question."""
    return [each["href"] for each in body["refusal"]["words"]["found"]]


def nearest_links_of(body: dict[str, Any]) -> list[str]:
    """Return the links to what comes nearest, sentence by sentence where one may answer."""
    if body["refusal"]["may_answer"]:
        return [each["href"] for passage in body["nearest"] for each in passage["likeliest"]]
    return [each["href"] for each in body["nearest"]]


def place_of(url: str) -> Place:
    """Read a link as a browser does."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    doc_id = unquote(parts.path.rsplit("/", 1)[-1])
    return doc_id, int(query["start"][0]), int(query["end"][0])
