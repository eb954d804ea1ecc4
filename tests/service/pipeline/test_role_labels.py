"""The labels of a report are found in one scan, and none in what is not quoted."""

from service.pipeline.role_labels import labels_in, roles_at, rows_of_report
from tests.service.pipeline.table_sentences import MarkdownSentences

_NOTE = """# Harbour forum

## Organizers

- Brink Lock Trust

## Debate

Facilitator: Ada Brink, Port Council

Authors and editors: Ole Lind

| Speakers | Hours |
|---|---|
| Carl Voss | 2 |

Facilitator: Dora Falk, Union of Pilots
"""


def test_labels_are_told_by_role_in_their_order() -> None:
    sentences = MarkdownSentences(_NOTE)

    labels = labels_in(rows_of_report(3, sentences), sentences)

    texts = {
        role: [sentences.sentence_text(row).split(":")[0] for row in rows]
        for role, rows in labels.items()
    }
    assert texts == {
        "organiser": ["Organizers"],
        "moderator": ["Facilitator", "Facilitator"],
        "author": ["Authors and editors"],
    }


def test_the_header_of_a_table_is_no_label() -> None:
    sentences = MarkdownSentences(_NOTE)

    assert not roles_at(sentences.row_of("Speakers"), sentences)


def test_a_report_has_all_rows_of_its_document() -> None:
    sentences = MarkdownSentences(_NOTE)
    last = sentences.n_sentences - 1

    assert rows_of_report(0, sentences) == range(last + 1)
    assert rows_of_report(last, sentences) == range(last + 1)
