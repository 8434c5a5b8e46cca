"""Speech to words with pocketsphinx and its own American English model: rough, but always there."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.activity import levelled
from models.errors import RecogniserError, command
from models.recogniser import SAMPLE_RATE, Cuts
from scoring.transcript import Word

_FRAMES = 100  # a second
_GOODBYE = 1.0  # seconds for the process to end by itself


class Sphinx:
    """The pocketsphinx engine. More than half the words of natural speech may be wrong: `rough`."""

    engine = "pocketsphinx"
    model = "en-us"
    rough = True
    drafts = False
    # 0.4 s of padding gave a point fewer word errors than 0.2 s, and 5 s a stretch half a point fewer than 3 s.
    cuts = Cuts(pause=0.4, padding=0.4, enough=5.0, longest=15.0)

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def warm_up(self) -> None:
        """Loads model and dictionary (0.5 s, 106 MB); RecogniserError where pocketsphinx is missing."""
        if self._process is None:
            if importlib.util.find_spec("pocketsphinx") is None:
                raise RecogniserError(
                    "pocketsphinx is not on this machine (there is no build of it for every processor). "
                    f"Fetch Whisper's weights instead: {command('models fetch base.en')}"
                )
            self._process = _started()
            weakref.finalize(self, _ended, self._process)
            self._answer()

    def words(
        self,
        samples: NDArray[np.float32],
        *,
        hotwords: Sequence[str] = (),  # noqa: ARG002  (its words are those of its dictionary)
        draft: bool = False,  # noqa: ARG002
    ) -> list[Word]:
        """The words of one stretch of speech; see `Recogniser`."""
        self.warm_up()
        sound = (levelled(samples) * 32767).astype("<i2").tobytes()
        return list(_said(self._answer(sound), len(samples) / SAMPLE_RATE))

    def _answer(self, sound: bytes = b"") -> list[Any]:
        process = self._process
        assert process and process.stdin and process.stdout  # noqa: S101 - made so when it was started
        try:
            if sound:
                process.stdin.write(len(sound).to_bytes(4, "little") + sound)
                process.stdin.flush()
            found: list[Any] = json.loads(process.stdout.readline())
        except (OSError, ValueError) as error:
            self._process = None
            _ended(process)
            raise RecogniserError(
                "pocketsphinx stopped before it was done. Try again; if it stops again, fetch Whisper's "
                f"weights: {command('models fetch base.en')}"
            ) from error
        return found


def _started() -> subprocess.Popen[bytes]:
    house = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "models.sphinx_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # or ctrl+c in the terminal would end it before the app is done with it
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:  # what it was to be told is of no use to a process that is gone
                continue
    try:
        process.wait(_GOODBYE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _said(segments: Sequence[Sequence[Any]], seconds: float) -> Iterator[Word]:
    for text, first, last, probability in segments:
        if not text.startswith(("<", "[")):  # silence and noise
            yield Word(
                re.sub(r"\(\d+\)$", "", text),  # "a(2)": another pronunciation
                first / _FRAMES,
                min((last + 1) / _FRAMES, seconds),
                min(1.0, probability),
            )
