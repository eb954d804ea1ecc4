"""``GET /metrics``: what Prometheus asks for."""

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from service.interfaces.context import ContextDep
from service.interfaces.telemetry.metrics import Metrics

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request, context: ContextDep) -> Response:
    """Return all metrics of this service, in the Prometheus text format."""
    shown: Metrics = request.app.state.metrics
    shown.show_index(context.service.edition_if_ready(), trouble=context.service.trouble)
    return Response(shown.text(), media_type=CONTENT_TYPE_LATEST)
