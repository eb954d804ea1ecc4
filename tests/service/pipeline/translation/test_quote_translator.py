"""Quotes are put into rough Spanish and Portuguese, with the same figures, or not at all."""

from collections.abc import Iterator

import pytest

from service.pipeline.translation.quote_translator import QuoteTranslator
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
            "Las ciudades en países de ingresos medios carecen de datos",
            "As cidades em países de renda média carecem de dados",
            id="compounds, and a verb taken for a noun",
        ),
        pytest.param(
            "Non-governmental organisations get 10 per cent.",
            "Organizaciones no gubernamentales obtienen 10 por ciento.",
            "Organizações não governamentais obtêm 10 por cento.",
            id="words that Apertium glues",
        ),
        pytest.param(
            "The programme must not exclude undocumented migrants.",
            "El programa no debe excluir migrantes indocumentados.",
            "O programa não deve excluir migrantes indocumentados.",
            id="what is forbidden is not merely needless",
        ),
        pytest.param(
            "There is no housing policy.",
            "No hay ninguna política de vivienda.",
            "Não há nenhuma política habitacional.",
            id="a negation",
        ),
        pytest.param(
            "In Istanbul, the municipality set up a unit that supports tenants.",
            "En Estambul, el municipio estableció una unidad que apoya inquilinos.",
            "Em Istambul, o município estabeleceu uma unidade que apoia inquilinos.",
            id="verbs taken for nouns, a particle, and a place",
        ),
        pytest.param(
            "The secure land tenure was confirmed by the mayor.",
            "La tenencia segura de la tierra fue confirmada por el alcalde.",
            "A posse segura da terra foi confirmada pelo prefeito.",
            id="a term of several words with its gender, and a passive",
        ),
        pytest.param(
            "It limits migrants' access to affordable housing.",
            "Limita el acceso de los migrantes a vivienda asequible.",
            "Limita o acesso dos migrantes a habitação acessível.",
            id="a possessive in the plural",
        ),
        pytest.param(
            "IOM regards cities as partners.",
            "OIM considera ciudades como socios.",
            "OIM considera cidades como parceiros.",
            id="no capital behind an acronym",
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


def test_a_translation_that_lost_a_negation_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    translator = QuoteTranslator(search_path=NOWHERE)
    monkeypatch.setattr(translator, "_cached", lambda quote, _: quote.replace("not", "nota"))

    assert translator.translation("They do not pay", "es") is None
    assert translator.translation("They do not pay, no", "es") == "They do nota pay, no"
    assert translator.translation("They pay", "es") == "They pay"
