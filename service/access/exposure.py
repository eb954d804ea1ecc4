"""Tells whether others can ask without saying who they are, before the service listens."""

from service.access.key_file import KeyRing
from service.errors import ExposedError
from service.settings import LOOPBACK, Settings


def is_closed(keys: KeyRing, *, by_proxy: bool) -> bool:
    """Tell whether callers must say who they are: by a key, or to a proxy that signs them in."""
    return by_proxy or keys.is_closed


def check_not_exposed(settings: Settings) -> None:
    """Make sure that nobody else's machine can ask without saying who they are.

    Raises:
        ExposedError: One can, and the operator has not allowed it.
    """
    if settings.host in LOOPBACK or settings.open_access:
        return
    by_proxy = settings.proxy_user_header is not None
    if not is_closed(KeyRing(settings.keys_path), by_proxy=by_proxy):
        raise ExposedError(settings.host)
