"""Only what Slack signed just now is accepted, once; nothing that is sent in its place crashes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.interfaces.chat.slack.signature import WINDOW_S, SignatureCheck
from tests.service.interfaces.workplaces import SIGNING_SECRET, signed

BODY = b"command=%2Fcita&text=How+does+Chile+help+migrants+rent%3F"


def accepts(check: SignatureCheck, body: bytes, headers: dict[str, str]) -> bool:
    return check.accepts(body, {name.lower(): value for name, value in headers.items()})


def test_what_slack_signs_is_accepted_once() -> None:
    check, headers = SignatureCheck(SIGNING_SECRET), signed(BODY)

    assert accepts(check, BODY, headers)
    assert not accepts(check, BODY, headers)


@pytest.mark.parametrize("seconds", [-WINDOW_S - 5, WINDOW_S + 5, -(10**9)])
def test_another_time_is_refused(seconds: int) -> None:
    headers = signed(BODY, at=time.time() + seconds)

    assert not accepts(SignatureCheck(SIGNING_SECRET), BODY, headers)


def test_another_secret_is_refused() -> None:
    headers = signed(BODY, secret="of somebody else")  # noqa: S106

    assert not accepts(SignatureCheck(SIGNING_SECRET), BODY, headers)


@given(st.binary(max_size=40))
def test_another_body_is_refused(body: bytes) -> None:
    assert not accepts(SignatureCheck(SIGNING_SECRET), body, signed(BODY))


@given(
    st.one_of(st.text(max_size=20), st.integers().map(str), st.from_regex(r"\d[\d_ .e]*")),
    st.one_of(st.text(max_size=80), st.from_regex(r"v0=[0-9a-f]{60,70}")),
    st.binary(max_size=20),
)
def test_whatever_is_sent_is_refused_and_does_not_crash(
    timestamp: str, signature: str, body: bytes
) -> None:
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}

    assert not accepts(SignatureCheck(SIGNING_SECRET), body, headers)


@given(st.text(alphabet="0123456789_ +-.e\u0663", max_size=12).filter(lambda t: not t.isascii()))
def test_figures_of_other_scripts_are_no_time(timestamp: str) -> None:
    headers = {**signed(BODY), "X-Slack-Request-Timestamp": timestamp}

    assert not accepts(SignatureCheck(SIGNING_SECRET), BODY, headers)


@given(st.binary(max_size=20))
def test_a_body_that_is_not_text_does_not_crash(body: bytes) -> None:
    check = SignatureCheck(SIGNING_SECRET)

    assert accepts(check, body, signed(body)) in {True, False}
