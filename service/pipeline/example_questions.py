"""Questions for the start page: those that the operator wrote, else questions made of headings."""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus_names import EXAMPLES_NAME
from indexer.store.protocol import StoredIndex
from service.pipeline.suggestions import N_EXAMPLES, topics_from_headings
from service.pipeline.trial_answers import TrialAnswers
from service.records import LANGUAGES

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WrittenExample:
    """An example question as the operator wrote it.

    Attributes:
        document: Id of the document that answers it.
        texts: The question by language.
    """

    document: str
    texts: Mapping[str, str]


def example_questions(
    corpus_dir: Path, index: StoredIndex, trial: TrialAnswers
) -> Mapping[str, tuple[str, ...]]:
    """Return up to `N_EXAMPLES` questions that are answered, for each language of the pages.

    Those made of headings are in the language of these.

    Args:
        corpus_dir: Folder of reports, which may have a file of examples.
        index: The loaded index.
        trial: Answers each question before it is offered.
    """
    written = [
        example
        for example in written_examples(corpus_dir)
        if index.position(example.document) is not None
    ]
    examples = {
        language: tuple(
            text
            for example in written
            if (text := example.texts.get(language))
            and trial.first_document(text) == example.document
        )[:N_EXAMPLES]
        for language in LANGUAGES
    }
    if all(examples.values()):
        return examples
    made = tuple(topic.question() for topic in topics_from_headings(index, trial.is_answered))
    return {language: questions or made for language, questions in examples.items()}


def written_examples(corpus_dir: Path) -> tuple[WrittenExample, ...]:
    """Return what the file of examples holds; nothing where there is none, or it is damaged."""
    path = corpus_dir / EXAMPLES_NAME
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["example"]
        return tuple(
            WrittenExample(
                str(table["document"]),
                {language: str(table[language]) for language in LANGUAGES if language in table},
            )
            for table in tables
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        wanted = "[[example]] with document, en, es, pt"
        _log.warning("%s cannot be used: %s; want %s", path, error, wanted)
        return ()
