"""Nobody is served beyond this machine by oversight."""

from pathlib import Path

import pytest

from service.access.exposure import check_not_exposed
from service.access.key_file import KeyFile
from service.access.keys import Scope
from service.errors import ExposedError
from service.settings import Settings


@pytest.mark.parametrize(
    ("fields", "is_fine"),
    [
        pytest.param({"host": "127.0.0.1"}, True, id="loopback"),
        pytest.param({"host": "::1"}, True, id="loopback of six"),
        pytest.param({"host": "0.0.0.0"}, False, id="all addresses"),  # noqa: S104
        pytest.param({"host": "10.0.0.5"}, False, id="an address"),
        pytest.param({"host": "::", "open_access": True}, True, id="open to all on purpose"),
        pytest.param({"host": "::", "proxy_user_header": "X-User"}, True, id="users of a proxy"),
    ],
)
def test_another_address_than_loopback_wants_keys_or_a_word(
    tmp_path: Path,
    fields: dict[str, object],
    is_fine: bool,  # noqa: FBT001
) -> None:
    settings = Settings(state=tmp_path, **fields)  # type: ignore[arg-type]

    if is_fine:
        check_not_exposed(settings)
        return
    with pytest.raises(ExposedError, match="keys add"):
        check_not_exposed(settings)
    KeyFile(settings.keys_path).add("lab", [Scope.ASK])
    check_not_exposed(settings)
