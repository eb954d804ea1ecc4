"""The interface speaks three languages, all of it."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from starlette.testclient import TestClient

from service.interfaces.web.localisation import TRANSLATIONS_DIR, choose_language, load_interfaces
from service.pipeline.confidence import Support
from service.presentation.wording import Wording
from service.records import LANGUAGES

ROOT = Path(__file__).resolve().parents[4]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def english_messages() -> set[object]:
    """Return all words of the interface, found as `pybabel extract` finds them."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings["mappings"]]
    options = {mapping["pattern"]: {"trimmed": "true"} for mapping in mappings["mappings"]}
    return {
        message[2]
        for message in extract_from_dir(
            ROOT / "service" / "interfaces" / "web", method_map=methods, options_map=options
        )
    }


def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS_DIR / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


@pytest.mark.parametrize("language", ["es", "pt"])
def test_a_catalogue_says_all_that_the_pages_say_and_nothing_else(language: str) -> None:
    translated = {message.id for message in catalogue(language) if message.id}

    assert translated == english_messages()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("support", "label", "sentence"),
    [
        (Support.STRONG, "Well supported", "These sentences very likely answer the question."),
        (
            Support.FAIR,
            "Supported",
            "These sentences probably answer the question; read them in context.",
        ),
        (
            Support.WEAK,
            "Weakly supported",
            "These sentences may answer only a part of the question; read them in context.",
        ),
    ],
)
def test_files_and_chats_say_of_an_answers_support_what_the_page_says(
    language: str, support: Support, label: str, sentence: str
) -> None:
    page = load_interfaces()[language].words.gettext

    assert Wording().support(support, language) == f"{page(label)}. {page(sentence)}"


@pytest.mark.parametrize("language", ["es", "pt"])
def test_a_translation_is_whole_and_keeps_what_is_filled_in(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.fuzzy, message.id
        assert all(texts), message.id
        for text in texts:
            kept = set(PLACEHOLDER.findall(str(text)))
            assert kept == set(PLACEHOLDER.findall(str(english[-1])))


@pytest.mark.parametrize(
    ("wishes", "header", "expected"),
    [
        pytest.param((), "", "en", id="nothing said"),
        pytest.param((), "es-MX,es;q=0.9,en;q=0.8", "es", id="a region"),
        pytest.param((), "fr, pt;q=0.5, es;q=0.7", "es", id="the liked best of ours"),
        pytest.param((), "es;q=0, pt;q=0.1", "pt", id="zero means no"),
        pytest.param((), "de,fr", "en", id="none of ours"),
        pytest.param((), "es;q=x,;;,*", "en", id="nonsense"),
        pytest.param((None, "pt"), "es", "pt", id="chosen before"),
        pytest.param(("es", "pt"), "en", "es", id="asked in the address"),
        pytest.param(("xx", "pt"), "en", "pt", id="asked for what we do not speak"),
    ],
)
def test_the_language_is_the_strongest_wish(
    wishes: tuple[str | None, ...], header: str, expected: str
) -> None:
    assert choose_language(wishes, header) == expected


def test_numbers_and_dates_are_written_as_each_language_does() -> None:
    written = {
        language: (interface.number(12345), interface.date("2026-11-21T10:00:00+00:00"))
        for language, interface in load_interfaces().items()
    }

    assert written == {
        "en": ("12,345", "21 November 2026"),
        "es": ("12.345", "21 de noviembre de 2026"),
        "pt": ("12.345", "21 de novembro de 2026"),
    }


@pytest.mark.parametrize(
    ("language", "says", "country"),
    [("en", "Your question", "Chile"), ("es", "Su pregunta", "Perú"), ("pt", "Equador", "Equador")],
)
def test_a_page_comes_in_the_browsers_language(
    client: TestClient, language: str, says: str, country: str
) -> None:
    response = client.get("/", headers={"Accept-Language": language})

    assert f'<html lang="{language}">' in response.text
    assert says in response.text
    assert country in response.text
    assert response.headers["content-language"] == language
    assert "Accept-Language" in response.headers["vary"]
    assert "set-cookie" not in response.headers


def test_a_choice_is_remembered_and_the_quotes_stay_in_their_language(client: TestClient) -> None:
    chosen = client.get(
        "/ask?q=%C2%BFD%C3%B3nde+se+vacuna+a+los+ni%C3%B1os+migrantes%3F&lang=pt&country=PE"
    )
    later = client.get("/about")
    client.cookies.clear()

    cookie = chosen.headers["set-cookie"]
    assert "cita-language=pt" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert '<html lang="pt">' in later.text
    assert '<blockquote lang="es"' in chosen.text
    assert (
        'href="/ask?q=%C2%BFD%C3%B3nde+se+vacuna+a+los+ni%C3%B1os+migrantes%3F&amp;country=PE&amp;lang=es"'
        in (chosen.text)
    )


def test_an_error_is_told_in_the_browsers_language(client: TestClient) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "es"}

    assert "Aquí no hay nada" in client.get("/nothing", headers=headers).text
    assert "El campo está vacío" in client.get("/ask?q=", headers=headers).text
    wrong = client.get("/ask?q=x&country=ZZ", headers=headers)
    assert "Ningún informe tiene «ZZ» en País" in wrong.text


def test_themes_and_reasons_are_told_in_the_browsers_language(client: TestClient) -> None:
    list_page = client.get("/documents", headers={"Accept-Language": "es"}).text
    lost = client.get("/nothing", headers={"Accept": "text/html", "Accept-Language": "pt"}).text

    assert "vivienda" in list_page
    assert "<td>vacío</td>" in list_page
    assert "O endereço pode estar errado" in lost
