import io
import shutil
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from eval.__main__ import main

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is missing; install poppler-utils"
)


def report() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400), invariant=1)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(50, 320, "The camp opened in 2014 and hosts 4,515 people.")
    canvas.save()
    return buffer.getvalue()


def test_a_folder_is_compared_and_the_numbers_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "camp.pdf").write_bytes(report())
    (tmp_path / "broken.pdf").write_text("no PDF")

    status = main(["extraction", str(tmp_path), "--pictures", str(tmp_path / "pictures")])

    told = capsys.readouterr().out
    assert status == 0
    assert list((tmp_path / "pictures").iterdir()) == []
    assert told.startswith("broken.pdf: ")
    assert "figures missing or read otherwise: 0 of 2 (none; at most 1 in 10,000)" in told
    assert "words glued or torn: 0 of 9 (none; at most 1 in 5,000)" in told


def test_a_folder_without_pdfs_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["extraction", str(tmp_path)])

    assert status == 2
    assert "no PDF in" in capsys.readouterr().err
