"""A key is random, told once, and kept as its hash."""

from datetime import UTC, datetime, timedelta

import pytest

from service.access.keys import ApiKey, Scope, digest_of, is_label, matching_key, new_secret

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def key(secret: str, label: str = "lab", **fields: datetime) -> ApiKey:
    return ApiKey(label, frozenset({Scope.ASK}), digest_of(secret), NOW, **fields)


def test_a_key_is_long_and_no_two_are_alike() -> None:
    secrets = {new_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert min(map(len, secrets)) >= len("cita_") + 43  # 256 bits in base 64


def test_the_key_that_matches_is_found_among_others() -> None:
    keys = (key("one", "first"), key("two", "second"), key("three", "third"))

    match = matching_key("two", keys, now=NOW)

    assert match is not None
    assert match.label == "second"
    assert matching_key("four", keys, now=NOW) is None
    assert matching_key("tw", keys, now=NOW) is None


def test_every_key_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def compare(ours: str, theirs: str) -> bool:
        compared.append(ours)
        return ours == theirs

    monkeypatch.setattr("hmac.compare_digest", compare)
    keys = (key("one"), key("two"), key("three"))

    matching_key("one", keys, now=NOW)

    assert compared == [entry.sha256 for entry in keys]


def test_an_expired_key_opens_nothing() -> None:
    keys = (key("one", expires_at=NOW + timedelta(hours=1)),)

    assert matching_key("one", keys, now=NOW) is not None
    assert matching_key("one", keys, now=NOW + timedelta(hours=1)) is None


@pytest.mark.parametrize("label", ["", "two words", "a\nb", "-x", "x" * 41, "é"])
def test_a_label_is_safe_to_log(label: str) -> None:
    assert not is_label(label)
    assert is_label("intranet-2.portal_a")
