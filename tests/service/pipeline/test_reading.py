"""What the service makes of what the reader marks."""

from pathlib import Path

import pytest

from indexer.reader.sentence_reader import ReadingItem
from indexer.records import Span
from indexer.settings import IndexerSettings
from service.pipeline.candidates import CandidateSentence
from service.pipeline.models import Models
from service.pipeline.question import parse_question
from service.pipeline.reading import (
    _outside_reference,
    read_candidates,
    to_read,
)
from tests.conftest import index_of

SENTENCE = "Kampala works with the IRC (International Rescue Committee) (Guide, Box 8)."


@pytest.mark.parametrize(
    ("marked", "text", "kept"),
    [
        pytest.param("Guide, Box 8", SENTENCE, False, id="reference"),
        pytest.param("Box 8", SENTENCE, False, id="part of it"),
        pytest.param("International Rescue Committee", SENTENCE, True, id="other brackets"),
        pytest.param("Kampala", SENTENCE, True, id="before"),
        pytest.param("92%", "Most of them rent (92%).", True, id="a figure in brackets"),
    ],
)
def test_a_reference_is_not_what_answers(marked: str, text: str, *, kept: bool) -> None:
    start = text.index(marked)
    highlight = Span(start, start + len(marked))

    assert _outside_reference(highlight, text) == (highlight if kept else None)


def test_what_is_not_marked_stays_so() -> None:
    assert _outside_reference(None, SENTENCE) is None


def test_a_question_that_goes_on_is_read_for_alone_and_with_what_was_asked_before(
    built: IndexerSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "shelter"
    folder.mkdir()
    text = "The shelter takes in families. The province pays for the shelter."
    index = index_of({"shelter.md": f"# Shelter\n\n{text}\n"}, built, folder)
    models = Models.open(index)
    shown = "What share of families does the shelter take? – And who pays for it?"
    question = models.encode(parse_question(shown), {"en"})
    candidates = [CandidateSentence(row, 0, 0.5) for row in range(index.n_sentences)]

    read = read_candidates(question, candidates, index, models.reader, models.encoder)

    assert question.english == "Share of families does the shelter take. Who pays for it?"
    row = next(row for row in range(index.n_sentences) if "pays" in index.sentence_text(row))
    item = ReadingItem(index.sentence_text(row), "The shelter takes in families.", "Shelter")
    (alone,) = models.reader.read("Who pays for it?", [item])
    (whole,) = models.reader.read(question.english, [item])
    mean = (alone.score + whole.score) / 2
    candidate = next(candidate for candidate in read if candidate.row == row)
    assert candidate.log_odds == pytest.approx(mean)
    assert candidate.score == pytest.approx(0.5 + 0.06 * mean)


def test_a_name_that_was_asked_about_before_is_missed_twice_as_much(
    built: IndexerSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "council"
    folder.mkdir()
    text = "# Councils\n\nThe council meets each month.\n"
    index = index_of({"council.md": text}, built, folder)
    models = Models.open(index)
    (row,) = (row for row in range(index.n_sentences) if "meets" in index.sentence_text(row))
    item = ReadingItem(index.sentence_text(row), "", "Councils")

    missing = []
    for shown in ("Does the council of Quito meet?", "Is Quito near? – Does it meet?"):
        question = models.encode(parse_question(shown), {"en"})
        (read,) = read_candidates(
            question, [CandidateSentence(row, 0, 0.5)], index, models.reader, models.encoder
        )
        forms = {question.asked, question.english}
        scores = [models.reader.read(form, [item])[0].score for form in forms]
        missing.append(sum(scores) / len(scores) - (read.log_odds or 0.0))

    assert missing == pytest.approx([3.0, 6.0])


@pytest.mark.parametrize(
    ("scores", "n_read"),
    [
        ([0.6, 0.58, 0.53, 0.52, 0.5], 4),  # .5 is .1 less like the question than the best
        ([0.6, 0.3, 0.3, 0.3], 3),
        ([0.6, 0.3], 2),
        ([0.6] * 20, 12),
        ([], 0),
    ],
)
def test_sentences_far_less_like_the_question_than_the_best_are_not_read(
    scores: list[float], n_read: int
) -> None:
    candidates = [CandidateSentence(row, 0, score) for row, score in enumerate(scores)]

    assert to_read(candidates) == candidates[:n_read]


FORUMS = """# Forums of mayors

The sixth Mayoral Forum is held in Quito in January. Where is the seventh Mayoral Forum held? The
seventh Mayoral Forum is held in Marrakesh.
"""


def test_what_is_about_another_thing_or_asks_comes_last_however_like_the_question(
    built: IndexerSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "forums"
    folder.mkdir()
    index = index_of({"forums.md": FORUMS}, built, folder)
    models = Models.open(index)
    likeness = {"sixth": 0.8, "Where": 0.7, "Marrakesh": 0.6}
    candidates = [
        CandidateSentence(row, 0, score)
        for word, score in likeness.items()
        for row in range(index.n_sentences)
        if word in index.sentence_text(row)
    ]

    question = parse_question("In which city is the seventh Mayoral Forum?")

    read = read_candidates(
        models.encode(question, {"en"}),
        candidates,
        index,
        models.reader,
        models.encoder,
    )

    texts = [index.sentence_text(candidate.row) for candidate in read]
    assert [next(word for word in likeness if word in text) for text in texts] == [
        "Marrakesh",
        "Where",
        "sixth",
    ]


PROMISES = """# Fees

A waiver of the residence fee was promised by the small towns. The small towns are to abolish their
limits on settlement. The largest towns hold on to theirs. In 2019 the fee was 40 shillings.
"""


@pytest.mark.parametrize(
    ("question", "other"),
    [
        pytest.param("Has the residence fee been waived?", "promised", id="planned only"),
        pytest.param("Which towns keep their limits on settlement?", "abolish", id="the opposite"),
        pytest.param("How much was the residence fee in 2022?", "In 2019", id="another year"),
    ],
)
def test_what_is_planned_of_another_year_or_says_the_opposite_is_deducted(
    question: str, other: str, built: IndexerSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "fees"
    folder.mkdir()
    index = index_of({"fees.md": PROMISES}, built, folder)
    models = Models.open(index)
    rows = [row for row in range(index.n_sentences) if index.sentence_text(row) != "Fees"]
    candidates = [CandidateSentence(row, 0, 0.5) for row in rows]
    encoded = models.encode(parse_question(question), {"en"})

    read = read_candidates(encoded, candidates, index, models.reader, models.encoder)

    row = next(row for row in rows if other in index.sentence_text(row))
    candidate = next(candidate for candidate in read if candidate.row == row)
    before = "" if row == rows[0] else index.sentence_text(row - 1)
    (alone,) = models.reader.read(question, [ReadingItem(index.sentence_text(row), before, "Fees")])
    deducted = 8 if "20" in question else 6  # the year is missing besides
    assert candidate.log_odds == pytest.approx(alone.score - deducted, abs=1e-3)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        pytest.param("How many complaints did the desk in Ostra get?", False, id="no figure"),
        pytest.param("Is there access for migrants in Ostra?", True, id="no figure is asked for"),
    ],
)
def test_a_cell_that_is_asked_for_has_the_kind_of_answer(
    built: IndexerSettings, tmp_path: Path, question: str, *, answers: bool
) -> None:
    folder = tmp_path / "desks"
    folder.mkdir()
    table = (
        "| Place | Complaints and access for migrants | Reference |\n|---|---|---|\n"
        "| Ostra | Closed: only residents are served | Guide, 2.9 |\n"
        "| Quillay | Open to all who ask | Guide, 3.1 |\n"
    )
    index = index_of({"desks.md": f"# Desks\n\n{table}"}, built, folder)
    models = Models.open(index)
    encoded = models.encode(parse_question(question), {"en"})
    row = next(at for at in range(index.n_sentences) if "Closed" in index.sentence_text(at))

    (read,) = read_candidates(
        encoded, [CandidateSentence(row, 0, 0.5)], index, models.reader, models.encoder
    )

    assert read.log_odds is not None
    assert (read.log_odds >= 0) is answers


def test_who_speaks_is_named_by_whole_words_below_the_line(
    built: IndexerSettings, tmp_path: Path
) -> None:
    folder = tmp_path / "programme"
    folder.mkdir()
    text = "# Forum\n\n14:20 – 14:30 Results of the survey of moorings\n\nAnalysis Office\n"
    index = index_of({"forum.md": text}, built, folder)
    models = Models.open(index)
    row = next(row for row in range(index.n_sentences) if "Results" in index.sentence_text(row))
    question = "When does Ana speak on the survey of moorings?"
    encoded = models.encode(parse_question(question), {"en"})

    (read,) = read_candidates(
        encoded, [CandidateSentence(row, 0, 0.5)], index, models.reader, models.encoder
    )

    (alone,) = models.reader.read(question, [ReadingItem(index.sentence_text(row), "", "Forum")])
    assert read.log_odds == pytest.approx(alone.score - 3, abs=1e-3)
