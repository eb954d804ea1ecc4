"""Wires the layers that decide whether a request reaches an endpoint, and what they answer."""

from functools import partial

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from service.access.key_file import KeyRing
from service.interfaces.api.access_problems import excess_of, lacking_scopes, no_key, too_often
from service.interfaces.api.problems import ProblemDetail, problem_response
from service.interfaces.chat.openai.errors import is_openai_path, openai_error
from service.interfaces.middleware.access import Access, AccessResponses, AccessRules
from service.interfaces.middleware.proxy import TrustedProxies
from service.interfaces.middleware.request_rates import RequestRates
from service.interfaces.middleware.request_size import Excess, JsonDepth, RequestSize
from service.interfaces.telemetry.metrics import Metrics
from service.settings import Settings

FAILURES = "20/minute"
"""Requests without a valid key that an address may send where one is wanted."""


def access_rules(settings: Settings) -> AccessRules:
    """Return what the settings and the keys ask of callers."""
    rates, store = settings.rate_limit, settings.rate_store
    return AccessRules(
        keys=KeyRing(settings.keys_path),
        by_proxy=settings.proxy_user_header is not None,
        rates=RequestRates(rates, store=store) if rates else None,
        failures=RequestRates(FAILURES),
    )


def add_access(app: FastAPI, rules: AccessRules, metrics: Metrics) -> None:
    """Add the layer that finds out who calls."""

    async def nobody(scope: Scope) -> Response:
        asks_browser = "text/html" in Request(scope).headers.get("accept", "")
        return refusal(scope, no_key(asks_browser=asks_browser))

    async def scopes(scope: Scope, lacking: frozenset[str]) -> Response:
        return refusal(scope, lacking_scopes(lacking))

    async def wait(scope: Scope, wait_s: int) -> Response:
        metrics.turned_away.labels("rate_limited").inc()
        return refusal(scope, too_often(wait_s))

    app.add_middleware(Access, rules=rules, responses=AccessResponses(nobody, scopes, wait))


def add_json_depth(app: FastAPI) -> None:
    """Add the layer that measures how deep JSON is; the body must come whole by then."""
    app.add_middleware(JsonDepth, excess=_refuse_excess)


def add_request_size(app: FastAPI) -> None:
    """Add the layer that measures addresses and headers."""
    app.add_middleware(RequestSize, excess=_refuse_excess)


def add_trusted_proxies(app: FastAPI, settings: Settings) -> None:
    """Add the layer that believes listed proxies."""
    app.add_middleware(
        TrustedProxies, networks=settings.trusted_proxies, user_header=settings.proxy_user_header
    )


async def _refuse_excess(scope: Scope, excess: Excess) -> Response:
    return refusal(scope, excess_of(excess))


def refusal(scope: Scope, problem: ProblemDetail) -> Response:
    """Answer without a page: pages show what the reports are about."""
    shown = openai_error if is_openai_path(scope) else partial(problem_response, scope)
    return shown(problem)
