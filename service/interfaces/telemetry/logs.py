"""The log: one line an event, as text or as JSON, each with the id of its request.

No line holds a question: the pipeline logs none, and paths come without their query strings.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

LogFormat = Literal["text", "json"]

CURRENT_REQUEST: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Id of the request that is being handled; threads that work for it have it, too."""

FIELDS = "fields"
"""Name under which a log record carries values of its own, for the JSON format."""

_TALKATIVE = "faiss.loader"
"""Says at INFO which builds of itself it does not find, when it is imported."""

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request id, and the event's fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": moment,
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := CURRENT_REQUEST.get():
            line["request_id"] = request_id
        line |= getattr(record, FIELDS, {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


def set_up_log(log_format: LogFormat) -> None:
    """Log everything from INFO on to standard error, in place of what was set up before."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger(_TALKATIVE).setLevel(logging.WARNING)
