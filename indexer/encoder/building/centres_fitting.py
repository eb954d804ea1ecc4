"""Fits the centres of the multilingual encoder's vectors.

    python -m indexer.encoder.building.centres_fitting --texts corpus.jsonl

All its vectors point much the same way: cosines of texts on different things are .75 to .85. A
centre is the mean vector of a kind of text; without it cosines spread as widely as those of the
English encoder, and questions in three languages come out alike (docs/decisions.md, D38).
Questions are those of `indexer/reader/building/policy_questions`; texts were the Spanish and
Portuguese papers that those were written on.

Source:
    Mu and Viswanath (2018), All-but-the-Top, arXiv:1702.01417.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from indexer.encoder.building.multilingual_encoder import CENTRES_PATH, MultilingualEncoder
from indexer.encoder.multilingual_encoder import CENTRES
from indexer.records import Vectors
from indexer.segmentation.sentences import sentence_spans

_QUESTIONS = Path(__file__).parents[2] / "reader/building/policy_questions/questions.jsonl"
_N_TEXTS = 300
"""Texts of each kind whose vectors are averaged."""

_MIN_CHARS, _MAX_CHARS = 300, 1200


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="jsonl with a text a line")
    parser.add_argument("--out", type=Path, default=CENTRES_PATH, help="by default what ships")
    options = parser.parse_args(arguments)
    model = MultilingualEncoder().uncentred()
    passages = _spread(list(_paragraphs(options.texts)))
    sentences = _spread([sentence for text in passages for sentence in _sentences(text)])
    centres: dict[str, Vectors] = {
        "passage": model.encode_passages(passages).mean(axis=0),
        "sentence": model.encode_sentences(sentences).mean(axis=0),
    }
    for language in ("en", "es", "pt"):
        vectors = [
            model.encode_question(question, language).vector
            for question in _spread(_questions(language))
        ]
        centres[language] = np.mean(vectors, axis=0)
    np.save(options.out, np.stack([centres[name] for name in CENTRES]).astype(np.float32))


def _paragraphs(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["text"].split("\n\n"):
            if len(paragraph) >= _MIN_CHARS:
                yield paragraph[:_MAX_CHARS]


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text, language="es")]


def _questions(language: str) -> list[str]:
    rows = map(json.loads, _QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [row["question"] for row in rows if row["lang"] == language]


def _spread(texts: Sequence[str]) -> list[str]:
    """Return `_N_TEXTS` of ``texts``, evenly spread."""
    step = max(1, len(texts) // _N_TEXTS)
    return list(texts[::step][:_N_TEXTS])


if __name__ == "__main__":
    main()
