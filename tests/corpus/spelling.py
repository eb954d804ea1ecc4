"""British spelling, by hunspell's en_GB dictionary and the project's own word list."""

import re
import shutil
import subprocess
from collections.abc import Collection, Iterable
from functools import cache

from tests.corpus.briefs import Brief, Finding

HUNSPELL = shutil.which("hunspell")
"""The spell checker: Debian's packages ``hunspell`` and ``hunspell-en-gb``."""

_LOWER = re.compile(r"(?<![\w'’-])[a-zà-ÿ]+(?:['’][a-zà-ÿ]+)?(?![\w])")


def check_spelling(brief: Brief, unknown: Collection[str]) -> list[Finding]:
    """Find the ``unknown`` words of a brief."""
    return [Finding(line, "spelling", word) for line, word in lower_words(brief) if word in unknown]


def lower_words(brief: Brief) -> list[tuple[int, str]]:
    """Return line and word of all that stands in lower case; names are not judged."""
    texts = [(1, brief.front.get(name, "")) for name in ("title", "summary")]
    texts += [(s.line, s.text) for s in brief.statements]
    return [(line, word) for line, text in texts for word in _LOWER.findall(text)]


@cache
def is_word(word: str) -> bool:
    """Tell whether hunspell's en_GB dictionary knows ``word`` as it is written."""
    return not misspelt([word])


def misspelt(words: Iterable[str]) -> set[str]:
    """Return those of ``words`` that hunspell's en_GB dictionary does not know."""
    if HUNSPELL is None:
        raise RuntimeError("wanted hunspell; install it: apt-get install hunspell hunspell-en-gb")
    asked = "\n".join(sorted(words)).replace("’", "'")
    done = subprocess.run(
        [HUNSPELL, "-l", "-d", "en_GB", "-i", "utf-8"],
        input=asked,
        text=True,
        capture_output=True,
        check=True,
    )
    return set(done.stdout.split())
