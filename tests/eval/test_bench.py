from pathlib import Path

from eval.bench import bench
from eval.runs.pipeline_opening import open_pipeline
from eval.runs.run_folder import load_info, load_rows, load_scores
from service.settings import Settings


def test_a_run_leaves_rows_scores_a_summary_and_a_page(run_dir: Path) -> None:
    scores = load_scores(run_dir)

    assert scores.measures["exact"].mean == 1.0
    assert scores.measures["gold@1"].mean == 1.0
    assert scores.measures["verbatim"].mean == 1.0
    assert scores.run == load_info(run_dir)
    assert [row.qid for row in load_rows(run_dir)] == ["q1", "q2"]
    assert (run_dir / "summary.md").read_text().startswith("## first: 2 questions")
    assert (run_dir / "report.html").is_file()


def test_a_run_can_be_repeated_to_the_last_digit(
    settings: Settings, questions: Path, run_dir: Path, tmp_path: Path
) -> None:
    bench(questions, open_pipeline(settings.index_dir, None, settings), tmp_path / "again")

    first, again = load_scores(run_dir), load_scores(tmp_path / "again")

    assert first.questions == again.questions
    assert {k: v for k, v in first.measures.items() if not k.endswith(" ms")} == {
        k: v for k, v in again.measures.items() if not k.endswith(" ms")
    }
