"""Tells whether a request was signed by Slack just now, and is seen for the first time."""

import re
from collections.abc import Mapping

from slack_sdk.signature import SignatureVerifier

from service.interfaces.chat.recent_items import RecentItems

WINDOW_S = 300
"""How far a request's time may be from ours; the SDK holds it."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_MAX_REMEMBERED = 100_000


class SignatureCheck:
    """Checks signatures; each is good for one request.

    Slack signs what it sends again anew, so a signature that comes twice was copied.
    """

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)
        self._used = RecentItems[None](seconds=2 * WINDOW_S, most=_MAX_REMEMBERED)

    def accepts(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Tell whether the raw ``body`` may be acted on; names of headers are in lower case.

        The SDK raises for a time that is no number, a body that is not UTF-8, and a signature
        that is not ASCII: none of them gets there.
        """
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            is_signed = self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False
        return is_signed and self._used.put_new(signature, None)
