"""The lexical index: BM25 over stemmed words, by tantivy.

Each passage is indexed in the field of its language, so that English is stemmed as English and
Spanish as Spanish; a question is looked up in every language that the corpus has.

Source:
    Robertson and Zaragoza (2009), doi:10.1561/1500000019; tantivy's BM25 has k1 1.2, b 0.75.
"""

import weakref
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import tantivy

from indexer.errors import IndexDamagedError
from indexer.folding import in_both_spellings
from indexer.superscripts import SIGNS

_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_STOPWORDS = frozenset(
    {"da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ru", "sv"}
)
_QUESTION_WORDS = {
    "en": (
        "what which who whom whose when where why how do does did done can could should would may "
        "might must shall will has have had been am i me my we us our you your he she its them so "
        "than too very about any some there here from please tell show list give me"
    ),
    "es": (
        "qué cuál cuáles quién quiénes cuándo dónde cómo cuánto cuánta cuántos cuántas puede "
        "pueden debe deben hay ha han fue fueron ser es son está están según sobre dime"
    ),
    "pt": (
        "que qual quais quem quando onde como quanto quanta quantos quantas pode podem deve devem "
        "há foi foram ser é são está estão segundo sobre diga"
    ),
}
"""Words that ask, beyond tantivy's own stop words: they say nothing about what is asked for."""

_HEAP_BYTES = 64_000_000
_ANY = "any"
_LETTERS_PER_TYPO = 5
_WORD = rf"[\p{{Alphabetic}}\p{{Nd}}\p{{Nl}}--[{SIGNS}]]+"
"""What tantivy's simple tokenizer takes for a word, but no superscript: ``growth²⁰`` is growth."""


class LexicalIndex:
    """Finds the passages that share words with a question."""

    def __init__(self, index: tantivy.Index, languages: Sequence[str]) -> None:
        """Wrap an index whose tokenizers are registered."""
        self._index = index
        self._schema = index.schema
        self._analyzers = question_analyzers(languages)
        self._searcher = index.searcher()
        self._known = KnownWords(index, self._analyzers)

    @classmethod
    def build(
        cls,
        folder: Path,
        passages: Iterable[tuple[int, str, str]],
        *,
        languages: Sequence[str],
    ) -> "LexicalIndex":
        """Index passages into ``folder``: see `LexicalWriter`.

        Args:
            folder: Where the files go.
            passages: For each passage, in row order: its document's position, language and text.
            languages: Every language that ``passages`` has.
        """
        writer = LexicalWriter(folder, languages=languages)
        for document, language, text in passages:
            writer.append(document, language, [text])
        writer.finish()
        return cls.read(folder, languages=languages)

    @classmethod
    def read(cls, folder: Path, *, languages: Sequence[str]) -> "LexicalIndex":
        """Open what `LexicalWriter` wrote for documents in ``languages``.

        Raises:
            IndexDamagedError: It is not a tantivy index.
        """
        fields = field_languages(languages)
        # Tantivy writes a lock file beside what it opens, also to read it: here, beside links to
        # it, so that the index may lie on a disk or belong to a user where we may not write.
        links = Path(mkdtemp(prefix="cita-lexical-"))
        try:
            for path in folder.iterdir():
                if path.suffix != ".lock":
                    (links / path.name).symlink_to(path.resolve())
            index = tantivy.Index.open(str(links))
            _register(index, fields)
            opened = cls(index, fields)
        except (ValueError, OSError) as error:
            raise IndexDamagedError(
                f"{folder} is not a lexical index; rebuild with `python -m indexer build`"
            ) from error
        finally:  # it has all files open, or none; its threads may still be writing a lock
            rmtree(links, ignore_errors=True)
        weakref.finalize(opened, rmtree, links, ignore_errors=True)
        return opened

    def search(
        self, text: str, *, top_k: int, documents: Sequence[int] | None = None
    ) -> dict[int, float]:
        """Return the BM25 score of at most ``top_k`` passages by row, best first.

        Args:
            text: Words in any language of the index.
            top_k: Passages wanted.
            documents: Positions of the documents that may be found; ``None`` for all.
        """
        words = self._words(text)
        if not words or documents == []:
            return {}
        query = tantivy.Query.boolean_query(words)
        if documents is not None:
            among = tantivy.Query.term_set_query(self._schema, "document", list(documents))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(among, 0.0)),
                ]
            )
        hits = self._searcher.search(query, top_k, count=False).hits
        scored = {int(self._searcher.doc(at)["row"][0]): float(score) for score, at in hits}
        return dict(sorted(scored.items(), key=lambda item: (-item[1], item[0])))

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that no passage has, not even with a letter or two mistyped."""
        return self._known.unknown(names)

    def has_word(self, word: str) -> bool:
        """Tell whether a passage has a word in any of its forms; a stop word is always had."""
        return self._known.has_word(word)

    def _words(self, text: str) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, f"text_{field}", word))
            for field, analyzer in self._analyzers.items()
            for word in question_words(text, field, analyzer)
        ]


class KnownWords:
    """Tells which names have words that an index has, in a field for each language."""

    def __init__(self, index: tantivy.Index, analyzers: Mapping[str, tantivy.TextAnalyzer]) -> None:
        """Wrap an index.

        Args:
            index: With a field ``text_LANGUAGE`` for each of ``analyzers``.
            analyzers: From a name to words as they are indexed, by language.
        """
        self._schema, self._searcher, self._analyzers = index.schema, index.searcher(), analyzers

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` without words, not even with a letter or two mistyped."""
        return tuple(name for name in dict.fromkeys(names) if not self._knows(name))

    def has_word(self, word: str) -> bool:
        """Tell whether the index has a word in any of its forms; a stop word is always had."""
        return any(
            all(self._has(field, form) for form in analyzer.analyze(word))
            for field, analyzer in self._analyzers.items()
        )

    def _knows(self, name: str) -> bool:
        return any(
            all(self._has(field, word) or self._is_near(field, word) for word in words)
            for field, analyzer in self._analyzers.items()
            for words in [analyzer.analyze(name)]
        )

    def _has(self, field: str, word: str) -> bool:
        exact = tantivy.Query.term_query(self._schema, f"text_{field}", word)
        return bool(self._searcher.search(exact, 1).hits)

    def _is_near(self, field: str, word: str) -> bool:
        """Tell whether the index has a word that is this one with a letter or two mistyped."""
        n_typos = 0 if word.isdigit() else min(2, len(word) // _LETTERS_PER_TYPO)
        if not n_typos:
            return False
        near = tantivy.Query.fuzzy_term_query(self._schema, f"text_{field}", word, distance=n_typos)
        return bool(self._searcher.search(near, 1).hits)


class LexicalWriter:
    """Makes a lexical index, passage by passage."""

    def __init__(self, folder: Path, *, languages: Sequence[str]) -> None:
        """Begin an index in ``folder``, which is made if need be.

        Args:
            folder: Where the files go.
            languages: Every language that the passages have.
        """
        folder.mkdir(exist_ok=True)
        self._fields = field_languages(languages)
        index = tantivy.Index(_schema(self._fields), path=str(folder))
        _register(index, self._fields)
        # One thread: one order, one result.
        self._writer = index.writer(_HEAP_BYTES, num_threads=1)
        self._n_rows = 0

    def append(self, document: int, language: str, texts: Iterable[str]) -> None:
        """Append the passages of the next document.

        Args:
            document: Its position.
            language: Its language.
            texts: Of its passages in row order.
        """
        field = language if language in self._fields else _ANY
        for text in texts:
            entry = tantivy.Document()
            entry.add_unsigned("row", self._n_rows)
            entry.add_unsigned("document", document)
            entry.add_text(f"text_{field}", text)
            self._writer.add_document(entry)
            self._n_rows += 1

    def finish(self) -> None:
        """Have the files hold all that was appended."""
        self._writer.commit()
        self._writer.wait_merging_threads()


def content_words(text: str, *, language: str) -> list[str]:
    """Return the stems of the words of ``text`` that are no stop words of ``language``."""
    words: list[str] = _cached_analyzer(language, for_question=True).analyze(text)
    return words


def stem_of(word: str, *, language: str) -> str:
    """Return a word of ``language`` without its ending, capitals and accents."""
    stems = _cached_analyzer(language, for_question=False).analyze(word)
    return stems[0] if stems else word


def field_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that get a field of their own; those without a stemmer share one."""
    return tuple(sorted({field_of(language) for language in languages}))


def question_analyzers(fields: Iterable[str]) -> dict[str, tantivy.TextAnalyzer]:
    """Return for each field what makes the words of a question into words of the index."""
    return {field: _analyzer(field, for_question=True) for field in fields}


def question_words(text: str, field: str, analyzer: tantivy.TextAnalyzer) -> Sequence[str]:
    """Return each word of a question once as it is indexed; in English in both spellings.

    Args:
        text: The question.
        field: Where the words are looked up.
        analyzer: The field's own of `question_analyzers`.
    """
    return tuple(
        dict.fromkeys(analyzer.analyze(in_both_spellings(text) if field == "en" else text))
    )


def passage_analyzers(fields: Iterable[str]) -> dict[str, tantivy.TextAnalyzer]:
    """Return for each field what makes the words of a passage into words of the index."""
    return {field: _analyzer(field, for_question=False) for field in fields}


def field_of(language: str) -> str:
    """Return the field in which passages of a language are indexed."""
    return language if language in _STEMMERS else _ANY


def _schema(fields: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True)
    builder.add_unsigned_field("document", indexed=True)
    for field in fields:
        # Without the places of words, that only phrases would need.
        builder.add_text_field(
            f"text_{field}", tokenizer_name=f"words_{field}", index_option="freq"
        )
    return builder.build()


def _register(index: tantivy.Index, fields: Sequence[str]) -> None:
    for field in fields:
        index.register_tokenizer(f"words_{field}", _analyzer(field, for_question=False))


@cache
def _cached_analyzer(language: str, *, for_question: bool) -> tantivy.TextAnalyzer:
    return _analyzer(language, for_question=for_question)


def _analyzer(language: str, *, for_question: bool) -> tantivy.TextAnalyzer:
    """Return the chain from text to index words; a question also loses its stop words."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD))
    builder = builder.filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase())
    if for_question and language in _STOPWORDS:
        asking = _QUESTION_WORDS.get(language, "").split()
        builder = builder.filter(tantivy.Filter.stopword(_STEMMERS[language]))
        builder = builder.filter(tantivy.Filter.custom_stopword(asking))
    if language in _STEMMERS:
        builder = builder.filter(tantivy.Filter.stemmer(_STEMMERS[language]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()
