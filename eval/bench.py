"""From a question set to a judged run.

question set ─▶ eval/exchange: question file, and a corpus if the set brings one ─▶ index
question file ─▶ eval/sets ─▶ eval/runs: a pipeline is asked ─▶ run.json, run.jsonl
run.jsonl ─▶ eval/measures: every answer judged ─▶ scores.json
scores.json ─▶ eval/reporting ─▶ summary.md, report.html
"""

from pathlib import Path

from eval.measures.run_judging import judge_run
from eval.records import Scores
from eval.reporting.html_report import write_report
from eval.reporting.run_summary import run_summary
from eval.runs.pipelines import Pipeline
from eval.runs.recording import describe_run, record_run
from eval.runs.run_folder import SUMMARY, load_info, save_scores
from eval.sets.questions import load_questions
from service.settings import Settings

INDEX = "index"
"""Folder in a run's own that holds the index of a set's documents."""


def bench(questions_path: Path, pipeline: Pipeline, folder: Path) -> Scores:
    """Ask a pipeline every question of a file, judge the answers, and write the whole run folder.

    Raises:
        EvalError: The questions cannot be read or asked, or the folder holds another run.
    """
    questions = load_questions(questions_path)
    info = describe_run(folder, questions_path, pipeline, n_questions=len(questions))
    rows = record_run(questions, pipeline, info, folder)
    scores = judge_run(questions, rows, pipeline.document, load_info(folder))
    save_scores(folder, scores)
    (folder / SUMMARY).write_text(run_summary(scores), encoding="utf-8")
    write_report(folder, questions_path)
    return scores


def build_index(corpus_dir: Path, folder: Path, settings: Settings) -> Path:
    """Index the documents that a set brought, in the run's folder; return the index's folder."""
    from indexer.build import build  # noqa: PLC0415 - only building needs torch, 5 s to load

    index_dir = folder / INDEX
    build(settings.model_copy(update={"corpus": corpus_dir, "index": index_dir}))
    return index_dir
