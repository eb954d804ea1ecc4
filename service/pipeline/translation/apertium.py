"""One direction of Apertium, kept running: a row of child processes, each piped into the next.

    question ─▶ lt-proc ─▶ apertium-tagger ─▶ … ─▶ lt-proc ─▶ translation

Started with ``-z`` every stage flushes what it has at a NUL, so that a text with a NUL behind it
gives a translation with a NUL behind it: about 2 ms, where new processes take 150. The stages end
by themselves when the first one's input closes, so none outlives the service, however that ends.

Source:
    Forcada et al. (2011), Apertium: a free/open-source platform for rule-based machine
    translation, doi:10.1007/s10590-011-9090-0; null flush as in https://wiki.apertium.org/wiki/Apy.
"""

import contextlib
import os
import re
import selectors
import shlex
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

MODES_DIR = Path("/usr/share/apertium/modes")
"""Where Debian's packages describe the directions, one shell pipeline a file."""

TIMEOUT_S = 2.0
START_TIMEOUT_S = 20.0
"""Time for new processes to load their dictionaries: usually a third of a second, more while a
service starts."""

_HIDE_MARKS = "-n"
"""Option that drops the ``*`` before unknown words."""

_MARK = re.compile(r"(?<!\w)[*@#](?=[^\W\d_])")
_RESERVED = re.compile(r"[\^$/\[\]{}<>@\\]")
"""Reserved in the format between the stages; escaped by a backslash."""

_END = " .[][{number}]"
_ENDED = re.compile(rb" ?(?:\.|\^\./\.<sent>\$)\[\]\[(\d+)\]$")
"""The full stop tells the tagger that the sentence is over; it stands apart, or a last word that is
an abbreviation, too, would take it ("mar." is March). Brackets hold what is not text, which
every stage passes on: in the second the number of the question, to know its answer by. The first
stage alone calls the full stop a sentence's end."""

_END_OF_READINGS = " ^./.<sent>$[][{number}]"
"""The same between the first stage and the second."""

_JOINT = " . xqzqbreakqzqx . "
_BREAK = re.compile(r"(?: ?\. ?)?xqzqbreakqzqx(?: ?\.)?", re.IGNORECASE)
"""A made-up word between texts that are translated together; no dictionary knows it."""

_MAX_GROUP_CHARS = 4000
"""Few enough to be answered in time."""

_MAX_BYTES = 32_768
"""Half of what a Linux pipe holds."""

Stages = tuple[tuple[str, ...], ...]


class ApertiumError(Exception):
    """A text could not be translated: the processes ended, or took too long."""


class Apertium:
    """Translates in one direction; safe to use from several threads.

    The processes start with the first text, and again after any failure.
    """

    def __init__(
        self,
        stages: Stages,
        *,
        timeout_s: float = TIMEOUT_S,
        start_timeout_s: float = START_TIMEOUT_S,
        takes_readings: bool = False,
        gives_readings: bool = False,
    ) -> None:
        """Take what `find_stages` found, or a part of it.

        Args:
            stages: The command of each process, first to last.
            timeout_s: Seconds that one text may take, waiting for others included.
            start_timeout_s: Seconds for which new processes are not given up, however late.
            takes_readings: Whether the first of them takes what the dictionary gives, not a text.
            gives_readings: Whether what the last of them gives is no text yet.
        """
        self._stages = stages
        self._takes_readings = takes_readings
        self._gives_readings = gives_readings
        self._timeout_s = timeout_s
        self._start_timeout_s = start_timeout_s
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._started = 0.0
        self._n_sent = 0

    def start(self) -> None:
        """Start the processes and wait until they answer, or are given up."""
        with contextlib.suppress(ApertiumError):
            self._answer("", self._start_timeout_s)

    def translate(self, text: str) -> str:
        """Return ``text`` in the other language; unknown words stay as they are.

        Raises:
            ApertiumError: It took too long, twice ended without an answer, or is too long.
        """
        return self._answer(text, self._timeout_s)

    def translate_all(self, texts: Sequence[str]) -> list[str]:
        """Return ``texts`` in the other language: so many at a time that no pipe is full.

        Raises:
            ApertiumError: As for `translate`.
        """
        translated: list[str] = []
        group: list[str] = []
        for text in texts:
            plain = _BREAK.sub(" ", text)
            if group and sum(map(len, group)) + len(plain) > _MAX_GROUP_CHARS:
                translated += self._translate_group(group)
                group = []
            group.append(plain)
        return translated + (self._translate_group(group) if group else [])

    def _translate_group(self, texts: list[str]) -> list[str]:
        """Translate several texts in one go, a mark between them, or one by one if it is lost."""
        parts = _BREAK.split(self.translate(_JOINT.join(texts)))
        if len(parts) == len(texts):
            return [part.strip() for part in parts]
        return [self.translate(text) for text in texts]

    def stop(self) -> None:
        """End the processes; a later text starts them again."""
        with self._lock:
            self._kill()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """Ids of the processes, first to last; none before the first text."""
        return tuple(process.pid for process in self._processes)

    def _answer(self, text: str, timeout_s: float) -> str:
        message = (text if self._takes_readings else _escaped(text)).encode()
        if len(message) > _MAX_BYTES:
            raise ApertiumError(
                f"a text of {len(message)} bytes; at most {_MAX_BYTES} are translated"
            )
        deadline = time.monotonic() + timeout_s
        if not self._lock.acquire(timeout=timeout_s):
            raise ApertiumError(f"others took more than {timeout_s} s")
        try:
            answer = self._exchange_or_restart(message, deadline)
            return answer if self._gives_readings else _unescaped(answer)
        except TimeoutError as error:
            raise ApertiumError(f"no translation within {timeout_s} s") from error
        except OSError as error:
            raise ApertiumError("its processes end at once") from error
        finally:
            self._lock.release()

    def _exchange_or_restart(self, message: bytes, deadline: float) -> str:
        """Exchange, and once more with new processes where the old ones have ended."""
        was_running = bool(self._processes)
        try:
            return self._exchange(message, deadline)
        except TimeoutError:
            raise
        except OSError:
            if not was_running:
                raise
        return self._exchange(message, deadline)

    def _exchange(self, message: bytes, deadline: float) -> str:
        """Send one text and return its translation; after an error no process is left.

        New processes that are late stay: they are still reading their dictionaries, and their
        late answer to this text is skipped by the next one.
        """
        try:
            if not self._processes:
                self._start()
            self._n_sent += 1
            end = _END_OF_READINGS if self._takes_readings else _END
            self._send(message + end.format(number=self._n_sent).encode() + b"\0")
            return self._receive(self._n_sent, deadline)
        except OSError as error:
            age_s = time.monotonic() - self._started
            if not isinstance(error, TimeoutError) or age_s > self._start_timeout_s:
                self._kill()
            raise

    def _send(self, message: bytes) -> None:
        pipe = _pipe(self._processes[0].stdin).fileno()
        if os.write(pipe, message) < len(message):
            raise BrokenPipeError  # full of texts that nobody reads

    def _receive(self, number: int, deadline: float) -> str:
        """Return the answer to the text that was sent with ``number``.

        Raises:
            TimeoutError: It had not come by ``deadline`` of the monotonic clock.
            BrokenPipeError: A process has ended; the next ones say so by a NUL without a number.
        """
        pipe = _pipe(self._processes[-1].stdout).fileno()
        while True:
            answer = _read_to_nul(pipe, deadline)
            end = _ENDED.search(answer)
            if not end:
                raise BrokenPipeError
            if int(end[1]) == number:
                return answer[: end.start()].decode()

    def _start(self) -> None:
        self._started = time.monotonic()
        output: IO[bytes] | None = None
        for command in self._stages:
            process = subprocess.Popen(  # noqa: S603 - the commands of Debian's own mode files
                command,
                stdin=output or subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                process_group=0,  # Ctrl-C is for the service, which still answers while it stops
            )
            if output:
                output.close()  # the child has it now; kept open here, it would never end
            output = process.stdout
            self._processes.append(process)
        os.set_blocking(_pipe(self._processes[0].stdin).fileno(), False)

    def _kill(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()
        self._processes = []


def installed(
    names: Iterable[str], *, modes_dir: Path, search_path: str | None
) -> dict[str, Stages]:
    """Return the commands of those directions that are installed, by name.

    Args:
        names: Directions, as `find_stages` takes them.
        modes_dir: Folder of Apertium's mode files.
        search_path: Folders of its programs, as in ``PATH``; ``None`` for the process's own.
    """
    found = {
        name: find_stages(name, modes_dir=modes_dir, search_path=search_path) for name in names
    }
    return {name: commands for name, commands in found.items() if commands}


def find_stages(
    direction: str, *, modes_dir: Path = MODES_DIR, search_path: str | None = None
) -> Stages | None:
    """Return the commands of a direction such as ``spa-eng``, or ``None`` if it is not installed.

    Args:
        direction: Name of its mode file.
        modes_dir: Folder of the mode files.
        search_path: Folders of the programs, as in ``PATH``; ``None`` for the process's own.
    """
    mode = modes_dir / f"{direction}.mode"
    if not mode.is_file():
        return None
    stages = []
    for stage in mode.read_text(encoding="utf-8").split("|"):
        name, *arguments = shlex.split(stage)
        program = shutil.which(name, path=search_path)
        if program is None:
            return None
        filled = [
            _HIDE_MARKS if argument == "$1" else argument
            for argument in arguments
            if argument != "$2"
        ]
        stages.append((program, "-z", *filled))
    return tuple(stages)


def _escaped(text: str) -> str:
    plain = " ".join(text.replace("\0", " ").split())
    return _RESERVED.sub(r"\\\g<0>", plain)


def _unescaped(text: str) -> str:
    return _MARK.sub("", re.sub(r"\\(.)", r"\1", text))


def _read_to_nul(pipe: int, deadline: float) -> bytes:
    """Return what comes before the next NUL; of several answers after a delay, the last.

    Raises:
        TimeoutError: It had not come by ``deadline`` of the monotonic clock.
        BrokenPipeError: The pipe was closed at the other end.
    """
    read = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while not read.endswith(b"\0"):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            piece = os.read(pipe, 65_536)
            if not piece:
                raise BrokenPipeError
            read += piece
    return read.split(b"\0")[-2]


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise BrokenPipeError
    return pipe
