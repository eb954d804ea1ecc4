"""`index/` on disk, opened for reading; `writing` makes its generations."""
