"""Reports as bibliographic references: BibTeX by pybtex, RIS by rispy, and CSL-JSON."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rispy

from indexer.records import DocumentInfo
from service.pipeline.publishers import publisher_names

if TYPE_CHECKING:
    from pybtex.database import Entry

_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a report.

    Attributes:
        doc_id: Its id.
        info: Its metadata.
        url: Opens it here; empty where it is not here.
        note: The places cited, in words; empty for the whole report.
        pages: First and last page of each place that is cited, in any order.
    """

    doc_id: str
    info: DocumentInfo
    url: str
    note: str = ""
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        """Return a key that every reference manager accepts."""
        return _KEY.sub("-", self.doc_id.lower()).strip("-") or "report"

    @property
    def organisations(self) -> tuple[str, ...]:
        """Return the publishers, which a report without authors is by."""
        return publisher_names(self.info.publisher or "")

    @property
    def remark(self) -> str:
        """Return the note; of an undated report it says so."""
        undated = "" if self.info.year else "n.d."
        return "; ".join(filter(None, (undated, self.note)))

    def page_ranges(self, dash: str) -> str:
        """Return the pages in order, each once: ``6, 9–10``, the dash as the format wants it."""
        ranges = [
            str(first) if first == last else f"{first}{dash}{last}"
            for first, last in sorted(set(self.pages))
        ]
        return ", ".join(ranges)


def bibtex(references: Sequence[Reference]) -> str:
    """Return the references as BibTeX, in UTF-8, one ``@techreport`` each."""
    # Imported here and below: it takes as long as a tenth of the service's start.
    from pybtex.database import BibliographyData  # noqa: PLC0415
    from pybtex.database.output.bibtex import Writer  # noqa: PLC0415

    class BibtexWriter(Writer):  # type: ignore[misc]  # pybtex has no types
        """Leaves addresses unescaped: styles print them verbatim."""

        def _encode(self, text: str) -> str:
            is_address = text.startswith(("https://", "http://"))
            return text if is_address else str(super()._encode(text))

    entries = {reference.key: _bibtex_entry(reference) for reference in references}
    return str(BibtexWriter(encoding="UTF-8").to_string(BibliographyData(entries)))


def ris(references: Sequence[Reference]) -> str:
    """Return the references as RIS, of type ``RPRT``."""
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
"""Writer and media type by file extension."""


class _RisWriter(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Leaves out the running numbers, which are not part of the format."""

    def set_header(self, count: int) -> str:  # noqa: ARG002
        """Return the line before a reference: none."""
        return ""


def _bibtex_entry(reference: Reference) -> "Entry":
    from pybtex.database import Entry, Person  # noqa: PLC0415

    info = reference.info
    fields = {
        "title": _braced(_title(info)),
        "institution": _braced(info.publisher) if info.publisher else None,
        "year": str(info.year) if info.year else None,
        "number": info.identifier,
        "langid": info.language,
        "url": info.url or reference.url,
        "pages": reference.page_ranges("--"),
        "note": reference.remark,
    }
    persons = [Person(name) for name in info.authors]
    if not persons:
        persons = [Person(last=_braced(name)) for name in reference.organisations]
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
        "authors": [", ".join(_name_parts(name)) for name in info.authors],
        "publisher": info.publisher,
        "year": str(info.year) if info.year else None,
        "language": info.language,
        "number": info.identifier,
        "urls": [url] if (url := info.url or reference.url) else None,
        "start_page": reference.page_ranges("-"),
        "notes": [reference.remark] if reference.remark else None,
    }
    if not entry["authors"]:
        # A comma would make a surname and a first name of an organisation.
        entry["authors"] = [name.replace(",", "") for name in reference.organisations]
    return {name: value for name, value in entry.items() if value}


def _csl_item(reference: Reference) -> dict[str, Any]:
    info = reference.info
    authors: list[dict[str, str]] = [
        dict(zip(("family", "given"), _name_parts(name), strict=False)) for name in info.authors
    ]
    if not authors:
        authors = [{"literal": name} for name in reference.organisations]
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
        "page": reference.page_ranges("-"),
        "note": reference.remark,
    }
    return {name: value for name, value in item.items() if value}


def _title(info: DocumentInfo) -> str:
    return f"{info.title}: {info.subtitle}" if info.subtitle else info.title


def _name_parts(name: str) -> tuple[str, ...]:
    """Return family name and given names, as pybtex parses them."""
    from pybtex.database import Person  # noqa: PLC0415

    person = Person(name)
    family = " ".join((*person.prelast_names, *person.last_names))
    given_names = " ".join((*person.first_names, *person.middle_names))
    return tuple(part for part in (family, given_names) if part)


def _braced(text: str) -> str:
    """Keep BibTeX from changing capitals and from parsing an organisation as a person."""
    return "{" + text.replace("{", "(").replace("}", ")") + "}"
