"""Tells whether others can ask without saying who they are, before the service listens."""

from service.access.key_file import KeyRing
from service.errors import ExposedError
from service.settings import LOOPBACK, Settings


def check_not_exposed(settings: Settings) -> None:
    """Make sure that nobody else's machine can ask without saying who they are.

    Raises:
        ExposedError: One can, and the operator has not allowed it.
    """
    if settings.host in LOOPBACK or settings.open_access:
        return
    if settings.proxy_user_header is None and not KeyRing(settings.keys_path).is_closed:
        raise ExposedError(settings.host)
