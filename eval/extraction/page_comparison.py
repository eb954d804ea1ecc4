"""One page as three extractors read it: where the two others agree and we do not.

    poppler ∧ PDFium ─▶ agreed words ─▶ without those that we read, too
                     ─▶ glued · torn · left out on purpose · on a page beside · missing

Words are matched as a bag, since extractors order columns and notes each in its own way; whether
words are set apart is told from pairs of neighbours.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from eval.extraction.pdfium import PlacedWord
from eval.extraction.words import Gap, Word

_MAX_PARTS = 6
_APART = (Gap.SPACE, Gap.LINE)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page by three extractors.

    Attributes:
        poppler: As poppler reads it.
        pdfium: As PDFium reads it.
        own: As we read it.
        left_out: What we leave out on purpose.
        vocabulary: All words of the document that both others read somewhere.
    """

    poppler: Sequence[Word]
    pdfium: Sequence[PlacedWord]
    own: Sequence[Word]
    left_out: Sequence[Word]
    vocabulary: AbstractSet[str]


@dataclass(slots=True)
class PageComparison:
    """How we differ from what the others agree on.

    Attributes:
        words: What PDFium reads, in its order; the lists below hold positions in it.
        n_agreed: Words and figures that both others read, the page shows, and we do not leave out.
        n_figures: Figures among them.
        missing: Words and figures that we lack or read otherwise.
        glued: Words that we join with the one behind them.
        torn: Words that we take apart, or set apart from the one behind them.
        notes_in_figures: Figures with the number of a note as their last digits.
        loose_notes: Numbers of notes that we read as figures of their own.
        left_out: Words of running heads, feet and page numbers.
        unseen: Words that the page does not show and that we read all the same.
        extra: What only we read.
    """

    words: Sequence[PlacedWord]
    n_agreed: int = 0
    n_figures: int = 0
    missing: list[int] = field(default_factory=list)
    glued: list[int] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)
    notes_in_figures: list[int] = field(default_factory=list)
    loose_notes: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    extra: Counter[str] = field(default_factory=Counter)

    def missing_figures(self) -> list[int]:
        """Return the positions of missing figures; raised ones are numbers of notes."""
        words = [placed.word for placed in self.words]
        return [at for at in self.missing if words[at].is_figure and not words[at].is_raised]


def compare_page(page: PageWords) -> PageComparison:
    """Compare one page."""
    agreed, disputed = _agreed(page)
    result = PageComparison(page.pdfium)
    bag = _Bag(page.own)
    _take_alike(result, _surest_first(agreed, page), bag)
    _take_left_out(result, Counter(word.text for word in page.left_out))
    _sort_missing(result, page, bag)
    _count(result, agreed)
    _compare_gaps(result, page)
    hidden = [at for at, placed in enumerate(page.pdfium) if not placed.is_seen]
    result.unseen = [at for at in hidden if bag.take(page.pdfium[at].word.text)]
    result.extra = bag.left() - disputed
    return result


class _Bag:
    """Our words of a page; each can be taken once."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._plain: Counter[str] = Counter()
        self._raised: Counter[str] = Counter()
        for word in words:
            (self._raised if word.is_raised else self._plain)[word.text] += 1

    def take(self, text: str) -> bool:
        return _take(self._plain, text)

    def take_raised(self, text: str, but: Counter[str] | None = None) -> bool:
        """Take a raised figure, if there are more of it than ``but`` says to keep."""
        return self._raised[text] > (but or Counter())[text] and _take(self._raised, text)

    def left(self) -> Counter[str]:
        return +self._plain


def _take(bag: Counter[str], text: str) -> bool:
    if bag[text] <= 0:
        return False
    bag[text] -= 1
    return True


def _agreed(page: PageWords) -> tuple[list[int], Counter[str]]:
    """Return the positions of words that both others read, and what one of them reads alone."""
    poppler = Counter(word.text for word in page.poppler)
    words = [placed.word for placed in page.pdfium]
    agreed: list[int] = []
    disputed: Counter[str] = Counter()
    at = 0
    while at < len(words):
        step = 1
        if _is_one(words, at) and _take(poppler, words[at].text + words[at + 1].text):
            step = 2
        elif not _take(poppler, words[at].text):
            disputed[words[at].text] += 1
            at += 1
            continue
        agreed += [n for n in range(at, at + step) if page.pdfium[n].is_seen]
        at += step
    return agreed, disputed + poppler


def _is_one(words: Sequence[Word], at: int) -> bool:
    """Tell whether poppler may read the word and the next as one.

    That is a figure with the raised number of a note, or a word broken at the end of a line.
    """
    if at + 1 == len(words):
        return False
    here, after = words[at], words[at + 1]
    is_noted = here.is_figure and not here.is_raised and after.is_raised
    return is_noted or after.gap is Gap.BROKEN


def _surest_first(agreed: Sequence[int], page: PageWords) -> list[int]:
    """Return ``agreed`` with those first that have the same neighbours in our text.

    So what is missing of a word that a page has several times is the one that stands elsewhere.
    """
    own = {(left.text, right.text) for left, right in pairwise(page.own)}
    words = [placed.word.text for placed in page.pdfium]
    known = [0, *(pair in own for pair in pairwise(words)), 0]
    return sorted(agreed, key=lambda at: -(known[at] + known[at + 1]))


def _take_alike(result: PageComparison, agreed: Sequence[int], bag: _Bag) -> None:
    """Take what we read alike out of the bag; what is not in it is missing for now."""
    words = [placed.word for placed in result.words]
    raised = [at for at in agreed if words[at].is_raised]
    kept = Counter(words[at].text for at in raised)
    plain = [
        at
        for at in agreed
        if not words[at].is_raised
        and not (_opens_line(words[at]) and bag.take_raised(words[at].text, but=kept))
    ]
    whole = {at for at in plain if _is_broken(words, at) and bag.take(_with_next(words, at))}
    skipped = {at + 1 for at in whole}
    figures = Counter(word.text for word in words)
    noted = [at for at in plain if _is_noted(words, at) and not figures[_with_next(words, at)]]
    result.notes_in_figures = [at for at in noted if bag.take(_with_next(words, at))]
    skipped.update(n for at in result.notes_in_figures for n in (at, at + 1))
    result.missing = [
        at for at in plain if at not in whole and at not in skipped and not bag.take(words[at].text)
    ]
    for at in raised:
        if at in skipped or bag.take_raised(words[at].text):
            continue
        (result.loose_notes if bag.take(words[at].text) else result.missing).append(at)
    result.missing.sort()


def _opens_line(word: Word) -> bool:
    """Tell whether a figure may be the number that a note begins with, raised or not.

    Where there is no text before it, its place does not tell.
    """
    return word.is_figure and word.gap in {Gap.LINE, Gap.LOOSE}


def _with_next(words: Sequence[Word], at: int) -> str:
    return words[at].text + words[at + 1].text


def _is_broken(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].gap is Gap.BROKEN


def _is_noted(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at].is_figure and words[at + 1].is_raised


def _sort_missing(result: PageComparison, page: PageWords, bag: _Bag) -> None:
    """Find those of the missing words that we read glued together or torn apart.

    A word that the document has elsewhere is whole: there the others tear it apart, not we glue.
    """
    missing = set(result.missing)
    for at in sorted(missing):
        if at in missing and (parts := _glued_parts(result.words, at, bag)):
            is_loose = any(word.gap is Gap.LOOSE for word in parts[1:])
            if not is_loose and _whole(parts) not in page.vocabulary:
                result.glued.append(at)
            missing -= set(range(at, at + len(parts)))
    torn = _torn({result.words[at].word.text for at in missing}, page.own)
    for at in sorted(missing):
        if result.words[at].word.text in torn:
            result.torn.append(at)
            missing.discard(at)
    result.missing = sorted(missing)


def _glued_parts(words: Sequence[PlacedWord], at: int, bag: _Bag) -> list[Word]:
    """Return the words from ``at`` on that we read as one; none where we do not."""
    parts = [words[at].word]
    for placed in words[at + 1 : at + _MAX_PARTS]:
        parts.append(placed.word)
        if bag.take(_whole(parts)):
            return parts
    return []


def _whole(parts: Sequence[Word]) -> str:
    return "".join(part.text for part in parts)


def _torn(missing: set[str], own: Sequence[Word]) -> set[str]:
    """Return those of the missing words that stand in our text in several parts."""
    torn: set[str] = set()
    for at, word in enumerate(own):
        text = word.text
        for part in own[at + 1 : at + _MAX_PARTS]:
            text += part.text
            if text in missing:
                torn.add(text)
    return torn


def _take_left_out(result: PageComparison, left_out: Counter[str]) -> None:
    for at in list(result.missing):
        if _take(left_out, result.words[at].word.text):
            result.missing.remove(at)
            result.left_out.append(at)


def _count(result: PageComparison, agreed: Sequence[int]) -> None:
    counted = set(agreed) - set(result.left_out)
    result.n_agreed = len(counted)
    result.n_figures = sum(
        word.is_figure and not word.is_raised for word in (result.words[at].word for at in counted)
    )


def _compare_gaps(result: PageComparison, page: PageWords) -> None:
    """Find neighbours that both others set apart and we do not, or the other way round."""
    own, poppler = _Pairs(page.own), _Pairs(page.poppler)
    pdfium = _Pairs([placed.word for placed in page.pdfium])
    free = pdfium.loose | poppler.loose
    glued = own.joined - (pdfium.joined | poppler.joined) - free
    torn = own.apart - (pdfium.apart | poppler.apart) - free
    for at, (left, right) in enumerate(pairwise(page.pdfium)):
        pair = left.word.text, right.word.text
        if not (left.is_seen and right.is_seen):
            continue
        if pdfium.apart[pair] and poppler.apart[pair] and _take_pair(glued, pair):
            result.glued.append(at)
        elif pdfium.joined[pair] and poppler.joined[pair] and _take_pair(torn, pair):
            result.torn.append(at)


def _take_pair(pairs: Counter[Pair], pair: Pair) -> bool:
    if pairs[pair] <= 0:
        return False
    pairs[pair] -= 1
    return True


class _Pairs:
    """Neighbours of a page, counted by what stands between them.

    Attributes:
        apart: White space.
        joined: Nothing but signs.
        loose: What everybody may treat in a way of his own.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.apart: Counter[Pair] = Counter()
        self.joined: Counter[Pair] = Counter()
        self.loose: Counter[Pair] = Counter()
        for pair, gap in _neighbours(words):
            if gap in _APART:
                self.apart[pair] += 1
            elif gap is Gap.NONE:
                self.joined[pair] += 1
            else:
                self.loose[pair] += 1


def _neighbours(words: Sequence[Word]) -> Iterator[tuple[Pair, Gap]]:
    for left, right in pairwise(words):
        if not left.is_raised and not right.is_raised:
            yield (left.text, right.text), right.gap
