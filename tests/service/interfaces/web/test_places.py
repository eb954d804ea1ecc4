"""A place is shown in few words."""

from dataclasses import replace

from service.interfaces.web.view_models.place import LONG_PATH_CHARS, PlaceView

PLACE = PlaceView("a", "A", None, None, "en", 1, None, None, (), "/documents/a", None)


def test_a_long_path_of_headings_loses_its_middle() -> None:
    headings = ("2. " + "Housing and " * 8, "Rents " * 20, "Who pays for " * 6)

    path = replace(PLACE, headings=headings).short_path

    assert path.startswith("2. Housing and")
    assert " … › … › Who pays" in path
    assert len(path) < LONG_PATH_CHARS


def test_a_short_path_stays_whole() -> None:
    assert replace(PLACE, headings=("Housing", "Rents")).short_path == ""
