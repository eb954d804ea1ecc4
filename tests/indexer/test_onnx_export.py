"""Weights beside a model are those that were in it."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from indexer.onnx_export import put_weights_apart
from indexer.onnx_model import open_model


def write_product(path: Path, weight: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
    """Write a model that multiplies by ``weight``."""
    rows, columns = weight.shape
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weight"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, rows])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, columns])],
        [numpy_helper.from_array(weight, "weight")],
    )
    opset = helper.make_opsetid("", 17)
    onnx.save_model(helper.make_model(graph, opset_imports=[opset], ir_version=8), path)


@pytest.mark.parametrize(
    ("n_columns", "is_apart"),
    [pytest.param(200, True, id="large"), pytest.param(2, False, id="small")],
)
def test_large_weights_move_out_and_results_stay(
    *, n_columns: int, is_apart: bool, tmp_path: Path
) -> None:
    path = tmp_path / "model.onnx"
    weight = np.random.default_rng(1).normal(size=(200, n_columns)).astype(np.float32)
    write_product(path, weight)
    x = {"x": np.ones((1, 200), dtype=np.float32)}
    (before,) = open_model(path, n_threads=1).run(None, x)

    put_weights_apart(path)

    (after,) = open_model(path, n_threads=1).run(None, x)
    assert np.array_equal(after, before)
    weights = tmp_path / "model.weights"
    assert weights.exists() == is_apart
    if is_apart:
        assert path.stat().st_size < 1000
        assert weights.stat().st_mode == path.stat().st_mode
