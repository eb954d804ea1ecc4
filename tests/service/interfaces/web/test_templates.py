"""Each page template uses what its record offers, and nothing else."""

import dataclasses
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta, nodes

from service.interfaces.web.rendering import TEMPLATES_DIR
from service.interfaces.web.view_models.about import AboutPage
from service.interfaces.web.view_models.answer import AnswerPage
from service.interfaces.web.view_models.api_reference import ApiReferencePage
from service.interfaces.web.view_models.document import DocumentPage
from service.interfaces.web.view_models.document_list import DocumentListPage
from service.interfaces.web.view_models.embed import EmbedPage
from service.interfaces.web.view_models.error import ErrorPage
from service.interfaces.web.view_models.feedback import FeedbackPage
from service.interfaces.web.view_models.frame import Frame
from service.interfaces.web.view_models.passages import PassagesPage
from service.interfaces.web.view_models.refusal import RefusalPage
from service.interfaces.web.view_models.start import StartPage

RECORDS = {
    "start.html": StartPage,
    "answer.html": AnswerPage,
    "refusal.html": RefusalPage,
    "document_list.html": DocumentListPage,
    "document.html": DocumentPage,
    "passages.html": PassagesPage,
    "about.html": AboutPage,
    "embed.html": EmbedPage,
    "feedback.html": FeedbackPage,
    "error.html": ErrorPage,
    "api_reference.html": ApiReferencePage,
}
SHARED = {"base.html", "macros.html"}
GLOBALS = {
    "_",
    "ngettext",
    "cita_css",
    "cita_js",
    "pause",
    "active",
    "frame",
    "citation_words",
    "page_words",
}
FILTERS = ("number", "date", "country", "language", "theme", "in_order")
SCRIPTS = (
    '<script src="{{ cita_js }}" defer></script>',
    '<script src="{{ cita_js }}"></script>',
    '<script type="application/ld+json">{{ page.structured | tojson }}</script>',
)
"""Our own file, and data that no browser runs."""


def parsed(name: str) -> nodes.Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATES_DIR), autoescape=True)
    environment.filters.update(dict.fromkeys(FILTERS, str))
    return environment.parse((TEMPLATES_DIR / name).read_text("utf-8"))


def fields_used(name: str, *, record: str = "page") -> set[str]:
    return {
        node.attr
        for node in parsed(name).find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == record
    }


def test_every_template_has_a_record() -> None:
    names = {path.name for path in Path(TEMPLATES_DIR).iterdir()}

    assert names == set(RECORDS) | SHARED


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_template_uses_every_field_of_its_record_and_no_other(name: str) -> None:
    offered = {field.name for field in dataclasses.fields(RECORDS[name])}

    used = fields_used(name) | fields_used("base.html")

    assert used == offered


def test_what_stands_around_every_page_is_used_and_no_more() -> None:
    used = {field for name in set(RECORDS) | SHARED for field in fields_used(name, record="frame")}

    assert used == {field.name for field in dataclasses.fields(Frame)}


@pytest.mark.parametrize("name", sorted(set(RECORDS) | SHARED))
def test_a_template_knows_one_record_and_the_words_of_the_interface(name: str) -> None:
    tree = parsed(name)
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    made |= {node.name for node in tree.find_all(nodes.Macro)}
    made |= {node.target for node in tree.find_all(nodes.Import)}

    assert meta.find_undeclared_variables(tree) - made <= GLOBALS | {"page"}


@pytest.mark.parametrize("name", sorted(set(RECORDS) | SHARED))
def test_a_template_holds_no_script_no_style_and_no_address_of_others(name: str) -> None:
    source = (TEMPLATES_DIR / name).read_text("utf-8")
    for script in SCRIPTS:
        source = source.replace(script, "")

    for unwanted in ("<script", "<style", "style=", "javascript:", "onclick", "|safe", "| safe"):
        assert unwanted not in source
    assert "http" not in source.replace("http-equiv", "")
