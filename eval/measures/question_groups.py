"""Which groups a question belongs to, and how far each region's mean lies from that of all."""

from collections.abc import Mapping, Sequence

from eval.measures.bootstrap import estimate_difference
from eval.measures.gold import Documents
from eval.measures.regions import region_of
from eval.records import Estimate, JudgedQuestion, RunRow

IN_EQUITY = ("gold@5", "answer", "exact", "quote F1", "answered", "false answer")
"""Measures that are compared between regions."""

NO_COUNTRY = "no country"


def groups_of(
    question: JudgedQuestion, row: RunRow, documents: Documents
) -> dict[str, tuple[str, ...]]:
    """Return the groups of a question by dimension; several where it has several countries.

    What its judge did not say is taken from the documents of its gold: countries, themes.
    Document and publisher are those of the gold or, of an unanswerable question, those of the
    best passage, which is where a wrong answer would come from.
    """
    doc_ids = tuple(dict.fromkeys(gold.doc_id for gold in question.gold))
    about = [document for doc_id in doc_ids if (document := documents(doc_id))]
    near = [document for passage in row.passages[:1] if (document := documents(passage.doc))]
    places = about or near
    groups_by_dimension = {
        "language": (question.language,),
        "type": (question.kind,) if question.kind else (),
        "difficulty": (question.difficulty,) if question.difficulty else (),
        "country": question.countries or tuple(code for d in about for code in d.countries),
        "theme": (question.theme,) if question.theme else tuple(t for d in about for t in d.themes),
        "document": doc_ids or tuple(document.doc_id for document in near),
        "publisher": tuple(document.publisher for document in places if document.publisher),
    }
    return {name: tuple(dict.fromkeys(groups)) for name, groups in groups_by_dimension.items()}


def regions_of(question: JudgedQuestion, documents: Documents) -> tuple[str, ...]:
    """Return the regions of a question's countries, else those of its gold's documents."""
    about = [document for gold in question.gold if (document := documents(gold.doc_id))]
    codes = question.countries or tuple(code for d in about for code in d.countries)
    named = [region_of(code) for code in codes] or [r for d in about for r in d.regions]
    return tuple(dict.fromkeys(named)) or (NO_COUNTRY,)


def equity(
    scores: Sequence[Mapping[str, float]], regions: Sequence[Sequence[str]]
) -> dict[str, dict[str, Estimate]]:
    """Return each region's mean minus the mean of all, by measure and region, with intervals.

    An interval that does not hold 0 says that the pipeline serves the region better or worse than
    the set as a whole. Source: per-region tables as in Climate Policy Radar's evaluation of
    retrieval-augmented generation (arXiv:2410.23902).

    Args:
        scores: Of each question.
        regions: Of each question, in the same order.
    """
    table: dict[str, dict[str, Estimate]] = {}
    for measure in IN_EQUITY:
        scored = [
            (question_scores[measure], inside)
            for question_scores, inside in zip(scores, regions, strict=True)
            if measure in question_scores
        ]
        values = [value for value, _ in scored]
        names = sorted({region for _, inside in scored for region in inside})
        if len(names) > 1:
            table[measure] = {
                region: estimate_difference(
                    values, is_inside=[region in inside for _, inside in scored]
                )
                for region in names
            }
    return table
