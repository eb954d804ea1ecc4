"""Keeps onnxruntime to itself: nothing may leave the machine (docs/privacy.md)."""

import os


def silence_onnxruntime() -> None:
    """Stop onnxruntime from reporting models, machine and runs to its maker.

    Its packages do from version 1.29 on. It looks once, so call this before it is imported.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
