"""What a worker does, on this machine or another: one task in, one outcome out, nothing kept."""

from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version as installed
from io import BytesIO
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE, Recogniser
from scenarios.schema import Form
from scoring.attempt import score_attempt
from scoring.hashes import scorer_hash
from scoring.rubric import Rubric
from scoring.transcript import Transcript
from trainer.bulk.task import BulkError, Done, Ears, Failed, Outcome, Task, Version
from trainer.practice.rejudging import Setting, judged

_one = Lock()
"""A cluster's worker may have several threads; neither recogniser nor patterns are made for that."""


def about() -> Version:
    """This side's program and scorer."""
    return Version(installed("rep-trainer"), scorer_hash())


def trouble_with(ears: Ears) -> str:
    """Why this machine can't hear with them; "" if it can (found out by looking at files only)."""
    from models.choose import describe  # noqa: PLC0415 - only where something is heard
    from trainer.paths import Paths  # noqa: PLC0415

    choice = describe(ears.engine, ears.model, Paths.of_user().models)
    return "" if choice.ready else choice.note


def work(task: Task) -> Outcome:
    """Scores an attempt anew, from its recordings where they came along."""
    try:
        with _one:
            return _done(task)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this task's alone, and told
        kind = "" if hasattr(error, "exit_code") else f"{type(error).__name__}: "
        return Failed(task.attempt_id, kind + " ".join(str(error).split()))


def _done(task: Task) -> Done:
    if task.version != (mine := about()):
        raise BulkError(differing(mine, task.version))
    by = _setting(task)
    transcripts: dict[str, Transcript] = {}
    said = list(task.said)
    for at, one in enumerate(said):
        if one.sound is not None and task.ears is not None:
            heard = _hear(one.sound, task.ears, task.hotwords)
            transcripts[one.reply_id] = heard
            said[at] = replace(one, transcript=heard)
    cards = {}
    for one in said:
        earlier = [other.transcript.text for other in said if other.position < one.position]
        cards[one.reply_id] = judged(one.transcript, one.turn, earlier, by)
    score = score_attempt(list(cards.values()), by.rubric, by.form.lines)
    return Done(task.attempt_id, score, cards, transcripts)


def differing(there: Version, here: Version) -> str:
    """What is not the same, and what to do."""
    if there.program != here.program:
        return f"rep-trainer {there.program} there, {here.program} here: install the same on both"
    return (
        f"another scorer there ({there.scorer[:8]}) than here ({here.scorer[:8]}): "
        "install the same rep-trainer on both"
    )


def _setting(task: Task) -> Setting:
    form, rubric = _form(task.form), _rubric(task.rubric)
    return Setting(form, rubric, task.scenario_hash, task.rubric_hash, task.hotwords)


@lru_cache(maxsize=64)
def _form(text: str) -> Form:
    return Form.model_validate_json(text)


@lru_cache(maxsize=64)
def _rubric(text: str) -> Rubric:
    return Rubric.model_validate_json(text)


def _hear(sound: bytes, ears: Ears, hotwords: tuple[str, ...]) -> Transcript:
    from trainer.hearing.reply import hear  # noqa: PLC0415 - the recogniser's libraries

    return hear(_samples(sound), _recogniser(ears), hotwords=hotwords)


@lru_cache(maxsize=1)
def _recogniser(ears: Ears) -> Recogniser:
    from models.choose import recogniser  # noqa: PLC0415
    from models.named import Named  # noqa: PLC0415
    from trainer.paths import Paths  # noqa: PLC0415

    found = recogniser(ears.engine, ears.model, Paths.of_user().models, window=ears.window)
    return Named(found, ears.names) if ears.names else found


def _samples(sound: bytes) -> NDArray[np.float32]:
    """A recording from memory: on somebody else's machine nothing of it is written to a disk."""
    import soundfile  # noqa: PLC0415

    from trainer.audio.resampling import Resampler  # noqa: PLC0415

    samples, rate = soundfile.read(BytesIO(sound), dtype="float32", always_2d=True)
    mono: NDArray[np.float32] = np.clip(samples.mean(axis=1, dtype=np.float32), -1.0, 1.0)
    return mono if rate == SAMPLE_RATE else Resampler(rate, SAMPLE_RATE, np.float32)(mono, last=True)
