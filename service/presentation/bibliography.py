"""Reports as bibliographic references: BibTeX by pybtex, RIS by rispy, and CSL-JSON."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rispy
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from indexer.records import DocumentInfo

_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """One report, and what of it is cited.

    Attributes:
        doc_id: Its id; the key of the reference.
        info: Its metadata.
        url: Where it can be opened.
        note: What of it is cited, in words; empty for the whole report.
    """

    doc_id: str
    info: DocumentInfo
    url: str
    note: str = ""

    @property
    def key(self) -> str:
        """Return a key that every program takes."""
        return _KEY.sub("-", self.doc_id.lower()).strip("-") or "report"


def bibtex(references: Sequence[Reference]) -> str:
    """Return the references as BibTeX, in UTF-8, one ``@techreport`` each."""
    entries = {reference.key: _bibtex_entry(reference) for reference in references}
    return str(_BibtexWriter(encoding="UTF-8").to_string(BibliographyData(entries)))


def ris(references: Sequence[Reference]) -> str:
    """Return the references in the format of RIS, of type ``RPRT``."""
    entries = [_ris_entry(reference) for reference in references]
    return str(rispy.dumps(entries, implementation=_RisWriter))


def csl_json(references: Sequence[Reference]) -> str:
    """Return the references as CSL-JSON (citationstyles.org), of type ``report``."""
    items = [_csl_item(reference) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, tuple[Callable[[Sequence[Reference]], str], str]] = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "csl.json": (csl_json, "application/vnd.citationstyles.csl+json"),
}
"""By the ending of the file: how it is written, and its media type."""


class _BibtexWriter(Writer):  # type: ignore[misc]  # pybtex has no types
    """Leaves addresses as they are: styles print them verbatim."""

    def _encode(self, text: str) -> str:
        is_address = text.startswith(("https://", "http://"))
        return text if is_address else str(super()._encode(text))


class _RisWriter(rispy.RisWriter):  # type: ignore[misc]  # nor has rispy
    """Leaves out the running numbers between references, which the format does not have."""

    def set_header(self, count: int) -> str:  # noqa: ARG002
        """Return what stands before a reference."""
        return ""


def _bibtex_entry(reference: Reference) -> Entry:
    info = reference.info
    fields = {
        "title": _braced(_title(info)),
        "institution": _braced(info.publisher) if info.publisher else None,
        "year": str(info.year) if info.year else None,
        "number": info.identifier,
        "langid": info.language,
        "url": info.url or reference.url,
        "note": reference.note or None,
    }
    persons = [Person(name) for name in info.authors]
    if not persons and info.publisher:
        persons = [Person(last=_braced(info.publisher))]
    return Entry(
        "techreport",
        [(name, value) for name, value in fields.items() if value],
        {"author": persons} if persons else {},
    )


def _ris_entry(reference: Reference) -> dict[str, Any]:
    info = reference.info
    entry: dict[str, Any] = {
        "type_of_reference": "RPRT",
        "id": reference.key,
        "title": _title(info),
        "authors": [", ".join(_named(name)) for name in info.authors],
        "publisher": info.publisher,
        "year": str(info.year) if info.year else None,
        "language": info.language,
        "number": info.identifier,
        "urls": [info.url or reference.url],
        "notes": [reference.note] if reference.note else None,
    }
    if not entry["authors"] and info.publisher:
        entry["authors"] = [info.publisher]
    return {name: value for name, value in entry.items() if value}


def _csl_item(reference: Reference) -> dict[str, Any]:
    info = reference.info
    authors: list[dict[str, str]] = [
        dict(zip(("family", "given"), _named(name), strict=False)) for name in info.authors
    ]
    if not authors and info.publisher:
        authors = [{"literal": info.publisher}]
    item: dict[str, Any] = {
        "id": reference.key,
        "type": "report",
        "title": _title(info),
        "author": authors,
        "publisher": info.publisher,
        "issued": {"date-parts": [[info.year]]} if info.year else None,
        "number": info.identifier,
        "language": info.language,
        "URL": info.url or reference.url,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _title(info: DocumentInfo) -> str:
    return f"{info.title}: {info.subtitle}" if info.subtitle else info.title


def _named(name: str) -> tuple[str, ...]:
    """Return family name and given names, as pybtex tells them apart."""
    person = Person(name)
    family = " ".join((*person.prelast_names, *person.last_names))
    given = " ".join((*person.first_names, *person.middle_names))
    return tuple(part for part in (family, given) if part)


def _braced(text: str) -> str:
    """Keep BibTeX from changing capitals, and an organisation from being cut like a name."""
    return "{" + text.replace("{", "(").replace("}", ")") + "}"
