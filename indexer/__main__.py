"""Build and look after an index: `python -m indexer --help` lists the commands."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.errors import IndexerError
from indexer.index_place import index_argument
from indexer.settings import IndexerSettings
from indexer.worker_place import LOCAL, parse_worker_place

_FIELDS = {
    "title": "its title",
    "subtitle": "its subtitle",
    "publisher": "who published it; semicolons between several",
    "year": "year of publication",
    "language": "two-letter code of its language",
    "kind": "guide, report, law …",
    "licence": "its licence",
    "url": "where it was published",
    "identifier": "ISBN, DOI or document symbol",
}
_LISTS = {
    "authors": ("author", "an author"),
    "countries": ("country", "ISO 3166-1 alpha-2 code of a country that it is about"),
    "themes": ("theme", "a theme of corpus/README.md"),
    "supersedes": ("supersedes", "file or id of an edition that it replaces"),
}
_RELEASE = "`python -m indexer build --release` builds from the reports again"
_OK, _INCOMPLETE, _ERROR = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for done, 1 for done with something amiss, 2 for an error."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = IndexerSettings.from_environ(os.environ)
        if getattr(parsed, "corpus", None) is not None:
            settings = settings.model_copy(update={"corpus": parsed.corpus})
        if getattr(parsed, "index", None) is not None:
            settings = settings.model_copy(update={"index": parsed.index})
        command: Callable[[argparse.Namespace, IndexerSettings], int] = parsed.command
        return command(parsed, settings)
    except (IndexerError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return _ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indexer", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    places = argparse.ArgumentParser(add_help=False)
    places.add_argument("--corpus", type=Path, help="folder of reports (CITA_CORPUS)")
    places.add_argument(
        "--index", type=index_argument, help="folder of the index, or milvus:URI (CITA_INDEX)"
    )

    def command(
        name: str, run: Callable[[argparse.Namespace, IndexerSettings], int], text: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[places], help=text, description=text)
        sub.set_defaults(command=run)
        return sub

    build = command("build", _build, "extract what is new or changed and write a new generation")
    _add_build_arguments(build)
    add = command("add", _add, "file reports in the corpus folder, with their catalogue rows")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="report to add")
    for field, text in _FIELDS.items():
        add.add_argument(f"--{field}", help=text)
    for field, (name, text) in _LISTS.items():
        add.add_argument(f"--{name}", dest=field, action="append", help=f"{text}; may be repeated")
    remove = command("remove", _remove, "take reports out of the corpus folder and the index")
    remove.add_argument("documents", nargs="+", metavar="DOCUMENT", help="document id or file")
    remove.add_argument(
        "--purge", action="store_true", help="also drop the earlier generations that hold them"
    )
    command("verify", _verify, "recompute every checksum of the current generation")
    command("inspect", _inspect, "show the passages of one document").add_argument(
        "document", metavar="DOCUMENT", help="document id"
    )
    command("report", _report, "say what the index holds, and what could not be read").add_argument(
        "--json", action="store_true", help="the manifest itself"
    )
    for name, run, text in (
        ("backup", _backup, "write corpus, index and state into one file"),
        ("restore", _restore, "put back corpus, index and state from a backup"),
    ):
        command(name, run, text).add_argument(
            "file", type=Path, metavar="FILE", help="tar file of the backup"
        )
    command("rollback", _rollback, "make the generation before this one current again")
    return parser


def _add_build_arguments(build: argparse.ArgumentParser) -> None:
    build.add_argument(
        "--strict", action="store_true", help="exit with 1 if a file could not be read"
    )
    build.add_argument(
        "--release", action="store_true", help="build again although a rollback holds the index"
    )
    build.add_argument(
        "--from",
        dest="source",
        type=index_argument,
        metavar="INDEX",
        help="another index, from which unchanged reports are taken with their vectors",
    )
    build.add_argument(
        "--workers",
        type=parse_worker_place,
        default=LOCAL,
        metavar="WHERE",
        help="who extracts and embeds: local, ray for workers of this machine, or ray:ADDRESS",
    )
    build.add_argument("--quiet", action="store_true", help="draw no progress bars")


def _build(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.build import build  # noqa: PLC0415  (imports what the other commands do without)
    from indexer.store.summary import summary  # noqa: PLC0415

    is_shown = not parsed.quiet and sys.stderr.isatty()
    result = build(
        settings,
        show_progress=is_shown,
        release_held=parsed.release,
        source=parsed.source,
        workers=parsed.workers,
    )
    if result.is_held:
        print(f"{result.generation} is held since the rollback: nothing was built. {_RELEASE}")
        return _OK
    print(summary(result.manifest, place=str(settings.index_place), is_new=result.is_new))
    return _INCOMPLETE if parsed.strict and result.manifest.unread else _OK


def _add(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.corpus.addition import add_report  # noqa: PLC0415
    from indexer.extraction.sandbox import Bounds  # noqa: PLC0415

    options = {field: getattr(parsed, field) for field in (*_FIELDS, *_LISTS)}
    fields = {field: value for field, value in options.items() if value is not None}
    for path in parsed.files:
        added = add_report(path, settings.corpus, fields=fields, bounds=Bounds.of(settings))
        print(f"{path} filed as {added.file}")
        for field, value in added.guessed.items():
            print(f"  guessed {field}: {value!r}; mend it in catalogue.toml if it is wrong")
    print("`python -m indexer build` brings the index up to date")
    return _OK


def _remove(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.corpus.removal import remove  # noqa: PLC0415
    from indexer.store.generations import store_at  # noqa: PLC0415

    removed = remove(settings.corpus, store_at(settings.index_place).open(), parsed.documents)
    for file, aside in removed:
        print(f"{file} moved to {aside}; move it back to have it again")
    status = _build(_parser().parse_args(["build", "--quiet", "--release"]), settings)
    if parsed.purge:
        from indexer.store.writing.generation_writer import writer_at  # noqa: PLC0415

        writer = writer_at(settings.index_place)
        with writer.locked():
            writer.prune(keep=1)
    return status


def _verify(_: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.store.generations import store_at  # noqa: PLC0415

    index = store_at(settings.index_place).open()
    n_files = len(index.manifest.files)
    print(f"{index.place}, generation {index.generation}: {n_files} files fit their checksums")
    return _OK


def _inspect(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.store.generations import store_at  # noqa: PLC0415
    from indexer.store.summary import passages_of  # noqa: PLC0415

    print(passages_of(store_at(settings.index_place).open(), parsed.document))
    return _OK


def _report(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.store.generations import store_at  # noqa: PLC0415
    from indexer.store.summary import full_summary  # noqa: PLC0415

    index = store_at(settings.index_place).open(verify=False)
    print(index.manifest.to_json() if parsed.json else full_summary(index))
    return _OK


def _rollback(_: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.store.writing.generation_writer import writer_at  # noqa: PLC0415

    writer = writer_at(settings.index_place)
    with writer.locked():
        name = writer.rollback()
    print(f"current is now {name}, which is held: builds do nothing. {_RELEASE}")
    return _OK


def _backup(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.backup import back_up  # noqa: PLC0415

    summary = back_up(settings, parsed.file)
    print(f"{parsed.file}: {summary.n_files} files, index {summary.generation}")
    return _OK


def _restore(parsed: argparse.Namespace, settings: IndexerSettings) -> int:
    from indexer.backup import restore  # noqa: PLC0415

    summary = restore(settings, parsed.file)
    print(f"restored {summary.n_files} files of {summary.made_at}, index {summary.generation}")
    return _OK


if __name__ == "__main__":
    sys.exit(main())
