"""What Chromium hands to a screen reader, and what axe finds wrong in it."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        "best-practice",
    ],
    "resultTypes": ["violations"],
}
SPOKEN = {"banner", "navigation", "main", "search", "region", "heading", "blockquote", "button",
          "link", "textbox", "radio", "checkbox", "DisclosureTriangle", "contentinfo"}  # fmt: skip
"""Roles that a reader is led through by."""


def spoken(page: Page) -> list[tuple[str, str]]:
    """Return role and name of what Chromium's accessibility tree holds, in order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
        role = node.get("role", {}).get("value", "")
        if not node["ignored"] and role in SPOKEN:
            yield role, node.get("name", {}).get("value", "")
        for child in node.get("childIds", []):
            yield from walk(by_id[child])

    return list(walk(nodes[0]))


def violations_of(page: Page) -> dict[str, list[str]]:
    """Return what axe finds wrong: the elements by rule."""
    checked = Axe().run(page, options=RULES)
    return {
        violation["id"]: [node["html"][:200] for node in violation["nodes"]]
        for violation in checked.response["violations"]
    }
