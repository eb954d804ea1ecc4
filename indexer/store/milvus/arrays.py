"""Arrays as text: Milvus has no field for bytes.

An array is ``dtype:shape:base64``, several stand one after the other, a space between them.
"""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray


def to_text(*arrays: NDArray[Any]) -> str:
    """Return what `from_text` reads."""
    return " ".join(
        f"{array.dtype.str}:{','.join(map(str, array.shape))}:"
        f"{base64.b64encode(np.ascontiguousarray(array).tobytes()).decode('ascii')}"
        for array in arrays
    )


def from_text(text: str) -> tuple[NDArray[Any], ...]:
    """Return the arrays that `to_text` wrote."""
    return tuple(_array(*part.split(":")) for part in text.split(" "))


def _array(dtype: str, shape: str, content: str) -> NDArray[Any]:
    flat = np.frombuffer(base64.b64decode(content), dtype=dtype)
    return flat.reshape([int(length) for length in shape.split(",")])
