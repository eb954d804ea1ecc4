"""A real server on a real port, for clients that others wrote."""

import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from pydantic import SecretStr

from service.interfaces.app import create_app
from service.interfaces.chat.teams.sdk import PUBLIC
from service.interfaces.chat.teams.sdk_app import teams_app
from service.interfaces.server import listen
from service.library import Library
from service.outcomes import Outcome
from service.qa_service import QAService
from service.settings import Settings
from tests.conftest import copy_index, made_once
from tests.service.conftest import ROOT, build, write_reports
from tests.service.interfaces.api.test_examples import call
from tests.service.interfaces.door_questions import QUESTIONS
from tests.service.interfaces.workplaces import APP_ID, SIGNING_SECRET, Workplaces

EXAMPLE_REPORT = "corpus/briefs/leverkusen-private-housing-for-refugees.md"
"""A report that ships, which the examples of the API name."""

MORE_ROWS = """
[[document]]
file = "shelters-2019.md"
title = "Shelters in Lima, 2019"
year = 2019
countries = ["PE"]

[[document]]
file = "shelters-2023.md"
title = "Shelters in Lima, 2023"
year = 2023
countries = ["PE"]
supersedes = ["shelters-2019.md"]

[[document]]
file = "reports/un-habitat-2023-mainstreaming-guide.pdf"
short_name = "Guide"
title = "A guide to mainstreaming"
publisher = "UN-Habitat"
year = 2023
"""
"""The last is not here itself: a brief restates it."""
SHELTERS_2019 = """# Shelters in Lima, 2019

The municipal shelters of Lima house 450 Venezuelan families. A night in a shelter costs the city
12 soles.
"""
SHELTERS_2023 = """# Shelters in Lima, 2023

The municipal shelters of Lima house 910 Venezuelan families. The city and the Red Cross pay for
the shelters together.
"""


@pytest.fixture(scope="session")
def door_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an indexed corpus of six reports, one replaced by another."""

    def settings_in(folder: Path) -> Settings:
        state = tmp_path_factory.mktemp("door-state")
        return Settings(corpus=folder / "corpus", index=folder / "index", state=state)

    def make(folder: Path) -> None:
        made = settings_in(folder)
        write_reports(made.corpus)
        with (made.corpus / "catalogue.toml").open("a", encoding="utf-8") as catalogue:
            catalogue.write(MORE_ROWS)
        (made.corpus / "shelters-2019.md").write_text(SHELTERS_2019, "utf-8")
        (made.corpus / "shelters-2023.md").write_text(SHELTERS_2023, "utf-8")
        shutil.copy(ROOT / EXAMPLE_REPORT, made.corpus)
        copy_index(settings.index_dir, made.index_dir)
        build(made)

    return settings_in(made_once(tmp_path_factory, "doors", make))


class RememberingService(QAService):
    """Answers each question once, so that asking it through a dozen doors costs a minute less.

    What a door passes on otherwise than another is another question here, and answered anew.
    """

    def __init__(self, settings: Settings, library: Library) -> None:
        super().__init__(settings, library)
        self._outcomes: dict[str, Outcome] = {}

    def ask(self, text: str, *, earlier: Sequence[str] = (), **how: Any) -> Outcome:
        key = repr((text, tuple(earlier), sorted(how.items())))
        if key not in self._outcomes:
            self._outcomes[key] = super().ask(text, earlier=earlier, **how)
        return self._outcomes[key]


@pytest.fixture(scope="session")
def workplaces() -> Iterator[Workplaces]:
    """What takes the answers to Slack and to Teams."""
    made = Workplaces()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def server(door_settings: Settings, workplaces: Workplaces) -> Iterator[str]:
    """The address of a server with every door on, on the loopback interface."""
    settings = door_settings.model_copy(
        update={
            "slack_signing_secret": SecretStr(SIGNING_SECRET),
            "slack_bot_token": SecretStr("xoxb-of-nobody"),
            "slack_api_url": f"{workplaces.url}/api/",
            "teams_app_id": APP_ID,
        }
    )
    library = Library(settings)
    library.look()
    keys = f"{workplaces.url}/openidconfiguration"
    cloud = replace(PUBLIC, openid_metadata_url=keys)
    teams = teams_app(settings, cloud=cloud, token=lambda *_: workplaces.token())
    app = create_app(RememberingService(settings, library), teams=teams)
    listener = listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    running.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="session")
def bodies(server: str) -> list[dict[str, Any]]:
    """What the API says, which every other door must say too."""
    return [
        call(f"{server}/v1/ask", {"question": question, "turns": earlier})
        for *earlier, question in QUESTIONS
    ]
