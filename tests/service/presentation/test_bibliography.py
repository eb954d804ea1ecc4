"""References say the same in each format, as the libraries that read them find it."""

import json

import rispy
from pybtex.database import parse_string

from indexer.records import DocumentInfo
from service.presentation.bibliography import Reference, bibtex, csl_json, ris

GUIDE = Reference(
    doc_id="guide-2023",
    info=DocumentInfo(
        title="Migration & cities: 50% of_it",
        subtitle="Una guía",
        publisher="UN-Habitat, Cities and Co",
        authors=("Peter Grant", "Francesco di Villarosa"),
        year=2023,
        language="en",
        identifier="HS/056/23E",
        url="https://example.org/a_guide?x=1&y=2",
    ),
    url="http://cita.example/documents/guide-2023",
    note="p. 31",
    pages=((31, 31), (6, 7), (31, 31)),
)
NOTE = Reference("a note", DocumentInfo(title="A note", publisher="City, of Quito"), "http://c/d")
BODIES = Reference(
    "x",
    DocumentInfo(title="X", publisher="Cities Alliance, UN-Habitat, UNDP", year=2020),
    "http://c",
)
BARE = Reference("ñ", DocumentInfo(title="Bare"), "http://c/e")


def test_bibtex_is_read_back_with_persons_and_organisations_apart() -> None:
    read = parse_string(bibtex([GUIDE, NOTE, BARE]), "bibtex").entries

    guide, note, bare = read.values()
    assert [str(person) for person in guide.persons["author"]] == [
        "Grant, Peter",
        "di Villarosa, Francesco",
    ]
    assert guide.fields["title"] == r"{Migration \& cities: 50\% of\_it: Una guía}"
    assert guide.fields["url"] == "https://example.org/a_guide?x=1&y=2"
    assert (guide.fields["pages"], guide.fields["note"]) == ("6--7, 31", "p. 31")
    assert bare.fields["note"] == "n.d."
    assert [str(person) for person in note.persons["author"]] == ["{City, of Quito}"]
    assert "year" not in note.fields
    assert not bare.persons
    assert list(read) == ["guide-2023", "a-note", "report"]


def test_ris_is_read_back() -> None:
    guide, note, bare = rispy.loads(ris([GUIDE, NOTE, BARE]))

    assert guide["type_of_reference"] == "RPRT"
    assert guide["authors"] == ["Grant, Peter", "di Villarosa, Francesco"]
    assert (guide["year"], guide["publisher"]) == ("2023", "UN-Habitat, Cities and Co")
    assert guide["urls"] == ["https://example.org/a_guide?x=1&y=2"]
    assert guide["start_page"] == "6-7, 31"
    assert note["authors"] == ["City of Quito"]
    assert bare["notes"] == ["n.d."]
    assert "authors" not in bare


def test_csl_json_has_the_fields_of_its_schema() -> None:
    guide, note, bare = json.loads(csl_json([GUIDE, NOTE, BARE]))

    assert guide["author"] == [
        {"family": "Grant", "given": "Peter"},
        {"family": "di Villarosa", "given": "Francesco"},
    ]
    assert guide["page"] == "6-7, 31"
    assert guide["issued"] == {"date-parts": [[2023]]}
    assert note["author"] == [{"literal": "City, of Quito"}]
    assert "issued" not in note
    assert bare == {
        "id": "report",
        "type": "report",
        "title": "Bare",
        "language": "en",
        "URL": "http://c/e",
        "note": "n.d.",
    }


def test_each_of_several_publishers_is_an_author() -> None:
    names = ["Cities Alliance", "UN-Habitat", "UNDP"]
    (bib,) = parse_string(bibtex([BODIES]), "bibtex").entries.values()
    (read,) = rispy.loads(ris([BODIES]))
    (item,) = json.loads(csl_json([BODIES]))

    assert [str(person) for person in bib.persons["author"]] == [f"{{{name}}}" for name in names]
    assert read["authors"] == names
    assert item["author"] == [{"literal": name} for name in names]
