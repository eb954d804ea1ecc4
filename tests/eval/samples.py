"""A corpus of two documents and one source report, small enough to judge by hand."""

from eval.records import GoldSpan, JudgedQuestion
from eval.sets.corpus_texts import GoldTexts
from eval.sets.development_reports import Report, Section
from indexer.extraction.formats import extract_file
from indexer.records import DocumentInfo
from indexer.segmentation.documents import assemble

ALTA = """# Alta

Alta pays half of the rent for two years (Guide, 1.1). The rooms stand empty.

The rooms stand empty.

- Cañada Real: 4,500 households were counted.
"""
BASSA = "The port of Bassa trains forty cooks each spring.\n"
REPORT = Report(
    "survey",
    "1. Money\nThe town council pays one third of every deposit.\n"
    "2. Homes\nFlats in the harbour quarter of the old town are all let by the council.\n",
    (
        Section("1. Money", "1. Money\nThe town council pays one third of every deposit.\n"),
        Section(
            "2. Homes",
            "2. Homes\nFlats in the harbour quarter of the old town are all let by the council.\n",
        ),
    ),
)


def sources(*, with_reports: bool = True) -> GoldTexts:
    """Return the documents ``alta`` and ``bassa``, and the report ``survey``."""
    documents = {
        doc_id: assemble(
            extract_file(f"{doc_id}.md", text.encode()),
            doc_id=doc_id,
            info=DocumentInfo(title=doc_id, themes=themes),
            file=f"{doc_id}.md",
            sha256="",
        )
        for doc_id, text, themes in (
            ("alta", ALTA, ("housing", "funding")),
            ("bassa", BASSA, ("employment",)),
        )
    }
    return GoldTexts(documents, {"survey": REPORT} if with_reports else {})


ANSWERABLE = JudgedQuestion(
    qid="b001",
    text="How long do tenants get help from Alta?",
    language="en",
    is_answerable=True,
    gold=(GoldSpan("alta", quote="Alta pays half of the rent for two years (Guide, 1.1)."),),
    answer_strings=("two years",),
    kind="factoid",
    difficulty="easy",
    countries=("CL",),
    theme="housing",
)
ANSWERABLE_BY_REPORT = JudgedQuestion(
    qid="r001",
    text="What share of a bond comes out of public money?",
    language="en",
    is_answerable=True,
    gold=(GoldSpan("survey", section="1"),),
    answer_strings=("one third",),
    kind="factoid",
    difficulty="medium",
    why_hard="other words",
    theme="housing",
)
UNANSWERABLE = JudgedQuestion(
    qid="b002",
    text="What does a flat in Alta's towers cost?",
    language="en",
    is_answerable=False,
    kind="unanswerable",
    difficulty="hard",
    why_hard="near miss",
    theme="housing",
    refusal_code="not_answered_by_reports",
    absent_terms=("tower", "Lagos"),
)
