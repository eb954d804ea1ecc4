"""What a page's or form's resources hold: objects to draw, states, colour spaces, layers."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

_N_MATRIX = 6
_BROKEN = (PyPdfError, LookupError, TypeError, ValueError, AttributeError)


def page_resources(page: PageObject) -> DictionaryObject | None:
    """Return the resources of ``page``, its own or inherited."""
    return dictionary(page.get("/Resources"))


def dictionary(value: object) -> DictionaryObject | None:
    """Return what ``value`` is or points at, if it is a dictionary."""
    resolved = value.get_object() if isinstance(value, PdfObject) else None
    return resolved if isinstance(resolved, DictionaryObject) else None


def looked_up(
    resources: DictionaryObject | None, kind: str, operands: Sequence[object]
) -> PdfObject | None:
    """Return the resource of ``kind`` that the only operand names."""
    name = operands[0] if operands else None
    table = dictionary(resources.get(kind)) if resources is not None else None
    if table is None or not isinstance(name, str):
        return None
    entry = table.get(name)
    return entry.get_object() if isinstance(entry, PdfObject) else None


def drawn_object(
    resources: DictionaryObject | None, operands: Sequence[object]
) -> DictionaryObject | None:
    """Return the picture or form that a ``Do`` draws, if the resources have it."""
    drawn = looked_up(resources, "/XObject", operands)
    return drawn if isinstance(drawn, DictionaryObject) else None


def form_matrix(drawn: DictionaryObject | None) -> list[float]:
    """Return what leads from a form's coordinates to those of the page that draws it."""
    found = drawn.get("/Matrix") if drawn is not None else None
    matrix = found.get_object() if found is not None else None
    if not isinstance(matrix, ArrayObject) or len(matrix) != _N_MATRIX:
        return [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    return [float(value) for value in matrix]


def layers_off(pdf: PdfReader) -> frozenset[int]:
    """Return the object numbers of optional content that is not shown when the file is opened."""
    try:
        root = dictionary(pdf.trailer["/Root"])
        content = dictionary(root.get("/OCProperties")) if root is not None else None
        default = dictionary(content.get("/D")) if content is not None else None
        if content is None or default is None:
            return frozenset()
        if default.get("/BaseState") == "/OFF":
            return _numbers(content.get("/OCGs")) - _numbers(default.get("/ON"))
        return _numbers(default.get("/OFF"))
    except _BROKEN:
        return frozenset()


def is_layer_off(layer: PdfObject | None, off: AbstractSet[int]) -> bool:
    """Tell whether optional content is not shown: a group that is off, or a set of such groups."""
    if not isinstance(layer, DictionaryObject):
        return False
    if layer.get("/Type") == "/OCMD":
        groups = layer.raw_get("/OCGs") if "/OCGs" in layer else None
        is_list = isinstance(groups, PdfObject) and isinstance(groups.get_object(), ArrayObject)
        members = _numbers(groups if is_list else ArrayObject([groups]))
        is_any_on = layer.get("/P", "/AnyOn") == "/AnyOn"
        return is_any_on and bool(members) and members <= off
    own = layer.indirect_reference
    return own is not None and own.idnum in off


def _numbers(groups: object) -> frozenset[int]:
    listed = groups.get_object() if isinstance(groups, PdfObject) else None
    if not isinstance(listed, ArrayObject):
        return frozenset()
    return frozenset(group.idnum for group in listed if isinstance(group, IndirectObject))
