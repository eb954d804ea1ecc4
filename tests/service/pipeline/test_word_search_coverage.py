"""Whatever a plain search of a report's text finds, the passages view reaches."""

import re

from service.library import Edition
from service.pipeline.found_words import WantedWords, WordMatch
from service.pipeline.search_terms import MIN_CONTAINED, WORD, fold_letters, search_terms
from service.records import Filters


def test_every_place_that_a_plain_search_finds_is_in_a_passage(edition: Edition) -> None:
    """Every word of every report, wherever it stands; a short one where a word begins with it."""
    missed = []
    for entry in edition.index.documents:
        text = fold_letters(edition.document(entry.doc_id).text)
        for word in sorted({match[0] for match in WORD.finditer(text)}):
            wanted = [WantedWords(search_terms(word, language=entry.info.language))]
            found = edition.words.find(
                wanted, filters=Filters(document=(entry.doc_id,)), match=WordMatch.ANY
            )
            reached = [
                match
                for report in found.reports
                for passage in report.passages
                for match in passage.matches
            ]
            whole = r"\b{}\b" if len(word) < MIN_CONTAINED or word[0].isdigit() else "{}"
            missed += [
                (entry.doc_id, word, place.span())
                for place in re.finditer(whole.format(re.escape(word)), text)
                if not any(
                    match.start <= place.start() and place.end() <= match.end for match in reached
                )
            ]

    assert missed == []
