"""Quotes are put into rough Spanish and Portuguese, with the same figures, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.pipeline.translation.quote_translator import QuoteTranslator, read_rules
from tests.service.pipeline.translation.conftest import NOWHERE, PATIENCE_S


@pytest.fixture(scope="module")
def translator() -> Iterator[QuoteTranslator]:
    made = QuoteTranslator(timeout_s=PATIENCE_S)
    yield made
    made.stop()


@pytest.mark.usefixtures("apertium")
@pytest.mark.parametrize(
    ("quote", "spanish", "portuguese"),
    [
        pytest.param(
            "The migrants live in informal settlements.",
            "Los migrantes viven en asentamientos informales.",
            "Os migrantes vivem em assentamentos informais.",
            id="words that Apertium takes for others",
        ),
        pytest.param(
            "Immigrants and migrants are not alike.",
            "inmigrantes",
            "Imigrantes",
            id="both a word and what stands in for it",
        ),
        pytest.param(
            "The Global Compact for Migration protects refugees and migrants.",
            "Pacto Mundial para la Migración protege refugiados y migrantes.",
            "Pacto Global para a Migração protege refugiados e migrantes.",
            id="a name that has one of its own",
        ),
        pytest.param(
            "Cities in middle-income countries lack demand-side data.",
            "Ciudades en países de ingresos medios no tienen dato",
            "Cidades em países de rendimentos médios não têm dado",
            id="compounds, and a verb taken for a noun",
        ),
        pytest.param(
            "Non-governmental organisations get 10 per cent.",
            "Organizaciones no gubernamentales obtienen 10 por ciento.",
            "Organizações não governamentais obtêm 10 por cento.",
            id="words that Apertium glues",
        ),
        pytest.param(
            "Chile | 3,417 families | The rent subsidy",
            "Chile | 3,417 familias | El subsidio de alquiler",
            "Chile | 3,417 famílias | O subsídio de aluguel",
            id="a table row",
        ),
    ],
)
def test_a_quote_can_be_read_in_spanish_and_portuguese(
    translator: QuoteTranslator, quote: str, spanish: str, portuguese: str
) -> None:
    assert spanish.lower() in (translator.translation(quote, "es") or "").lower()
    assert portuguese.lower() in (translator.translation(quote, "pt") or "").lower()


@pytest.mark.usefixtures("apertium")
def test_only_english_goes_and_only_into_spanish_and_portuguese(
    translator: QuoteTranslator,
) -> None:
    pairs = {
        (source, target): translator.translates(source, target)
        for source in ("en", "es", "fr")
        for target in ("en", "es", "pt")
    }

    assert [pair for pair, is_offered in pairs.items() if is_offered] == [
        ("en", "es"),
        ("en", "pt"),
    ]


def test_without_apertium_nothing_is_translated() -> None:
    translator = QuoteTranslator(search_path=NOWHERE)

    assert not translator.translates("en", "es")


def test_a_translation_with_other_figures_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    translator = QuoteTranslator(search_path=NOWHERE)
    monkeypatch.setattr(translator, "_cached", lambda quote, _: quote.replace("4", "5"))

    assert translator.translation("3 shelters", "es") == "3 shelters"
    assert translator.translation("4 shelters", "es") is None


def test_a_row_of_words_that_does_not_pair_is_refused(tmp_path: Path) -> None:
    rows = tmp_path / "words.tsv"
    rows.write_text("english\tstand-in\tspanish\tmended\na | b\tc\t\t\n", encoding="utf-8")

    with pytest.raises(ValueError, match="line 2: want a word for each"):
        read_rules(rows)
