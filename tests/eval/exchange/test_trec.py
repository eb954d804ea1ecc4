from pathlib import Path

import ir_measures
import pytest
import pytrec_eval
from ir_measures import AP, RR, R, nDCG

from eval.errors import SetFormatError
from eval.exchange.trec import load_qrels, load_trec, write_trec
from eval.records import GoldSpan
from tests.eval.run_samples import load_trec_run

RUN = {"q1": {"alta:0-41": 3.0, "alta:42-73": 2.0, "bassa:0-40": 1.0}, "q2": {"bassa:0-40": 1.0}}
QRELS = {"q1": {"alta:42-73": 1, "unknown:1": 1}, "q2": {"bassa:0-40": 1}}


def test_what_is_written_is_what_trec_eval_reads(tmp_path: Path) -> None:
    write_trec(tmp_path, RUN, QRELS)

    assert (tmp_path / "run.txt").read_text().splitlines()[:2] == [
        "q1 Q0 alta:0-41 1 3 cita",
        "q1 Q0 alta:42-73 2 2 cita",
    ]
    assert (tmp_path / "qrels.txt").read_text().splitlines()[1] == "q1 0 unknown:1 1"
    assert load_trec_run(tmp_path / "run.txt") == RUN
    assert load_qrels(tmp_path / "qrels.txt") == QRELS


def test_ir_measures_and_trec_eval_agree_on_the_files(tmp_path: Path) -> None:
    write_trec(tmp_path, RUN, QRELS)
    run, qrels = load_trec_run(tmp_path / "run.txt"), load_qrels(tmp_path / "qrels.txt")

    ours = ir_measures.calc_aggregate([nDCG @ 10, RR, R @ 5, AP], qrels, run)
    theirs = pytrec_eval.RelevanceEvaluator(
        qrels, {"ndcg_cut.10", "recip_rank", "recall.5", "map"}
    ).evaluate(run)

    names = {nDCG @ 10: "ndcg_cut_10", RR: "recip_rank", R @ 5: "recall_5", AP: "map"}
    for measure, name in names.items():
        assert ours[measure] == pytest.approx(sum(one[name] for one in theirs.values()) / 2)
    assert theirs["q1"]["recall_5"] == 0.5


def test_topics_with_relevant_documents_become_questions(tmp_path: Path) -> None:
    (tmp_path / "qrels.txt").write_text("q1 0 alta 1\nq1 0 bassa 0\nq2 0 bassa 0\n")
    (tmp_path / "topics.tsv").write_text("q1\tHow long? \nq2\tNobody knows?\nq3\tNot judged?\n")

    (question,) = load_trec(tmp_path)

    assert (question.qid, question.text, question.is_answerable) == ("q1", "How long?", True)
    assert question.gold == (GoldSpan("alta", is_alternative=True),)


@pytest.mark.parametrize(
    ("topics", "qrels", "told"),
    [
        pytest.param("q1 How long?", "q1 0 alta 1\n", "want a number, a tab", id="no tab"),
        pytest.param(None, "q1 0 alta 1\n", r"there is no .*topics\.tsv", id="no topics"),
        pytest.param("q1\tHow?", "q1 alta\n", "holds no TREC qrels", id="no qrels"),
    ],
)
def test_another_folder_is_refused(
    tmp_path: Path, topics: str | None, qrels: str, told: str
) -> None:
    (tmp_path / "qrels.txt").write_text(qrels)
    if topics is not None:
        (tmp_path / "topics.tsv").write_text(topics)

    with pytest.raises(SetFormatError, match=told):
        load_trec(tmp_path)
