"""What its description allows the API takes, and what the API answers its description names.

Schemathesis makes valid and invalid requests from the OpenAPI description and runs all its checks
on each response.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.service.interfaces.api.test_openapi import OPERATIONS

N_REQUESTS = 4
"""Of each operation and each kind."""

TAKES_ANYTHING = {"get_document", "get_document_text", "get_document_file", "healthz", "readyz"}
"""They take nothing, or a name, which any text may be: no request to them is invalid."""


@pytest.fixture(scope="session")
def described_api(server: str) -> OpenApiSchema:
    """The API as it describes itself."""
    schema = schemathesis.openapi.from_url(f"{server}/openapi.json")
    assert isinstance(schema, OpenApiSchema)
    return schema


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: str(mode.value))
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_operation_keeps_to_its_description(
    described_api: OpenApiSchema, operation_id: str, mode: GenerationMode
) -> None:
    if mode == GenerationMode.NEGATIVE and operation_id in TAKES_ANYTHING:
        return
    operation = described_api.find_operation_by_id(operation_id)

    @given(operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=N_REQUESTS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    check()
