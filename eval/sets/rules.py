"""Rules that a question set must keep.

question ─▶ form · gold ─▶ corpus as the index reads it, reports by section
set ──────▶ counts · lengths · borrowed words
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.records import GoldSpan, JudgedQuestion
from eval.sets.corpus_texts import GoldTexts
from eval.sets.development_reports import RUN, copied_runs
from eval.sets.statistics import lengths, question_overlap
from eval.word_matching import fold, holds, occurrences, words
from indexer.corpus.catalogue_fields import country_codes
from service.pipeline.question import MAX_CHARS
from service.records import LANGUAGES, RefusalCode

KINDS = ("factoid", "list", "definition", "howto", "why", "comparison", "yesno")
UNANSWERABLE = "unanswerable"
DIFFICULTIES = ("easy", "medium", "hard")

MAX_ANSWER_STRINGS = 4
MAX_ANSWER_WORDS = 6
MAX_OVERLAP = 0.6
MAX_MEAN_OVERLAP = 0.35
MAX_LENGTH_DIFFERENCE = 0.15
LENGTH_AUROC = (0.40, 0.60)
FEWEST_TO_COMPARE = 10
"""Lengths of fewer questions than this say nothing."""


@dataclass(frozen=True, slots=True)
class Required:
    """How many questions a shipped set must have.

    Attributes:
        answerable: At least so many of a language.
        unanswerable: At least so many in all languages.
        in_all: At least so many of any kind.
    """

    answerable: tuple[tuple[str, int], ...] = ()
    unanswerable: int = 0
    in_all: int = 0


REQUIRED = {
    "briefs": Required((("en", 130), ("es", 35), ("pt", 35)), unanswerable=40, in_all=240),
    "reports": Required(in_all=120),
    "blind": Required((("en", 90),), unanswerable=70, in_all=200),
    "by_number": Required(in_all=60),
    "multilingual": Required((("en", 20), ("es", 20), ("pt", 20)), in_all=60),
}
"""Of the sets that ship, by file stem."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong with a question, or with a set as a whole.

    Attributes:
        where: The question's ``qid``, or ``"set"``.
        rule: Short name of the rule.
        message: What was wanted and what was found.
    """

    where: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.message}"


def check(
    questions: Sequence[JudgedQuestion], gold_texts: GoldTexts, required: Required | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with a set, question by question in its order, then as a whole.

    A set whose gold names sections asks the source reports as well: absent terms must not stand
    there either, and nothing may be copied from there.
    """
    of_reports = any(gold.section for question in questions for gold in question.gold)
    texts = gold_texts.folded_documents
    if of_reports:
        texts = {**texts, **gold_texts.folded_reports}
    findings = [
        Finding(question.qid, rule, message)
        for question in questions
        for rule, messages in (
            ("form", _form(question, gold_texts)),
            ("gold", _gold(question, gold_texts)),
            ("answer", _answer_strings(question, gold_texts)),
            ("absent", _present_terms(question, texts)),
            ("overlap", _overlap(question, gold_texts)),
            ("copy", _copies(question, gold_texts) if of_reports else ()),
        )
        for message in messages
    ]
    findings += [Finding("set", "twice", message) for message in _repeated(questions)]
    findings += [Finding("set", "length", message) for message in _lengths(questions)]
    findings += [
        Finding("set", "overlap", message) for message in _mean_overlap(questions, gold_texts)
    ]
    if required is not None:
        findings += [Finding("set", "count", message) for message in _too_few(questions, required)]
    return tuple(findings)


# ── a question ──────────────────────────────────────────────────────────────────────────────────


def _form(question: JudgedQuestion, gold_texts: GoldTexts) -> Iterator[str]:
    yield from _wrong_words(question, gold_texts)
    if question.text != " ".join(question.text.split()):
        yield "the question must be one line without white space around it"
    if len(question.text) > MAX_CHARS:
        yield f"{len(question.text)} characters; the service takes {MAX_CHARS}"
    if question.difficulty != "easy" and not question.why_hard:
        yield f"why_hard must say why it is {question.difficulty}"
    if question.difficulty == "easy" and question.why_hard:
        yield "why_hard must be empty for an easy question"
    yield from _wrong_parts(question)


def _wrong_words(question: JudgedQuestion, gold_texts: GoldTexts) -> Iterator[str]:
    kinds = KINDS if question.is_answerable else (UNANSWERABLE,)
    vocabularies = [
        ("lang", question.language, LANGUAGES),
        ("type", question.kind, kinds),
        ("difficulty", question.difficulty, DIFFICULTIES),
        ("theme", question.theme, tuple(sorted(gold_texts.themes))),
    ]
    if not question.is_answerable:
        vocabularies.append(("refusal_code", question.refusal_code, tuple(RefusalCode)))
    for field, value, known in vocabularies:
        if value not in known:
            yield f"{field} must be one of {', '.join(known)}; found {value!r}"
    for code in question.countries:
        if code not in country_codes():
            yield f"country must list ISO 3166-1 alpha-2 codes; found {code!r}"


def _wrong_parts(question: JudgedQuestion) -> Iterator[str]:
    """Yield the fields that its answerability asks for, or forbids."""
    answer = [("gold", bool(question.gold)), ("answer_strings", bool(question.answer_strings))]
    refusal = [
        ("refusal_code", question.refusal_code is not None),
        ("absent_terms", bool(question.absent_terms)),
    ]
    if question.is_answerable:
        yield from (f"an answerable question needs {field}" for field, has in answer if not has)
        yield from (f"an answerable question has no {field}" for field, has in refusal if has)
    else:
        yield from (f"an unanswerable question has no {field}" for field, has in answer if has)
        if not question.absent_terms and not question.note:
            yield "an unanswerable question needs absent_terms, or a note that says why"
    needed = [gold for gold in question.gold if not gold.is_alternative]
    if question.needs_every_gold and len(needed) <= 1:
        yield "multi needs two gold spans that are no alternatives"


def _gold(question: JudgedQuestion, gold_texts: GoldTexts) -> Iterator[str]:
    for gold in question.gold:
        if gold.quote is not None:
            yield from _wrong_quote(gold, gold_texts)
        elif gold.section is None:
            yield f"gold in {gold.doc_id} needs a quote or a section"
        elif gold.doc_id in gold_texts.reports and gold_texts.section_text(gold) is None:
            yield f"there is no section {gold.section!r} in {gold.doc_id!r}"


def _wrong_quote(gold: GoldSpan, gold_texts: GoldTexts) -> Iterator[str]:
    document = gold_texts.documents.get(gold.doc_id)
    if document is None:
        yield f"the corpus has no document {gold.doc_id!r}"
        return
    n_found = len(occurrences(document.text, gold.quote or ""))
    if n_found != 1:
        yield f"the quote stands {n_found} times in {gold.doc_id}, once is wanted: “{gold.quote}”"


def _answer_strings(question: JudgedQuestion, gold_texts: GoldTexts) -> Iterator[str]:
    if len(question.answer_strings) > MAX_ANSWER_STRINGS:
        yield f"{len(question.answer_strings)} answer strings; at most {MAX_ANSWER_STRINGS}"
    for form in (form for string in question.answer_strings for form in string.split("|")):
        if not 1 <= len(words(form)) <= MAX_ANSWER_WORDS:
            yield f"an answer string has 1 to {MAX_ANSWER_WORDS} words; found “{form}”"
    texts = [gold.quote or gold_texts.section_text(gold) for gold in question.gold]
    at_hand = [words(text) for text in texts if text is not None]
    if len(at_hand) == len(texts):
        for string in question.answer_strings:
            if not any(holds(text, string) for text in at_hand):
                yield f"“{string}” does not stand in the gold"


def _present_terms(question: JudgedQuestion, texts: Mapping[str, str]) -> Iterator[str]:
    for term in question.absent_terms:
        folded = fold(term)
        whole = re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")
        present = [
            doc_id for doc_id, text in texts.items() if folded in text and whole.search(text)
        ]
        if present:
            yield f"“{term}” is not absent: it stands in {', '.join(present[:3])}"


def _overlap(question: JudgedQuestion, gold_texts: GoldTexts) -> Iterator[str]:
    share = question_overlap(question, gold_texts)
    if share is not None and share > MAX_OVERLAP and not _is_by_number(question):
        yield f"{share:.2f} of its content words stand in the gold; at most {MAX_OVERLAP}"


def _copies(question: JudgedQuestion, gold_texts: GoldTexts) -> Iterator[str]:
    for text in (question.text, question.note, question.why_hard, *question.answer_strings):
        for run in copied_runs(text, gold_texts.reports.values()):
            yield f"{RUN} words in a row from a report: “{run}”"


# ── a set ───────────────────────────────────────────────────────────────────────────────────────


def _repeated(questions: Sequence[JudgedQuestion]) -> Iterator[str]:
    qids_by_text: dict[str, str] = {}
    for question in questions:
        first = qids_by_text.setdefault(" ".join(words(question.text)), question.qid)
        if first != question.qid:
            yield f"{question.qid} asks what {first} asks"


def _lengths(questions: Sequence[JudgedQuestion]) -> Iterator[str]:
    in_words = lengths(questions)
    if min(len(in_words.answerable), len(in_words.unanswerable)) < FEWEST_TO_COMPARE:
        return
    if in_words.difference > MAX_LENGTH_DIFFERENCE:
        yield (
            f"answerable questions have {fmean(in_words.answerable):.1f} words, unanswerable ones "
            f"{fmean(in_words.unanswerable):.1f}; at most {MAX_LENGTH_DIFFERENCE:.0%} apart"
        )
    lowest, highest = LENGTH_AUROC
    if not lowest <= in_words.auroc <= highest:
        yield (
            f"length tells the unanswerable questions: AUROC {in_words.auroc:.2f}, wanted "
            f"{lowest:.2f} to {highest:.2f}"
        )


def _is_by_number(question: JudgedQuestion) -> bool:
    """Tell whether a question names a thing as its report does: "What is Box 4 about?"."""
    return "number" in question.tags


def _mean_overlap(questions: Sequence[JudgedQuestion], gold_texts: GoldTexts) -> Iterator[str]:
    english = (
        question_overlap(q, gold_texts)
        for q in questions
        if q.language == "en" and not _is_by_number(q)
    )
    shares = [share for share in english if share is not None]
    if shares and fmean(shares) > MAX_MEAN_OVERLAP:
        yield f"mean overlap of English questions {fmean(shares):.2f}; at most {MAX_MEAN_OVERLAP}"


def _too_few(questions: Sequence[JudgedQuestion], required: Required) -> Iterator[str]:
    answerable = Counter(q.language for q in questions if q.is_answerable)
    counts = [
        *((f"answerable {code}", answerable[code], n) for code, n in required.answerable),
        ("unanswerable", len(questions) - answerable.total(), required.unanswerable),
        ("questions", len(questions), required.in_all),
    ]
    yield from (f"{n} {what}; {least} are wanted" for what, n, least in counts if n < least)
