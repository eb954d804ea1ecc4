"""Markdown → blocks, with the metadata that its author put before the text.

bytes ─▶ decoded ─▶ front matter | CommonMark with tables and footnotes ─▶ HTML ─▶ blocks
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.superscript import superscript_plugin

from indexer.errors import Reason, UnreadableError
from indexer.extraction.decoding import decode
from indexer.extraction.html.page import html_blocks
from indexer.extraction.plain_text import text_blocks
from indexer.extraction.text_cleaning import clean
from indexer.records import BlockKind, Extraction, TextBlock

_FRONT_MATTER = re.compile(
    r"\s*^(?P<fence>\+\+\+|---)[ \t]*\n(?P<table>.*?)^(?P=fence)[ \t]*$\n?",
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SUPERSCRIPT = re.compile(r"</?sup\b")
_YAML_KEY = re.compile(r"\s*[\w-]+[ \t]*:")

_MAX_NESTING = 100  # of lists in quotes in lists; each level costs the parser four stack frames

FrontMatter = tuple[tuple[str, object], ...]
"""Metadata of a file, sorted by key; lists are tuples of texts and numbers."""


def extract_markdown(data: bytes) -> Extraction:
    """Read a Markdown file: CommonMark with tables, footnotes and definition lists.

    Metadata may stand first, as TOML between lines of ``+++`` or as YAML between lines of ``---``.

    Raises:
        UnreadableError: ``NO_TEXT`` if the file has no words beside its metadata.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    front_matter, body, notes = _split_front_matter(text)
    blocks = html_blocks(str(_parser().render(body)))
    if not blocks:
        blocks = text_blocks(_COMMENT.sub(" ", body))
        notes = (*notes, "Nothing but markup was found; read as text.")
    if not blocks:
        raise UnreadableError(Reason.NO_TEXT, "the file has no text beside markup and metadata")
    return Extraction(
        blocks, title=_title(front_matter, blocks), front_matter=front_matter, notes=notes
    )


def _title(front_matter: FrontMatter, blocks: Sequence[TextBlock]) -> str | None:
    title = dict(front_matter).get("title")
    if isinstance(title, str) and clean(title):
        return clean(title)
    tops = (block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1)
    return next(tops, None)


def _split_front_matter(text: str) -> tuple[FrontMatter, str, tuple[str, ...]]:
    """Return the metadata, the text after it, and a note if there is metadata nobody can parse."""
    match = _FRONT_MATTER.match(text)
    if not match or (match["fence"] == "---" and not _YAML_KEY.match(match["table"])):
        return (), text, ()
    body = text[match.end() :]
    try:
        table = _parse_table(match["fence"], match["table"])
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return (), body, ("The metadata before the text cannot be parsed and was left out.",)
    return _frozen(table), body, ()


def _parse_table(fence: str, table: str) -> Mapping[Any, object]:
    if fence == "+++":
        return dict(tomllib.loads(table))
    parsed: object = yaml.safe_load(table)
    return parsed if isinstance(parsed, Mapping) else {}


def _frozen(table: Mapping[Any, object]) -> FrontMatter:
    """Return the scalars and flat lists of a table; anything deeper is no catalogue field.

    Of a list of tables that name a ``report`` each, as a brief names its sources, the names stay.
    """
    kept = {
        str(key): tuple(map(_named, it)) if isinstance(it, list) else it
        for key, it in table.items()
    }
    return tuple(sorted((key, it) for key, it in kept.items() if _is_flat(it)))


def _named(item: object) -> object:
    return item.get("report", item) if isinstance(item, Mapping) else item


def _is_flat(field: object) -> bool:
    items = field if isinstance(field, tuple) else (field,)
    return all(isinstance(item, str | int | float) for item in items)


def _parser() -> MarkdownIt:
    """Return a parser whose HTML stays balanced whatever raw tags the file holds."""
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(
        ["table", "strikethrough"]
    )
    parser.use(footnote_plugin).use(deflist_plugin).use(superscript_plugin)
    parser.add_render_rule("html_inline", _render_tag)
    parser.add_render_rule("html_block", _render_markup)
    parser.add_render_rule("footnote_anchor", _render_nothing)
    return parser


def _render_tag(
    _: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: EnvType
) -> str:
    """Drop a raw tag inside a sentence: an unclosed one would swallow the text after it.

    A pair of ``sup`` stays.
    """
    tag = tokens[at].content.lower()
    if _SUPERSCRIPT.match(tag) and _is_paired(tokens, at):
        return tag
    return " " if tag.startswith("<br") else ""


def _is_paired(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the next ``sup`` tag closes the one that opens at ``at``, or the other way."""
    is_closing = tokens[at].content.startswith("</")
    others = reversed(tokens[:at]) if is_closing else tokens[at + 1 :]
    names = (token.content.lower() for token in others if token.type == "html_inline")
    nearest = next((name for name in names if _SUPERSCRIPT.match(name)), "")
    return nearest != "" and nearest.startswith("</") is not is_closing


def _render_markup(
    _: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: EnvType
) -> str:
    return str(BeautifulSoup(tokens[at].content, "html.parser"))


def _render_nothing(
    _: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType
) -> str:
    """Leave out the arrow that leads back from a footnote."""
    return ""
