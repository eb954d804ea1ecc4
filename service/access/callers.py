"""Who calls, and what each address of the service asks of a caller."""

from dataclasses import dataclass

from service.access.keys import ApiKey, Scope

READER = frozenset({Scope.ASK, Scope.SEARCH})
OPEN = (
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/docs",
    "/opensearch.xml",
    "/favicon.ico",
    "/robots.txt",
    "/slack",
    "/teams",
)
"""Open to everybody: probes, what says nothing of the reports, and doors that check signatures."""

OPEN_BELOW = ("/static/",)
_WANTED_BELOW = (
    ("/metrics", frozenset({Scope.ADMIN})),
    ("/v1/search", frozenset({Scope.SEARCH})),
    ("/v1/documents", frozenset({Scope.SEARCH})),
    ("/v1/passages", frozenset({Scope.SEARCH})),
    ("/v1/", frozenset({Scope.ASK})),
)
"""The first that fits holds; all else, such as a page, wants both to ask and to search."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request.

    Attributes:
        label: For the log: of a key, ``user`` for one whom the proxy knows, ``-`` for anybody.
        scopes: What they may do.
        counted_as: Under which name their requests are counted.
    """

    label: str
    scopes: frozenset[Scope]
    counted_as: str

    def lacks(self, wanted: frozenset[Scope]) -> frozenset[Scope]:
        """Return the scopes of ``wanted`` that the caller does not have."""
        return frozenset() if Scope.ADMIN in self.scopes else wanted - self.scopes


def anybody(address: str) -> Caller:
    """Return the caller where nothing is asked of callers."""
    return Caller("-", frozenset(Scope), f"address:{address}")


def holder_of(key: ApiKey) -> Caller:
    """Return the caller who has a key."""
    return Caller(key.label, key.scopes, f"key:{key.label}")


def user_named(name: str) -> Caller:
    """Return the caller whom a proxy has signed in; the name is not logged."""
    return Caller("user", READER, f"user:{name}")


def is_open(path: str) -> bool:
    """Tell whether everybody may have what stands at ``path``."""
    return path in OPEN or path.startswith(OPEN_BELOW)


def scopes_wanted(path: str) -> frozenset[Scope]:
    """Return what a caller must be allowed for ``path``."""
    return next(
        (scopes for start, scopes in _WANTED_BELOW if path.startswith(start)),
        READER,
    )
