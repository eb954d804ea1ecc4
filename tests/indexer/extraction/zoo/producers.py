"""Programs that make files of the report: which of them are here, and what each makes.

Each is called once for all tests. What is not installed is skipped; `.ci/run` installs all but
pandoc.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.indexer.extraction.zoo.writers import as_docx, as_html, as_reportlab_pdf

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LIBREOFFICE = shutil.which("soffice")
GHOSTSCRIPT = shutil.which("gs")
PANDOC = shutil.which("pandoc")

_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_UNTAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}'
_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Producer:
    """A way to make a file of the report.

    Attributes:
        name: Of the way.
        programs: That it runs, by name; ``None`` where one is not here.
        make: Makes the file in a folder and returns it.
    """

    name: str
    programs: tuple[str | None, ...]
    make: Callable[[Path], Path]

    @property
    def is_here(self) -> bool:
        """Whether all that it runs is installed."""
        return all(self.programs)


def _run(folder: Path, *command: str | None) -> None:
    subprocess.run(
        [part for part in command if part],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        timeout=_TIMEOUT_S,
        check=True,
    )


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _html(folder: Path) -> Path:
    return _written(folder / "report.html", as_html().encode())


def _docx(folder: Path) -> Path:
    return _written(folder / "report.docx", as_docx())


def _reportlab(folder: Path) -> Path:
    return _written(folder / "report.pdf", as_reportlab_pdf())


def _by_libreoffice(target: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        source = _docx(folder)
        out_dir = folder / "out"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run(
            folder, LIBREOFFICE, profile, "--headless", "--convert-to", target, "--outdir",
            str(out_dir), str(source),
        )  # fmt: skip
        return next(out_dir.glob(f"report.{target.partition(':')[0]}"))

    return make


def _by_chromium(*options: str, has_ligatures: bool = True) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        page = as_html(has_ligatures=has_ligatures)
        source, path = _written(folder / "report.html", page.encode()), folder / "report.pdf"
        _run(
            folder, CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *options,
            "--no-pdf-header-footer", f"--print-to-pdf={path}", source.as_uri(),
        )  # fmt: skip
        return path

    return make


def _rewritten(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    def rewrite(folder: Path) -> Path:
        source, path = make(folder), folder / "rewritten.pdf"
        _run(
            folder, GHOSTSCRIPT, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite",
            f"-sOutputFile={path}", str(source),
        )  # fmt: skip
        return path

    return rewrite


def _by_pandoc(folder: Path) -> Path:
    source, path = _html(folder), folder / "report.docx"
    untitled = re.sub("<title>.*</title>", "", as_html())  # pandoc prints the title, too
    source.write_text(untitled, encoding="utf-8")
    _run(folder, PANDOC, str(source), "-o", str(path))
    return path


PRODUCERS = (
    Producer("html", (), _html),
    Producer("docx", (), _docx),
    Producer("reportlab-pdf", (), _reportlab),
    Producer("chromium-pdf", (CHROMIUM,), _by_chromium("--generate-pdf-document-outline")),
    Producer("chromium-pdf-untagged", (CHROMIUM,), _by_chromium("--disable-pdf-tagging")),
    Producer("libreoffice-pdf", (LIBREOFFICE,), _by_libreoffice(_UNTAGGED)),
    Producer("libreoffice-pdf-tagged", (LIBREOFFICE,), _by_libreoffice(_TAGGED)),
    Producer("libreoffice-docx", (LIBREOFFICE,), _by_libreoffice("docx")),
    Producer("libreoffice-html", (LIBREOFFICE,), _by_libreoffice("html")),
    Producer("pandoc-docx", (PANDOC,), _by_pandoc),
    Producer("ghostscript-reportlab-pdf", (GHOSTSCRIPT,), _rewritten(_reportlab)),
    Producer(
        "ghostscript-libreoffice-pdf",
        (GHOSTSCRIPT, LIBREOFFICE),
        _rewritten(_by_libreoffice(_UNTAGGED)),
    ),
    Producer(
        "ghostscript-chromium-pdf",
        (GHOSTSCRIPT, CHROMIUM),
        _rewritten(_by_chromium(has_ligatures=False)),
    ),
)
