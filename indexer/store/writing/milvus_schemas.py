"""Makes the collections of a generation in Milvus."""

from typing import Any

from indexer.store.milvus.collections import (
    MOST_CHARACTERS,
    Collections,
    Kind,
    connect,
    milvus_errors,
)

EXACT, APPROXIMATE = "exact", "hnsw"
_DENSE: dict[str, dict[str, Any]] = {
    EXACT: {"index_type": "FLAT"},
    # A byte a component, as the vectors have anyway; graphs are looked at as deep as wanted.
    APPROXIMATE: {
        "index_type": "HNSW_SQ",
        "params": {"M": 24, "efConstruction": 200, "sq_type": "SQ8"},
    },
}
_UNUSED = "unused"
"""A collection needs a field of vectors, also where none is searched."""


def create_collections(collections: Collections, *, dimension: int, vector_index: str) -> None:
    """Make the collections, empty and loaded.

    Args:
        collections: Their names.
        dimension: Of the passages' vectors.
        vector_index: `EXACT` or `APPROXIMATE`.

    Raises:
        MilvusError: They cannot be made.
    """
    from pymilvus import DataType  # noqa: PLC0415  (2 s; only for this engine)

    number, truth = {"datatype": DataType.INT64}, {"datatype": DataType.BOOL}
    text = {"datatype": DataType.VARCHAR, "max_length": MOST_CHARACTERS}
    name = {"datatype": DataType.VARCHAR, "max_length": 512}
    unused = {"datatype": DataType.FLOAT_VECTOR, "dim": 2}
    key = {"is_primary": True}
    fields: dict[Kind, dict[str, dict[str, Any]]] = {
        Kind.FILES: {
            "key": name | key, "name": name, "part": number, "n_parts": number, "content": text,
            _UNUSED: unused,
        },
        Kind.PASSAGES: {
            "row": number | key, "document": number, "start": number, "stop": number,
            "first": number, "last": number,
            "vector": {"datatype": DataType.FLOAT_VECTOR, "dim": dimension},
            "words": {"datatype": DataType.SPARSE_FLOAT_VECTOR},
            "codes": text, "runs": text,
        },
        Kind.SENTENCES: {"row": number | key, "vectors": text, _UNUSED: unused},
        Kind.NAMED: {
            "id": number | key, "key": name, "document": number, "first": number,
            "last": number, "is_mention": truth, _UNUSED: unused,
        },
    }  # fmt: skip
    for kind, columns in fields.items():
        _create(collections, kind, columns, vector_index)


def _create(
    collections: Collections, kind: Kind, columns: dict[str, dict[str, Any]], vector_index: str
) -> None:
    client = connect(collections.place)
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    indexes = client.prepare_index_params()
    for field, column in columns.items():
        schema.add_field(field, **column)
    if kind is Kind.PASSAGES:
        indexes.add_index("vector", metric_type="IP", **_DENSE[vector_index])
        indexes.add_index("words", metric_type="IP", index_type="SPARSE_INVERTED_INDEX")
        indexes.add_index("document", index_type="INVERTED")
    else:
        indexes.add_index(_UNUSED, metric_type="IP", index_type="FLAT")
    with milvus_errors(collections.place):
        client.create_collection(collections.name(kind), schema=schema)
        client.create_index(collections.name(kind), indexes, sync=False)  # nothing to wait for yet
        client.load_collection(collections.name(kind))
