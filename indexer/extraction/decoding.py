"""Bytes → text, when nobody says for sure which encoding they are in."""

import codecs
import re

from charset_normalizer import from_bytes

from indexer.errors import Reason, UnreadableError

_BYTE_ORDER_MARKS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 256 * 1024
_WESTERN = ("cp1252", "mac_roman")
_MIN_PLAUSIBILITY = 0.6
_FEW_ZEROS = 0.02
_MANY_ZEROS = 0.1
_ACCENTS = re.compile("[áéíóúñãõçàâêôüöäèÁÉÍÓÚÑÃÕÇÜÖÄ¿¡ªº–—“”‘’•…€«»°©§·\u00a0]")
_UNLIKELY = re.compile(
    "[\u0080-\u009f¬¦¤þðÞÐ¶‡ˇ˛ƒ∂∑∏π∫Ω√◊\uf8ff\u2500-\u259f]|(?<=[a-z])[A-ZÀ-Þ](?=[a-z])"
)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of ``data``.

    A byte-order mark decides; then UTF-8 if every byte fits it, since other encodings hardly ever
    do; then UTF-16 by its zero bytes; then what the file declares; then the most plausible of
    the encodings in use.

    Args:
        data: Any bytes; may be empty.
        declared: Encoding that the file claims, believed last because it is often wrong.

    Raises:
        UnreadableError: The bytes are not text in any of them.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:_SAMPLE_BYTES]:
        return _decode_wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_narrow(data, declared)


def _decode_wide(data: bytes) -> str:
    """Decode UTF-16 without a mark: zero bytes stand in one half of its pairs only."""
    sample = data[:_SAMPLE_BYTES]
    half = max(len(sample) // 2, 1)
    first, second = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if min(first, second) < _FEW_ZEROS and max(first, second) > _MANY_ZEROS:
        return data.decode("utf-16-le" if second > first else "utf-16-be", errors="replace")
    if data.count(0) < _FEW_ZEROS * len(data):  # a stray zero byte in a text file
        return decode(data.replace(b"\0", b""))
    raise UnreadableError(Reason.MISLABELLED, "this is binary data, not text; export it as text")


def _decode_narrow(data: bytes, declared: str | None) -> str:
    if _nearly_utf8(data):
        return data.decode("utf-8", errors="replace")
    if declared and (text := _decode_as(data, declared)) is not None:
        return text
    plausibility, best = max((_plausibility(data, encoding), encoding) for encoding in _WESTERN)
    if plausibility > _MIN_PLAUSIBILITY:
        return data.decode(best, errors="replace")
    return _guess(data)


def _nearly_utf8(data: bytes) -> bool:
    """Tell whether a few broken bytes stand in what is plainly UTF-8."""
    text = data.decode("utf-8", errors="replace")
    wide = sum(letter > "\x7f" for letter in text)
    return text.count("\ufffd") * 10 < wide


def _decode_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _plausibility(data: bytes, encoding: str) -> float:
    """Return how much the text looks Western European, at most 1: accents less what no prose has.

    charset-normalizer takes English with a few typographic quotes in cp1252 for cp852, and
    Portuguese for cp1250; this rule looks at the two encodings that office files come in.
    """
    sample = data[:_SAMPLE_BYTES].decode(encoding, errors="replace")
    wide = [at for at, letter in enumerate(sample) if letter > "\x7f"]
    strange = len(_UNLIKELY.findall(sample)) + sample.count("\ufffd")
    return (len(_ACCENTS.findall(sample)) - 3 * strange) / max(len(wide), 1)


def _guess(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        raise UnreadableError(Reason.MISLABELLED, "no text encoding fits; save the file as UTF-8")
    return data.decode(best.encoding, errors="replace")
