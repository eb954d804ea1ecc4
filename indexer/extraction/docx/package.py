"""The parts of a DOCX file: opened safely, looked up by name, nothing interpreted.

A DOCX is a zip archive of XML parts. Elements are told apart by their local names, since the
transitional and the strict variant of the format differ in their namespaces only.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.errors import Reason, UnreadableError

MAX_PART_BYTES = 64 * 1024 * 1024
"""Largest unpacked size of one XML part; a report of 1,000 pages has about 20 MiB."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 1
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts that hold text or say how text is set; ``None`` where one is absent.

    Attributes:
        document: The body of the report.
        styles: Names and outline levels of paragraph styles.
        numbering: Definitions of lists.
        footnotes: Texts of footnotes.
        endnotes: Texts of endnotes.
        properties: Core properties, with the title.
    """

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    properties: etree._Element | None


def open_package(data: bytes) -> Package:
    """Open a DOCX file.

    Raises:
        UnreadableError: ``ENCRYPTED``, ``UNSUPPORTED`` (an old ``.doc``), ``TOO_LARGE`` (a part
            unpacks beyond `MAX_PART_BYTES`), or ``DAMAGED``.
    """
    if data.startswith(_OLE):
        refuse_ole(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive)
    except _BROKEN as error:
        raise UnreadableError(
            Reason.DAMAGED, f"the DOCX archive is broken ({error}); save it again in Word"
        ) from error


def refuse_ole(data: bytes) -> None:
    """Say what an OLE container is: a locked DOCX, or a file of an older Office.

    Raises:
        UnreadableError: Always.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError(
            Reason.ENCRYPTED, "the file is protected with a password; save it without one"
        )
    raise UnreadableError(
        Reason.UNSUPPORTED,
        "the file is in the format of Word 97–2003 or another old Office; "
        "convert it to DOCX or PDF",
    )


def name(element: etree._Element) -> str:
    """Return an element's local name; empty for comments and unresolved entities."""
    tag: object = element.tag  # a function, not a name, for entities
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, key: str) -> str | None:
    """Return an attribute by its local name."""
    for full, value in element.attrib.items():
        if str(full).rpartition("}")[2] == key:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names."""
    descendant = element
    for step in path:
        descendant = next(children(descendant, step), None)
    return descendant


def children(element: etree._Element | None, key: str) -> Iterator[etree._Element]:
    """Yield the children of one local name."""
    if element is not None:
        yield from (node for node in element if name(node) == key)


def value(element: etree._Element | None, *path: str) -> str | None:
    """Return the ``val`` attribute of the descendant along ``path``."""
    descendant = child(element, *path)
    return None if descendant is None else attribute(descendant, "val")


def is_on(element: etree._Element | None, *path: str) -> bool:
    """Tell whether a switch such as ``<w:vanish/>`` is there and not turned off."""
    descendant = child(element, *path)
    return descendant is not None and attribute(descendant, "val") not in {"0", "false", "off"}


def _package(archive: zipfile.ZipFile) -> Package:
    main = _target(archive, "_rels/.rels", "", "officeDocument") or "word/document.xml"
    folder, file = posixpath.split(main)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")

    def part(kind: str) -> etree._Element | None:
        target = _target(archive, relations, folder, kind) or f"{folder}/{kind}.xml"
        return _parse(archive, target)

    document = _parse(archive, main)
    if document is None:
        raise UnreadableError(Reason.DAMAGED, f"the archive has no {main}; save it again in Word")
    return Package(
        document=document,
        styles=part("styles"),
        numbering=part("numbering"),
        footnotes=part("footnotes"),
        endnotes=part("endnotes"),
        properties=_parse(archive, "docProps/core.xml"),
    )


def _target(archive: zipfile.ZipFile, relations: str, folder: str, kind: str) -> str | None:
    """Return the path of the part that stands in relation ``kind``, if the archive names one."""
    tree = _parse(archive, relations)
    for relation in children(tree, "Relationship"):
        if (relation.get("Type") or "").endswith(f"/{kind}"):
            target = relation.get("Target") or ""
            joined = target if target.startswith("/") else posixpath.join(folder, target)
            return posixpath.normpath(joined).lstrip("/")
    return None


def _parse(archive: zipfile.ZipFile, path: str) -> etree._Element | None:
    """Return a part as a tree, ``None`` if there is no such part."""
    if path not in archive.NameToInfo:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(_unpacked(archive, path), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(
            Reason.DAMAGED, f"{path} is not well-formed ({error}); save the file again in Word"
        ) from error


def _unpacked(archive: zipfile.ZipFile, path: str) -> bytes:
    """Return a part's bytes, of which no more are unpacked than its directory promises.

    `zipfile` cuts a part to that size only after it has unpacked the whole, unless it is told how
    much is wanted; and that holds it back with DEFLATE alone, which is all that a DOCX may have.
    """
    info = archive.getinfo(path)
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise UnreadableError(Reason.ENCRYPTED, "the archive is locked; save it without a password")
    if info.file_size > MAX_PART_BYTES:
        raise UnreadableError(
            Reason.TOO_LARGE,
            f"{path} unpacks to more than {MAX_PART_BYTES >> 20} MiB; split the report",
        )
    if info.compress_type not in _COMPRESSIONS:
        raise UnreadableError(
            Reason.DAMAGED, f"{path} is packed as no DOCX may be; save the file again in Word"
        )
    with archive.open(info) as part:
        return part.read(info.file_size + 1)  # a part that is longer fails on its checksum


GENERIC_TITLE = re.compile(
    r"(?i)\s*(?:microsoft (?:office )?word\b.*|document\s*\d*|documento\s*\d*|untitled|sin título|"
    r"sem título|template|powerpoint presentation|.*\.docx?)\s*"
)
"""Titles that word processors fill in by themselves."""
