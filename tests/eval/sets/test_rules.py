from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.records import GoldSpan, JudgedQuestion
from eval.sets.corpus_texts import GoldTexts
from eval.sets.rules import Required, check
from tests.eval.samples import ANSWERABLE, ANSWERABLE_BY_REPORT, UNANSWERABLE, sources

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sample_sources() -> GoldTexts:
    return sources()


def _told(questions: Sequence[JudgedQuestion], found_in: GoldTexts) -> list[str]:
    return [str(finding) for finding in check(questions, found_in)]


def test_the_sets_that_ship_keep_every_rule(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)

    status = main(["check"])

    told = capsys.readouterr().out
    assert status == 0, told
    assert "blind.jsonl" in told
    assert "briefs.jsonl" in told
    assert "reports.jsonl" in told


def test_a_sound_set_has_no_findings(sample_sources: GoldTexts) -> None:
    sound = [ANSWERABLE, UNANSWERABLE, ANSWERABLE_BY_REPORT]

    assert _told(sound, sample_sources) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"language": "fr"}, "form: lang must be one of en, es, pt", id="language"),
        pytest.param({"kind": "fact"}, "form: type must be one of factoid", id="type"),
        pytest.param({"kind": "unanswerable"}, "form: type must be one of", id="type of others"),
        pytest.param({"difficulty": None}, "form: difficulty must be one of", id="difficulty"),
        pytest.param({"difficulty": "hard"}, "form: why_hard must say why", id="why hard"),
        pytest.param({"why_hard": "rare word"}, "form: why_hard must be empty", id="why easy"),
        pytest.param({"theme": "houses"}, "employment, funding, housing", id="theme"),
        pytest.param({"countries": ("UK",)}, "found 'UK'", id="country"),
        pytest.param({"text": " Who pays half? "}, "form: the question must be one", id="space"),
        pytest.param({"text": "why " * 251 + "?"}, "form: 1005 characters", id="too long"),
        pytest.param({"gold": ()}, "form: an answerable question needs gold", id="no gold"),
        pytest.param({"answer_strings": ()}, "needs answer_strings", id="no answer"),
        pytest.param({"absent_terms": ("Lagos",)}, "has no absent_terms", id="absent"),
        pytest.param({"refusal_code": "outside_corpus"}, "has no refusal_code", id="code"),
        pytest.param({"needs_every_gold": True}, "form: multi needs two", id="multi"),
        pytest.param({"gold": (GoldSpan("alta"),)}, "gold: gold in alta needs a quote", id="bare"),
        pytest.param({"answer_strings": ("two",) * 5}, "answer: 5 answer strings", id="five"),
        pytest.param(
            {"answer_strings": ("half of the rent for two years",)},
            "1 to 6 words",
            id="long answer",
        ),
        pytest.param({"answer_strings": ("two|",)}, "1 to 6 words; found “”", id="empty form"),
        pytest.param(
            {"answer_strings": ("two months",)}, "“two months” does not", id="not in gold"
        ),
        pytest.param({"text": "Does Alta pay half the rent?"}, "overlap: 1.00 of", id="overlap"),
    ],
)
def test_a_faulty_answerable_question_is_found(
    change: dict[str, object], fault: str, sample_sources: GoldTexts
) -> None:
    question = replace(ANSWERABLE, **change)  # type: ignore[arg-type]  # one field of any type

    told = _told([question], sample_sources)

    assert any(line.startswith("b001: ") and fault in line for line in told), told


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"kind": "factoid"}, "form: type must be one of unanswerable", id="type"),
        pytest.param({"refusal_code": None}, "form: refusal_code must be one of", id="code"),
        pytest.param({"refusal_code": "silent"}, "found 'silent'", id="unknown code"),
        pytest.param({"answer_strings": ("two",)}, "has no answer_strings", id="answer"),
        pytest.param({"absent_terms": ()}, "needs absent_terms, or a note", id="no proof"),
        pytest.param(
            {"absent_terms": ("canada  real",)},
            "absent: “canada  real” is not absent: it stands in alta",
            id="present",
        ),
    ],
)
def test_a_faulty_unanswerable_question_is_found(
    change: dict[str, object], fault: str, sample_sources: GoldTexts
) -> None:
    question = replace(UNANSWERABLE, **change)  # type: ignore[arg-type]  # one field of any type

    told = _told([question], sample_sources)

    assert any(line.startswith("b002: ") and fault in line for line in told), told


@pytest.mark.parametrize(
    ("gold", "n_found"),
    [
        pytest.param(GoldSpan("alta", quote="The rooms stand\nempty."), 2, id="twice"),
        pytest.param(GoldSpan("alta", quote="Alta pays all rent"), 0, id="nowhere"),
        pytest.param(GoldSpan("bassa", quote="Alta pays half"), 0, id="in another document"),
    ],
)
def test_a_quote_must_stand_once(gold: GoldSpan, n_found: int, sample_sources: GoldTexts) -> None:
    question = replace(ANSWERABLE, gold=(gold,), answer_strings=("rooms|Alta",))

    (told,) = _told([question], sample_sources)

    assert told.startswith(f"b001: gold: the quote stands {n_found} times in {gold.doc_id}")


def test_a_document_or_section_that_is_not_there_is_found(sample_sources: GoldTexts) -> None:
    elsewhere = replace(ANSWERABLE, gold=(GoldSpan("gamma", quote="two years"),))
    unknown = replace(ANSWERABLE_BY_REPORT, gold=(GoldSpan("survey", section="3"),))

    told = _told([elsewhere, unknown], sample_sources)

    assert told == [
        "b001: gold: the corpus has no document 'gamma'",
        "r001: gold: there is no section '3' in 'survey'",
    ]


def test_an_answer_string_must_stand_in_its_section(sample_sources: GoldTexts) -> None:
    question = replace(ANSWERABLE_BY_REPORT, answer_strings=("one half",))

    assert _told([question], sample_sources) == [
        "r001: answer: “one half” does not stand in the gold"
    ]
    assert _told([question], sources(with_reports=False)) == []


def test_absent_terms_are_sought_in_the_reports_only_by_sets_that_ask_them(
    sample_sources: GoldTexts,
) -> None:
    question = replace(UNANSWERABLE, absent_terms=("harbour quarter",))

    of_briefs = _told([ANSWERABLE, question], sample_sources)
    of_reports = _told([ANSWERABLE_BY_REPORT, question], sample_sources)

    assert of_briefs == []
    assert of_reports == ["b002: absent: “harbour quarter” is not absent: it stands in survey"]


def test_a_run_of_eight_words_from_a_report_is_found(sample_sources: GoldTexts) -> None:
    seven = replace(ANSWERABLE_BY_REPORT, note="Flats in the harbour quarter of the new town.")
    eight = replace(ANSWERABLE_BY_REPORT, note="FLATS, in the harbour quarter of the old town.")

    assert _told([seven], sample_sources) == []
    assert _told([eight], sample_sources) == [
        "r001: copy: 8 words in a row from a report: “flats in the harbour quarter of the old”",
        "r001: copy: 8 words in a row from a report: “in the harbour quarter of the old town”",
    ]


def test_a_question_asked_twice_is_found(sample_sources: GoldTexts) -> None:
    again = replace(ANSWERABLE, qid="b009", text="how long do tenants get help from Alta")

    assert _told([ANSWERABLE, again], sample_sources) == ["set: twice: b009 asks what b001 asks"]


def _of_length(question: JudgedQuestion, n_words: int, number: int) -> JudgedQuestion:
    text = " ".join([f"w{number}", *["why"] * (n_words - 1)])
    return replace(question, qid=f"{question.qid}-{number}", text=text)


def test_lengths_that_tell_the_unanswerable_are_found(sample_sources: GoldTexts) -> None:
    long = [_of_length(ANSWERABLE, 12, n) for n in range(10)]
    short = [_of_length(UNANSWERABLE, 10, n) for n in range(10, 20)]
    mixed = [_of_length(UNANSWERABLE, 8 + 8 * (n % 2), n) for n in range(10, 20)]

    means, separated = _told([*long, *short], sample_sources)
    assert means.startswith("set: length: answerable questions have 12.0 words, unanswerable ones")
    assert separated.startswith("set: length: length tells the unanswerable questions: AUROC 0.00")
    assert _told([*long, *mixed], sample_sources) == []
    assert _told([*long, *short[1:]], sample_sources) == []  # nine say nothing


def test_a_set_that_borrows_too_many_words_is_found(sample_sources: GoldTexts) -> None:
    question = replace(ANSWERABLE, text="Is Alta generous?")

    assert _told([question], sample_sources) == [
        "set: overlap: mean overlap of English questions 0.50; at most 0.35"
    ]


def test_a_set_with_too_few_questions_is_found(sample_sources: GoldTexts) -> None:
    required = Required((("en", 1), ("es", 2)), unanswerable=1, in_all=3)

    told = [str(finding) for finding in check([ANSWERABLE], sample_sources, required)]

    assert told == [
        "set: count: 0 answerable es; 2 are wanted",
        "set: count: 0 unanswerable; 1 are wanted",
        "set: count: 1 questions; 3 are wanted",
    ]
