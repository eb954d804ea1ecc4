"""A small index whose sentences lean on each other, stand in lists and tables, and repeat."""

import pytest

from indexer.settings import IndexerSettings
from indexer.store.index import Index
from tests.conftest import index_of

GUIDE = """# Guide to arrival

The town of Ostra opened a welcome desk in 2018. It served 900 families in its first year. Some
families travelled for two days. However, the desk stayed closed on weekends.

Volunteers ran a helpline at night. A bus brought the children to school.

## What the desk offers

The desk offers four services:

- free language courses for adults,
- help with school enrolment,
- vouchers for local buses,
- housing.

| District | Families |
|---|---|
| North | 1,200 |
"""
COPY = """Ostra in the press

The town of Ostra opened its welcome desk in 2018. A paper of the capital wrote about the mayor.

They all came to the opening.

The town of Ostra opened its welcome desk in 2021.
"""


@pytest.fixture(scope="session")
def ostra(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a guide and of a press review that repeats one sentence of it."""
    reports = {"guide.md": GUIDE, "press.txt": COPY}
    return index_of(reports, _built, tmp_path_factory.mktemp("ostra"))
