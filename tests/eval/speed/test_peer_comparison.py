import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.records import GoldSpan, JudgedQuestion
from eval.speed import peer_comparison
from eval.speed.peer_comparison import PEERS, Worth, environments, helps, judge
from tests.conftest import ROOT

TEXTS = {
    "a:0-9": "Cairo gives 450 families a voucher.",
    "b:0-9": "Lima counted its newcomers.",
}
QUESTIONS = [
    JudgedQuestion(
        qid="q1",
        text="How many families get a voucher?",
        language="en",
        is_answerable=True,
        gold=(GoldSpan("a", quote="Cairo gives 450 families a voucher."),),
        answer_strings=("450",),
    ),
    JudgedQuestion(qid="q2", text="Who won the cup?", language="en", is_answerable=False),
]


@pytest.mark.parametrize(
    ("ranking", "quotes", "expected"),
    [
        pytest.param(["a:0-9"], ["It gives 450."], Worth(1.0, 1.0, 1.0), id="found and quoted"),
        pytest.param(["b:0-9"], ["Lima."], Worth(0.0, 0.0, 0.0), id="neither"),
        pytest.param(["b:0-9", "a:0-9"], ["Lima.", "450"], Worth(1.0, 0.0, 1.0), id="second"),
        pytest.param(["b:0-9"] * 5 + ["a:0-9"], [], Worth(0.0, 0.0, 0.0), id="sixth"),
    ],
)
def test_peers_are_judged_on_answerable_questions(
    ranking: list[str], quotes: list[str], expected: Worth
) -> None:
    assert judge([ranking, []], [quotes, []], QUESTIONS, TEXTS) == expected


def test_a_peer_that_quotes_nothing_is_judged_by_its_ranking_alone() -> None:
    assert judge([["a:0-9"], []], None, QUESTIONS, TEXTS) == Worth(1.0, None, None)


def test_most_of_a_gold_quote_helps_without_its_answer_string() -> None:
    assert helps(QUESTIONS[0], "Cairo gives families a voucher.")
    assert not helps(QUESTIONS[0], "Lima gives a voucher.")


def test_every_peer_has_a_script_and_an_environment_that_is_installed() -> None:
    folder = Path(peer_comparison.__file__).parent / "peers"

    assert {path.name for path in folder.glob("*_peer.py")} == {
        f"{name}_peer.py" for name in (*PEERS, "cita")
    }
    assert {path.name for path in folder.glob("requirements-*.txt")} == {
        f"requirements-{place}.txt" for place in PEERS.values()
    }
    assert environments(Path("x"))["txtai"] == Path("x/common/bin/python")


def test_the_harness_writes_down_what_a_peer_finds(tmp_path: Path) -> None:
    passages, questions, out = tmp_path / "passages.jsonl", tmp_path / "q.json", tmp_path / "o.json"
    passage = {"passage_id": "a:0-9", "text": "x", "embedded": "t: x", "sentences": ["x"]}
    passages.write_text(json.dumps(passage) + "\n")
    questions.write_text(json.dumps(["Who?"]))
    peer = (
        "import harness\n"
        "class Peer:\n"
        "    def index(self, passages): self.ids = [p.passage_id for p in passages]\n"
        "    def search(self, question): return self.ids\n"
        "    def answer(self, question): return [question]\n"
        "harness.run(Peer(), 'pip')\n"
    )

    subprocess.run(
        [sys.executable, "-c", peer, passages, questions, out],
        env={"PYTHONPATH": str(ROOT / "eval" / "speed" / "peers")},
        check=True,
    )

    measured = peer_comparison.Measured(**json.loads(out.read_text()))
    assert measured.rankings == [["a:0-9"]]
    assert measured.answers == [["Who?"]]
    assert len(measured.search_ms) == len(measured.answer_ms) == 1
