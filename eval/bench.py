"""From a question set to a judged run, and from a run to the files of other tools.

set of any format ─▶ questions (and a corpus, indexed) ─▶ run ─▶ judge ─▶ scores.json, summary.md
"""

from pathlib import Path

from eval.errors import RunMismatchError, SetFormatError
from eval.exchange.beir import load_beir, load_folder, passage_texts, write_beir
from eval.exchange.public import CORPUS, PublicSet, write_set
from eval.exchange.squad import load_squad, write_squad
from eval.exchange.trec import load_trec, write_trec
from eval.measures.gold import locate_gold
from eval.measures.judging import judge, judge_question, ranking
from eval.records import RunInfo, Scores
from eval.reporting.summary import summary
from eval.runs.pipelines import InProcess, OverHttp, Pipeline
from eval.runs.recording import describe_run, run
from eval.runs.run_folder import SUMMARY, load_info, load_rows, save_scores
from eval.sets.questions import load_questions
from indexer.store.generations import open_index
from service.settings import Settings

FORMATS = ("cita", "squad", "beir", "trec")
EXPORTS = ("trec", "squad", "beir")

SET, INDEX = "set", "index"
"""Folders of a run on a public set: the set as Cita reads it, and its index."""


def bench(questions_path: Path, pipeline: Pipeline, folder: Path) -> Scores:
    """Ask a pipeline every question of a file, judge what it says, and write all of it.

    Raises:
        EvalError: The questions cannot be read or asked, or the folder holds another run.
    """
    questions = load_questions(questions_path)
    info = describe_run(folder, questions_path, pipeline, n_questions=len(questions))
    rows = run(questions, pipeline, info, folder)
    scores = judge(questions, rows, pipeline.document, load_info(folder))
    save_scores(folder, scores)
    (folder / SUMMARY).write_text(summary(scores), encoding="utf-8")
    return scores


def open_pipeline(
    index_dir: Path | None, url: str | None, settings: Settings
) -> InProcess | OverHttp:
    """Return a server's pipeline, or that of an index; by default of the one in the settings.

    Raises:
        AskError: The server cannot be reached.
        IndexerError: There is no index that can be used.
    """
    if url is not None:
        return OverHttp(url)
    return InProcess(open_index(index_dir or settings.index_dir), settings)


def reopen_pipeline(info: RunInfo, settings: Settings) -> InProcess | OverHttp:
    """Return the pipeline that a run asked.

    Raises:
        RunMismatchError: Its index has changed since.
    """
    if info.index_dir is None:
        pipeline = open_pipeline(None, info.pipeline, settings)
    else:
        pipeline = open_pipeline(Path(info.index_dir), None, settings)
    if pipeline.fingerprint != info.index_fingerprint:
        raise RunMismatchError(
            f"run {info.name} asked index {info.index_fingerprint[:12]}, but it is now "
            f"{pipeline.fingerprint[:12]}; run again under another --out"
        )
    return pipeline


def convert(path: Path, set_format: str, folder: Path) -> Path:
    """Turn a public set into a folder that Cita indexes; return its question file.

    Args:
        path: A SQuAD file, a BEIR folder, or a folder of ``corpus.jsonl`` and ``questions.jsonl``.
        set_format: ``"squad"``, ``"beir"`` or ``"cita"``.
        folder: Where ``corpus/`` and ``questions.jsonl`` go.

    Raises:
        SetFormatError: The set is not in that format, or brings no documents.
    """
    return write_set(_public_set(path, set_format), folder)


def prepare(path: Path, set_format: str, folder: Path) -> tuple[Path, Path | None]:
    """Return the question file of a set, and its corpus folder where it brings one.

    A question file of our own is itself. TREC topics are asked of an index that is there already.

    Args:
        path: The set.
        set_format: One of `FORMATS`.
        folder: Of the run; what is converted goes into its ``set/``.
    """
    if set_format == "cita" and path.is_file():
        return path, None
    if set_format == "trec":
        public = PublicSet((), load_trec(path))
        return write_set(public, folder / SET), None
    return convert(path, set_format, folder / SET), folder / SET / CORPUS


def export(folder: Path, export_format: str, out: Path, settings: Settings) -> None:
    """Write a run in the format of another tool: one of `EXPORTS`.

    Raises:
        RunFormatError: The run is not whole.
        RunMismatchError: Its index has changed since.
    """
    info = load_info(folder)
    pipeline = reopen_pipeline(info, settings)
    questions, rows = load_questions(Path(info.questions_path)), load_rows(folder)
    if export_format == "squad":
        write_squad(out, questions, rows, pipeline.document)
    elif export_format == "beir":
        gold = {
            one.qid: locate_gold(one, row.passages, pipeline.document)
            for one, row in zip(questions, rows, strict=True)
            if one.is_answerable
        }
        texts = passage_texts(pipeline.doc_ids, rows, pipeline.document)
        write_beir(out, questions, gold, texts)
    else:
        judged = [
            judge_question(one, row, pipeline.document, info)
            for one, row in zip(questions, rows, strict=True)
            if one.is_answerable
        ]
        ranked = {one.question.qid: ranking(one) for one in judged}
        write_trec(out, ranked, {one.question.qid: one.gold.qrels for one in judged})


def _public_set(path: Path, set_format: str) -> PublicSet:
    if set_format == "squad":
        return load_squad(path)
    if set_format == "beir":
        return load_beir(path)
    if set_format == "cita" and path.is_dir():
        return load_folder(path)
    raise SetFormatError(f"{path} in format {set_format!r} brings no documents to convert")
