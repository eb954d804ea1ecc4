"""Opens ONNX models for reading one short text at a time, which is all that the service does."""

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.onnx_silence import silence_onnxruntime

if TYPE_CHECKING:
    import onnxruntime

_SLOW_FUSIONS = ("SkipLayerNormFusion",)
"""The fused addition and normalisation takes five times as long as the two apart (D20)."""


def open_model(path: Path, *, n_threads: int) -> "onnxruntime.InferenceSession":
    """Open the model in ``path``, to be run on CPUs; safe to run from several threads.

    Args:
        path: The file.
        n_threads: CPU threads that one run may use.

    Raises:
        Exception: Of onnxruntime's own plain kinds: it is not there or no model.
    """
    silence_onnxruntime()
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    # Threads that wait by spinning take the cores from whatever is next.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=list(_SLOW_FUSIONS),
    )
