"""PyTorch models as ONNX files, so that the service needs no PyTorch."""

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.onnx_silence import silence_onnxruntime

if TYPE_CHECKING:
    from torch import Tensor, nn

_LARGE_WEIGHT_BYTES = 1 << 16
"""What is smaller stays in the model's own file."""


def export_onnx(
    module: "nn.Module",
    sample: "Sequence[Tensor]",
    path: Path,
    *,
    inputs: Sequence[str],
    outputs: Sequence[str],
) -> None:
    """Write ``module`` as one ONNX file that takes any number of rows of any length.

    The exporter that traces is deprecated, but takes 2 s where its successor takes 8 to 20
    (docs/decisions.md, D18).

    Args:
        module: A function of arrays ``(n_rows, length)``.
        sample: One for each input, of two rows of unlike length: a mask without zeros would be
            folded away as a constant.
        path: The file.
        inputs: Names of the inputs.
        outputs: Names of the outputs; those with more than one axis have inputs' first two.
    """
    import torch  # noqa: PLC0415  (2 s; commands that export nothing go without)

    axes = {0: "rows", 1: "pieces"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(sample),
            str(path),
            dynamo=False,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=dict.fromkeys((*inputs, *outputs), axes),
        )


def quantise_onnx(path: Path, out: Path) -> None:
    """Write the model in ``path`` to ``out``, with the weights of its products in eight bits.

    They use seven bits of the eight, so that no product overflows on any CPU (docs/decisions.md,
    D19).
    """
    silence_onnxruntime()
    import onnx  # noqa: PLC0415  (training needs none of these)
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    model = onnx.load(path)
    del model.graph.value_info[:]  # shapes of the export that the quantiser takes amiss
    logging.disable(logging.WARNING)  # advice on preparing models of images, to the root logger
    try:
        quantize_dynamic(
            model,
            out,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    finally:
        logging.disable(logging.NOTSET)


def put_weights_apart(path: Path) -> None:
    """Move the weights of the model in ``path`` into a file beside it, ending in ``.weights``.

    They are then mapped where they were copied: of an embedding a process holds in memory the rows
    that questions need, and processes share them (docs/decisions.md, D45).
    """
    import onnx  # noqa: PLC0415  (training needs none of it)

    weights = path.with_suffix(".weights")
    onnx.save_model(
        onnx.load(path),
        path,
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=weights.name,
        size_threshold=_LARGE_WEIGHT_BYTES,
    )
    if weights.exists():
        weights.chmod(path.stat().st_mode)  # onnx lets its owner alone read it
