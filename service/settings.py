"""Every knob of the service, read once from ``CITA_…`` variables and passed down."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from indexer.secret import Secret
from indexer.settings import PREFIX, IndexerSettings
from service.answer_options import (
    MAX_QUOTES,
    N_ITEM_WORDS,
    N_ITEMS,
    N_QUOTES,
    N_WORDS,
    AnswerOptions,
    AnswerWishes,
)


def _origin(url: str | None) -> str | None:
    """Return ``url`` as ``scheme://host[:port]``; our pages link from the root, so no path fits."""
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise ValueError("want http:// or https:// and a host, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _hosts(names: object) -> object:
    """Return names written in one line, separated by spaces, in lower case."""
    if not isinstance(names, str):
        return names
    if set(names) & set("/,;:'\""):
        raise ValueError("want names of hosts separated by spaces, without port or scheme, or *")
    return tuple(names.lower().split())


def _origins(sites: object) -> object:
    """Return sites written in one line, separated by spaces, as origins; they go into a header."""
    if not isinstance(sites, str):
        return sites
    if set(sites) & set(";,'\""):
        raise ValueError("want sites separated by spaces, such as https://intranet.example")
    return tuple(_origin(site) for site in sites.split())


def _networks(names: object) -> object:
    """Return addresses and networks written in one line, separated by spaces."""
    if not isinstance(names, str):
        return names
    return tuple(str(ip_network(name, strict=False)) for name in names.split())


def _rates(limits: str | None) -> str | None:
    if limits is not None:
        from limits import parse_many  # noqa: PLC0415 - a quarter of what reading settings takes

        parse_many(limits)  # raises ValueError
    return limits


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Addresses that this machine alone can ask."""


class Settings(IndexerSettings):
    """How the service listens, what it gives away, and how much it reads for one question."""

    own_prefix: ClassVar[str] = PREFIX

    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address to listen on; 0.0.0.0 for all."
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    public_url: Annotated[str | None, AfterValidator(_origin)] = Field(
        default=None,
        description="Address users know the service by; makes the API's links absolute.",
    )
    serve_files: bool = Field(
        default=True, description="Whether the original reports may be downloaded."
    )
    poll_s: float = Field(
        default=2.0, gt=0, le=3600, description="Seconds between looks for a new index."
    )
    shutdown_s: int = Field(
        default=10, ge=0, le=600, description="Seconds that open requests get when stopping."
    )
    workers: int = Field(
        default=1, ge=1, le=64, description="Processes that answer; they share the index in memory."
    )
    concurrency: int = Field(
        default=4, ge=1, le=256, description="Requests that a process works on at the same time."
    )
    queue: int = Field(
        default=64,
        ge=0,
        le=10_000,
        description="Requests that may wait in each process; past it 503.",
    )
    timeout_s: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Seconds that a request may take, waiting included.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How the log is written: text, or one JSON object a line."
    )
    traces_url: str | None = Field(
        default=None,
        pattern="^https?://",
        description="Where OpenTelemetry traces are sent (OTLP over HTTP); unset: nowhere.",
    )
    max_body_bytes: int = Field(
        default=262_144, ge=1024, le=16_777_216, description="Largest request body accepted."
    )
    threads: int | None = Field(
        default=None, ge=1, le=256, description="CPU threads of the query encoder; unset: its own."
    )
    top_k: int = Field(
        default=10, ge=1, le=50, description="Passages read when a request names no top_k."
    )
    max_quotes: int = Field(
        default=N_QUOTES,
        ge=1,
        le=MAX_QUOTES,
        description=f"Quotes in an answer at most; of a list {N_ITEMS}, unless this is lower than "
        f"{N_QUOTES}.",
    )
    max_words: int = Field(
        default=N_WORDS,
        ge=20,
        le=1000,
        description=f"Words of quotes in an answer at most; of a list {N_ITEM_WORDS}, unless this "
        f"is lower than {N_WORDS}.",
    )
    min_confidence: float | None = Field(
        default=None, ge=0, le=1, description="Refuse below it; unset: the index's own threshold."
    )
    calibration: Path | None = Field(
        default=None,
        description="File made by `python -m eval calibrate`; unset: the one that ships.",
    )
    collect_feedback: bool = Field(
        default=True, description="Whether people may say what they think of an answer."
    )
    keep_questions: bool = Field(
        default=False,
        description="Whether people may let their question be kept with their feedback.",
    )
    frame_ancestors: Annotated[tuple[str, ...], BeforeValidator(_origins)] = Field(
        default=(),
        max_length=20,
        description="Sites that may show the form in a frame, separated by spaces; unset: none.",
    )
    allowed_hosts: Annotated[tuple[str, ...], BeforeValidator(_hosts)] = Field(
        default=(),
        max_length=20,
        description="Names that clients may call the service by, besides `CITA_PUBLIC_URL`, IP "
        "addresses and names without a dot, separated by spaces; `*`: any.",
    )
    open_access: bool = Field(
        default=False,
        description="Whether to serve addresses other than loopback although nobody has to say who "
        "they are.",
    )
    trusted_proxies: Annotated[tuple[str, ...], BeforeValidator(_networks)] = Field(
        default=(),
        max_length=20,
        description="Addresses or networks of proxies whose `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are believed, separated by spaces; unset: none.",
    )
    proxy_user_header: Annotated[str | None, Field(pattern="^[A-Za-z0-9-]{1,60}$")] = Field(
        default=None,
        description="Header in which such a proxy says who has signed in; those users may ask and "
        "search.",
    )
    rate_limit: Annotated[str | None, AfterValidator(_rates)] = Field(
        default=None,
        description="Requests of each key, user or address, such as `60/minute; 1000/hour`; unset: "
        "no limit.",
    )
    rate_store: str = Field(
        default="memory://",
        pattern="^(memory://|rediss?://.+)$",
        description="Where requests are counted; `redis://HOST:6379` for several processes.",
    )
    cors_origins: Annotated[tuple[str, ...], BeforeValidator(_origins)] = Field(
        default=(),
        max_length=20,
        description="Sites whose scripts may call the API from a browser, separated by spaces; "
        "unset: none.",
    )

    slack_signing_secret: Secret | None = Field(
        default=None,
        description="Of the Slack app, or `@` and the path of a file with it; unset: no Slack.",
    )
    slack_bot_token: Secret | None = Field(
        default=None,
        description="Of the Slack app, likewise; answers mentions. Slash commands need none.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        pattern=r"^https?://[^/\s]+/([^\s]*/)?$",
        description="Slack's API; answers are sent only there and to names below its host.",
    )

    teams_app_id: str | None = Field(
        default=None, max_length=200, description="Id of the Teams bot's app; unset: no Teams."
    )
    teams_tenant_id: str | None = Field(
        default=None, max_length=200, description="Tenant of that app, where it is of one alone."
    )
    teams_app_secret: Secret | None = Field(
        default=None, description="Secret of that app, or `@` and the path of a file with it."
    )

    def answer_options(
        self, wishes: AnswerWishes | None = None, *, language: str | None = None
    ) -> AnswerOptions:
        """Return how an answer is wanted: as a caller wishes, else as is set here.

        Args:
            wishes: Of the caller.
            language: Of the words around the quotes, where the caller wishes none.
        """
        wished = wishes or AnswerWishes()
        confidence = wished.min_confidence
        has_fewer_quotes = self.max_quotes < N_QUOTES
        has_fewer_words = self.max_words < N_WORDS
        return AnswerOptions(
            top_k=wished.top_k or self.top_k,
            max_quotes=wished.max_quotes or self.max_quotes,
            max_items=wished.max_quotes or (self.max_quotes if has_fewer_quotes else N_ITEMS),
            max_words=self.max_words,
            max_item_words=self.max_words if has_fewer_words else N_ITEM_WORDS,
            min_confidence=self.min_confidence if confidence is None else confidence,
            language=wished.language or language,
        )

    @property
    def keys_path(self) -> Path:
        """Return the file of API keys; from when it is there, callers need one."""
        return self.state / "keys.json"

    @property
    def host_names(self) -> tuple[str, ...]:
        """Return the names that clients may call the service by, besides local ones."""
        public = urlsplit(self.public_url or "").hostname
        return (*self.allowed_hosts, *([public] if public else []), self.host)
