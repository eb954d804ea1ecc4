"""Requests are counted in memory, or for several processes in Redis."""

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.interfaces.middleware.request_rates import RequestRates, address_counted


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Debian's Redis on a free port."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server here; .ci/run installs it")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.02)
    yield f"redis://127.0.0.1:{port}", running
    running.terminate()
    running.wait()


def waits(rates: RequestRates, *names: str) -> list[bool]:
    async def count() -> list[bool]:
        counted = [await rates.wait_s(name) > 0 for name in names]
        await rates.close()
        return counted

    return asyncio.run(count())


def test_each_caller_is_counted_alone() -> None:
    rates = RequestRates("2/minute; 100/hour")

    assert waits(rates, "a", "a", "b", "a", "b") == [False, False, False, True, False]


def test_redis_counts_for_all_processes(redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    store, _ = redis
    one, other = (RequestRates("2/minute", store=store) for _ in range(2))

    assert waits(one, "a", "a") == [False, False]
    assert waits(other, "a", "b") == [True, False]


def test_where_redis_is_gone_each_process_counts_by_itself(
    redis: tuple[str, subprocess.Popen[bytes]],
) -> None:
    store, running = redis
    rates = RequestRates("2/minute", store=store)
    running.kill()
    running.wait()

    assert waits(rates, "a", "a", "a") == [False, False, True]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_the_addresses_of_one_customer_are_counted_together(address: str, counted: str) -> None:
    assert address_counted(address) == counted
