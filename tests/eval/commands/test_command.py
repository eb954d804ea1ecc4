import pytest

from eval.__main__ import main


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["compare", "a", "b", "--fail-below", "x"], "could not convert", id="limit"),
        pytest.param(["gate", "--fail-below=-1"], "a drop of at least 0", id="negative"),
        pytest.param(
            ["tune", "--questions", "a", "--holdout", "b", "--out", "c", "--grid", "port=1"],
            "'port' cannot be tuned; known are dense, lexical",
            id="grid",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)

    assert message in capsys.readouterr().err
