"""A country is known by its names in the languages that Cita speaks."""

import pytest

from service.pipeline.country_names import country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chile", "CL"),
        ("brasil", "BR"),
        (" Costa  Rica ", "CR"),
        ("España", "ES"),
        ("Nowhere", None),
    ],
)
def test_a_name_leads_to_its_code(name: str, code: str | None) -> None:
    assert country_code(name) == code
