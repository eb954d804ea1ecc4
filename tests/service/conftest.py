"""A small real corpus, its real index, and the real service on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate
from starlette.testclient import TestClient

from indexer.build import build as build_index
from indexer.settings import IndexerSettings
from service.interfaces.app import create_app
from service.library import Edition, Library
from service.qa_service import QAService
from service.settings import Settings
from tests.conftest import copy_index, made_once

ROOT = Path(__file__).resolve().parents[2]

CATALOGUE = """
[[document]]
file = "chile-rent.md"
title = "Renting in Chile"
publisher = "Housing Ministry"
year = 2021
language = "en"
countries = ["CL"]
themes = ["housing"]
url = "https://example.org/chile-rent"

[[document]]
file = "ciudades.md"
title = "Ciudades que acogen"
publisher = "Red de Ciudades"
year = 2019
language = "es"
countries = ["CO", "PE"]
themes = ["health", "housing"]
url = "javascript:alert(1)"

[[document]]
file = "buses & más/Quito.pdf"
title = "Moving <b>around</b> Quito"
publisher = "Transit Office"
language = "en"
countries = ["EC"]
themes = ["transport"]
"""

CHILE = """# Renting in Chile

## How the subsidy works

Chile pays migrants a monthly rent subsidy of 170,000 pesos for at most eight years. Families apply
at the municipal office with proof of savings. The subsidy is paid to the landlord.

## Who may apply

Applicants need:

- a residence permit,
- four units of savings,
- an income below the seventh decile.

| Year | Families |
|---|---|
| 2019 | 1,204 |
| 2020 | 3,417 |

[A link](http://evil.example) and *stars* stand in this sentence about _landlords_ in Santiago.
"""

CIUDADES = """# Ciudades que acogen

## Salud para todos

Bogotá atiende en sus hospitales a las personas migrantes sin pedirles un permiso de residencia. Los
centros de salud de Lima vacunan a los niños migrantes desde 2018.
"""

PAGES = (
    "The trolleybus of Quito carries 250,000 passengers a day. Migrant women ride it at night.",
    "A single fare costs 35 cents. Older riders pay half of the fare.",
    "The metro of Quito opened in December 2023. It has fifteen stations.",
)


@pytest.fixture(scope="session")
def settings(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a corpus of three reports and a file that cannot be read, indexed."""

    def settings_in(folder: Path) -> Settings:
        state = tmp_path_factory.mktemp("state")
        return Settings(corpus=folder / "corpus", index=folder / "index", state=state, poll_s=0.05)

    def make(folder: Path) -> None:
        made = settings_in(folder)
        write_reports(made.corpus)
        (made.corpus / "broken.pdf").write_bytes(b"")
        copy_index(_built.index_dir, made.index_dir)
        build(made)

    return settings_in(made_once(tmp_path_factory, "service", make))


@pytest.fixture(scope="session")
def library(settings: Settings) -> Library:
    """A library with the index loaded."""
    loaded = Library(settings)
    loaded.look()
    return loaded


@pytest.fixture(scope="session")
def edition(library: Library) -> Edition:
    """The edition of the index."""
    return library.current()


@pytest.fixture(scope="session")
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    """A client of the whole service."""
    with TestClient(create_app(QAService(settings, library)), follow_redirects=False) as made:
        yield made


def write_reports(corpus_dir: Path) -> None:
    """Write three reports and their catalogue into a folder, which is made."""
    corpus_dir.mkdir()
    (corpus_dir / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    (corpus_dir / "chile-rent.md").write_text(CHILE, "utf-8")
    (corpus_dir / "ciudades.md").write_text(CIUDADES, "utf-8")
    (corpus_dir / "buses & más").mkdir()
    _write_pdf(corpus_dir / "buses & más" / "Quito.pdf")


def build(settings: Settings) -> None:
    """Build the index; here, for a process of its own would load PyTorch once more."""
    build_index(IndexerSettings(corpus=settings.corpus, index=settings.index_dir))


def _write_pdf(path: Path) -> None:
    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph("Moving around Quito", styles["Title"])]
    for number, text in enumerate(PAGES):
        story += [PageBreak()] if number else []
        story.append(Paragraph(text, styles["BodyText"]))
    SimpleDocTemplate(str(path)).build(story)
