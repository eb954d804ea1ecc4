"""The index in Milvus: opened for reading; `indexer.store.writing` makes its generations."""
