"""Places have the names that readers know them by."""

import pytest

from service.pipeline.translation.quote_places import with_places


@pytest.mark.parametrize(
    ("text", "target", "right"),
    [
        pytest.param("en Kenya", "es", "en Kenia", id="left in English"),
        pytest.param("em Estambul", "pt", "em Istambul", id="left in Spanish"),
        pytest.param("em Kenya", "pt", "em Quênia", id="a country left in English"),
        pytest.param("El Salvador", "es", "El Salvador", id="no city of that name"),
        pytest.param("Sofía vive", "pt", "Sofía vive", id="a person"),
        pytest.param("Kenyatta", "es", "Kenyatta", id="no part of a word"),
    ],
)
def test_a_place_gets_its_name(text: str, target: str, right: str) -> None:
    assert with_places(text, target) == right
