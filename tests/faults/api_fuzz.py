"""Sends an API what its own description allows and forbids, thousands of times (Schemathesis).

All of Schemathesis' checks look at each response: no server error, and status, headers and body as
the description says.
"""

import time
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import negative_data_rejection
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.conftest import ROOT
from tests.faults.served import served
from tests.service.interfaces.api.test_conformance import TAKES_ANYTHING
from tests.service.interfaces.api.test_openapi import OPERATIONS

_TOO_MUCH = {413, 414, 431}
_BATCH = 50
_MOST_S = 600.0
"""An operation that takes long gets as many cases of a kind as fit in so many seconds."""


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Send ``rounds`` cases to each operation, half of them invalid where that is possible.

    Return what was seen.

    The index is that of ``CITA_INDEX`` in ``work/index``, built before from the briefs.
    """
    environ = {
        "CITA_CORPUS": str(ROOT / "corpus"),
        "CITA_INDEX": str(work / "index"),
        "CITA_STATE": str(work / "state"),
    }
    lines: list[str] = []
    amiss: list[str] = []
    with served(environ, work / "service.log") as service:
        service.wait_until_ready()
        url = f"http://127.0.0.1:{service.port}/openapi.json"
        schema = schemathesis.openapi.from_url(url)
        assert isinstance(schema, OpenApiSchema)
        for operation_id in OPERATIONS:
            modes = list(GenerationMode)
            if operation_id in TAKES_ANYTHING:
                modes.remove(GenerationMode.NEGATIVE)
            for mode in modes:
                n_cases, faults = _send(schema, operation_id, mode, rounds // len(modes))
                lines.append(f"{operation_id} {mode.value}: {n_cases} cases, {len(faults)} amiss")
                print(lines[-1], *faults, sep="\n", flush=True)  # noqa: T201 - it takes long
                amiss += faults
    summary = "\n".join([*lines, *amiss, f"{len(amiss)} amiss"])
    return summary, not amiss


def _send(
    schema: OpenApiSchema, operation_id: str, mode: GenerationMode, n_wanted: int
) -> tuple[int, list[str]]:
    """Send cases in batches; return how many, and the first fault of each batch that has one."""
    operation = schema.find_operation_by_id(operation_id)
    n_cases, faults = 0, list[str]()
    until = time.monotonic() + _MOST_S

    def check(case: schemathesis.Case[Any]) -> None:
        nonlocal n_cases
        n_cases += 1
        response = case.call()
        # What is too large is refused as such, whatever else is wrong with it.
        is_too_much = response.status_code in _TOO_MUCH
        excluded: list[CheckFunction] = [negative_data_rejection] if is_too_much else []
        case.validate_response(response, excluded_checks=excluded)

    strategy = operation.as_strategy(generation_mode=mode)
    generated = settings(
        max_examples=_BATCH,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    for number in range(n_wanted // _BATCH):
        try:
            seed(number)(generated(given(strategy)(check)))()
        except (Exception, FailureGroup) as error:  # noqa: BLE001 - a check that fails is told
            faults.append(f"{operation_id} {mode.value} batch {number}: {error}")
        if time.monotonic() > until or len(faults) > 2:
            break
    return n_cases, faults
