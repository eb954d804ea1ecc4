"""How a page's own styles set its elements: its style sheets, ``style`` and ``hidden`` attributes.

Only what decides whether text is seen, and whether it is raised, is kept. Style sheets in files of
their own are not there to be read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

Declarations = dict[str, str]
"""Values by property, both in lower case."""

_READ = (
    "display visibility opacity font-size color background background-color background-image "
    "position left right top bottom text-indent clip clip-path width height max-height max-width "
    "overflow overflow-x overflow-y transform vertical-align margin-left"
)
_PROPERTIES = frozenset(_READ.split())
_STATES = frozenset({"display", "visibility", "opacity", "transform", "height", "max-height"})
"""What a script or a click changes, as accordions do."""

_FADES = _STATES - {"display", "visibility"}
"""The same in an element's own attribute, where what is not displayed stays hidden."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCREEN = re.compile(r"(?:only\s+)?(?:all|screen)?")
_HANDLES_CLICKS = re.compile(r"click|toggle|slide|\.style\b|classList|addEventListener")
_SEVERAL = 2
_HIDING_VALUES = frozenset({"none", "hidden", "collapse", "0", "0px", "scale(0)"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_LAST_PART = re.compile(r"[\s>+~]+")
_ID = re.compile(r"#([\w-]+)")
_CLASS = re.compile(r"\.([\w-]+)")
_NAME = re.compile(r"[a-z][\w-]*", re.IGNORECASE)
_SPECIFIC = re.compile(r"[.:\[]")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")

_MAX_SHEET_CHARS = 2_000_000
_MAX_TESTS = 500_000
"""Elements held against selectors, for one page; a page of style sheets alone is no report."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector with what it sets."""

    selector: str
    declarations: Declarations

    def weight(self) -> tuple[int, int, int]:
        """Return how specific the selector is (CSS Selectors 4, 17)."""
        ids, others = self.selector.count("#"), len(_SPECIFIC.findall(self.selector))
        return ids, others, len(_NAME.findall(self.selector)) - ids - others


class PageStyles:
    """The styles of one page; its elements are known by identity, and kept."""

    def __init__(self, soup: BeautifulSoup) -> None:
        """Read the style sheets of ``soup`` and hold its elements against them."""
        rules = list(_rules(soup))
        self._sheets: dict[int, tuple[Tag, Declarations]] = {}
        self._revealing = _revealing_names(soup, rules)
        if rules:
            self._apply(soup, sorted(rules, key=_Rule.weight))

    def of(self, tag: Tag) -> Mapping[str, str]:
        """Return what is declared for ``tag`` itself; its own attribute has the last word."""
        own = str(tag.get("style") or "")
        sheet = self._sheets.get(id(tag))
        declared = sheet[1] if sheet else {}
        if not own:
            return declared
        return {**declared, **self._lasting(_names_of(tag), dict(_declarations(own)), _FADES)}

    def lasting(self, tag: Tag) -> Mapping[str, str]:
        """Return what is declared for ``tag`` without what a click may change."""
        return {key: value for key, value in self.of(tag).items() if key not in _STATES}

    def _apply(self, soup: BeautifulSoup, rules: Sequence[_Rule]) -> None:
        index = _Elements(soup)
        left = _MAX_TESTS
        for rule in rules:
            declarations = self._lasting(_names_in(rule), rule.declarations, _STATES)
            candidates = index.that_may_match(rule.selector) if declarations else []
            left -= len(candidates)
            if left < 0:
                return
            for tag in _matching(rule.selector, candidates):
                self._sheets.setdefault(id(tag), (tag, {}))[1].update(declarations)

    def _lasting(
        self, names: AbstractSet[str], declarations: Declarations, passing: AbstractSet[str]
    ) -> Declarations:
        """Return ``declarations`` without the ``passing`` ones that the page may change later."""
        if self._revealing is not None and names.isdisjoint(self._revealing):
            return declarations
        return {key: value for key, value in declarations.items() if key not in passing}


class _Elements:
    """The elements of a page by id, class and name."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._all = soup.find_all()
        self._by_key: dict[str, list[Tag]] = {}
        for tag in self._all:
            keys = {tag.name, *(f".{name}" for name in tag.get_attribute_list("class"))}
            if tag.get("id"):
                keys.add(f"#{tag['id']}")
            for key in keys:
                self._by_key.setdefault(key, []).append(tag)

    def that_may_match(self, selector: str) -> Sequence[Tag]:
        """Return the elements that have what the last part of ``selector`` names."""
        last = _LAST_PART.split(_BRACKETS.sub("", selector))[-1]
        for pattern, sign in ((_ID, "#"), (_CLASS, ".")):
            if named := pattern.search(last):
                return self._by_key.get(f"{sign}{named[1]}", [])
        name = _NAME.match(last)
        return self._by_key.get(name[0].lower(), []) if name else self._all


def _matching(selector: str, candidates: Sequence[Tag]) -> Iterator[Tag]:
    if not candidates:
        return
    try:
        compiled = soupsieve.compile(selector)
        matching = [tag for tag in candidates if compiled.match(tag)]
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, TypeError):
        return  # a pseudo-element, or newer than the library
    yield from matching


def _rules(soup: BeautifulSoup) -> Iterator[_Rule]:
    left = _MAX_SHEET_CHARS
    for tag in soup.find_all("style"):
        sheet = tag.get_text()
        left -= len(sheet)
        if left < 0:
            return
        if _SCREEN.fullmatch(str(tag.get("media") or "").strip().lower()):
            yield from _sheet_rules(_COMMENT.sub("", sheet))


def _sheet_rules(sheet: str) -> Iterator[_Rule]:
    """Yield the rules of a style sheet that hold on every screen, one for each selector."""
    for prelude, body in _bracketed(sheet):
        if prelude.startswith("@media"):
            if _SCREEN.fullmatch(prelude.removeprefix("@media").strip().lower()):
                yield from _sheet_rules(body)
        elif not prelude.startswith("@"):
            declared = {key: value for key, value in _declarations(body) if key in _PROPERTIES}
            if declared:
                for selector in prelude.split(","):
                    yield _Rule(selector.strip(), declared)


def _bracketed(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each outermost pair of curly brackets, and in it."""
    depth = begin = opened = 0
    for mark in re.finditer(r"[{}]", sheet):
        at = mark.start()
        if mark[0] == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                prelude = sheet[begin:opened].rpartition(";")[2].strip()
                yield prelude.removeprefix("<!--").strip(), sheet[opened + 1 : at]
                begin = at + 1


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for declaration in body.lower().split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            yield key.strip(), _IMPORTANT.sub("", value.strip())


def _names_in(rule: _Rule) -> frozenset[str]:
    """Return the classes and ids that the selector of ``rule`` names."""
    return frozenset((*_ID.findall(rule.selector), *_CLASS.findall(rule.selector)))


def _names_of(tag: Tag) -> frozenset[str]:
    return frozenset((*map(str, tag.get_attribute_list("class")), str(tag.get("id") or "")))


def _revealing_names(soup: BeautifulSoup, rules: Sequence[_Rule]) -> frozenset[str] | None:
    """Return the classes and ids that the page may show later; ``None`` if that may be any.

    A rule for a state shows them, or a script in the page that names them. What a script does on
    clicks, or one in a file of its own, is not known.
    """
    names: set[str] = set()
    for rule in rules:
        if _shows(rule):
            names |= _names_in(rule)
    for script in soup.find_all("script"):
        if script.get("src") or _HANDLES_CLICKS.search(script.get_text()):
            return None
        if "json" not in str(script.get("type") or ""):
            names.update(re.findall(r"[\w-]+", script.get_text()))
    return frozenset(names)


def _shows(rule: _Rule) -> bool:
    """Tell whether a rule, for a state or several things at once, shows what others hide."""
    if len(_SPECIFIC.findall(rule.selector)) + rule.selector.count("#") < _SEVERAL:
        return False
    return any(
        key in _STATES and value not in _HIDING_VALUES for key, value in rule.declarations.items()
    )
