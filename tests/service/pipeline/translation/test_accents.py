"""Accents come back where only they make a word."""

import pytest

from service.pipeline.translation.accents import Accents
from service.pipeline.translation.apertium import find_stages
from tests.service.pipeline.translation.conftest import PATIENCE_S


@pytest.mark.parametrize(
    ("direction", "typed", "meant"),
    [
        ("spa-eng", "Cuantos huyen de la persecucion?", "Cuantos huyen de la persecución?"),
        ("spa-eng", "la mayoria de los ultimos años", "la mayoría de los últimos años"),
        ("spa-eng", "un plan publico", "un plan publico"),  # "I publish": a word, too
        ("spa-eng", "el xqabzk de nuestra Bogota", "el xqabzk de nuestra Bogotá"),
        ("spa-eng", "persecución", "persecución"),
        ("spa-eng", "", ""),
        ("pt-es", "Nao ha habitacao para as criancas", "Não há habitação para as crianças"),
        ("pt-es", "As associacoes sao rapidas?", "As associações são rápidas?"),
    ],
)
def test_accents_that_were_left_out_are_put_back(
    direction: str,
    typed: str,
    meant: str,
    apertium: None,  # noqa: ARG001
) -> None:
    accents = Accents(find_stages(direction) or (), timeout_s=PATIENCE_S)
    try:
        assert accents.restored(typed) == meant
    finally:
        accents.stop()
