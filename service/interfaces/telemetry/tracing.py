"""OpenTelemetry traces: a span a request, a span a stage; sent only where an address is set.

Without the packages of the group `traces` and an address, the library's own spans do nothing.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from opentelemetry import propagate, trace

from service.errors import ServiceError

_tracer = trace.get_tracer("cita")


def request_span(
    name: str, headers: Mapping[str, str], *, request_id: str
) -> AbstractContextManager[object]:
    """Return the span of a request, as a part of the caller's trace if it sends one."""
    return _tracer.start_as_current_span(
        name,
        context=propagate.extract(headers),
        kind=trace.SpanKind.SERVER,
        attributes={"cita.request_id": request_id},
    )


def stage_span(name: str) -> AbstractContextManager[object]:
    """Return the span of a stage, a part of the request's."""
    return _tracer.start_as_current_span(name)


def send_traces(endpoint: str) -> None:
    """Send spans to ``endpoint`` from now on, in the background.

    Raises:
        ServiceError: The packages that do it are not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise ServiceError(
            "CITA_TRACES_URL is set, but the packages that send traces are not installed; run "
            "`pip install --group traces`, or unset it"
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "cita"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    trace.set_tracer_provider(provider)


def flush_traces() -> None:
    """Send what was not sent yet; the process is about to end."""
    flush = getattr(trace.get_tracer_provider(), "force_flush", None)
    if flush is not None:
        flush()
