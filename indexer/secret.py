"""Secrets in settings: never shown, and read from a file where one is named."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, SecretStr


def _secret(value: object) -> object:
    """Return a secret, read from the file that ``@/path`` names; errors never hold it."""
    if not isinstance(value, str):
        return value
    secret = value
    if value.startswith("@"):
        try:
            secret = Path(value[1:]).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"the file cannot be read: {type(error).__name__}") from None
    if not secret.isascii() or not secret.isprintable() or not secret.strip():
        raise ValueError("want printable ASCII, or @ and the path of a file that holds it")
    return SecretStr(secret)


Secret = Annotated[SecretStr, BeforeValidator(_secret)]
"""A secret in the environment, or `@` and the path of a file; never shown."""
