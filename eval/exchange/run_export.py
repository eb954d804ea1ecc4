"""A run → the files of other tools."""

from collections.abc import Sequence
from pathlib import Path

from eval.exchange.beir import passage_texts, write_beir
from eval.exchange.squad import write_squad
from eval.exchange.trec import write_trec
from eval.measures.gold import locate_gold
from eval.measures.question_judging import judge_question
from eval.measures.ranking_measures import ranking
from eval.records import JudgedQuestion, RunInfo, RunRow
from eval.runs.pipeline_opening import reopen_pipeline
from eval.runs.pipelines import InProcess, OverHttp
from eval.runs.run_folder import load_info, load_rows
from eval.sets.questions import load_questions
from service.settings import Settings

EXPORTS = ("trec", "squad", "beir")


def export_run(folder: Path, export_format: str, out: Path, settings: Settings) -> None:
    """Write a run in the format of another tool: one of `EXPORTS`.

    Raises:
        RunFormatError: The run is not whole.
        RunMismatchError: Its index has changed since.
    """
    info = load_info(folder)
    pipeline = reopen_pipeline(info, settings)
    questions, rows = load_questions(Path(info.questions_path)), load_rows(folder)
    answerable = [
        (question, row)
        for question, row in zip(questions, rows, strict=True)
        if question.is_answerable
    ]
    if export_format == "squad":
        write_squad(out, questions, rows, pipeline.document)
    elif export_format == "beir":
        gold = {
            question.qid: locate_gold(question, row.passages, pipeline.document)
            for question, row in answerable
        }
        write_beir(out, questions, gold, passage_texts(pipeline.doc_ids, rows, pipeline.document))
    else:
        _export_trec(out, answerable, pipeline, info)


def _export_trec(
    out: Path,
    answerable: Sequence[tuple[JudgedQuestion, RunRow]],
    pipeline: InProcess | OverHttp,
    info: RunInfo,
) -> None:
    judged = {
        question.qid: judge_question(question, row, pipeline.document, info)
        for question, row in answerable
    }
    run = {qid: ranking(judgement) for qid, judgement in judged.items()}
    write_trec(out, run, {qid: judgement.gold.qrels for qid, judgement in judged.items()})
