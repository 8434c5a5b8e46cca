"""What `trainer doctor` measures: how fast this machine hears, and what its microphone gives."""

import math
import os
from typing import TYPE_CHECKING

from trainer.commands.checks import Check
from trainer.config import Config
from trainer.errors import command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.speed import Speed
    from trainer.audio.portaudio import OpenMicrophone
    from trainer.audio.trial import Trial
    from trainer.paths import Paths

QUIET_SECONDS = 1.5
SPOKEN_SECONDS = 4.0
SENTENCE = "Thanks for taking the time today. What made you look for something new, and why now?"


def speed(paths: "Paths", config: Config) -> Check:
    """Which models keep up with speech here; takes some eight seconds."""
    from models.choose import describe
    from models.recogniser import RecogniserError
    from models.speed import recommended, speeds
    from scenarios.demo import demo
    from trainer.audio.reading import read

    speech = read(demo().replies[0]).samples
    try:
        found = speeds(paths.models, speech, window=config.window)
    except RecogniserError as error:
        return Check("speed", False, str(error))
    choice, best = describe(config.engine, config.model, paths.models), recommended(found)
    used = next((one for one in found if one.model == choice.model and one.installed), None)
    ok, what, mend = _verdict(used, best, found)
    return Check(
        "speed",
        ok,
        what,
        " ".join(filter(None, (mend, _busy()))),
        figures={
            "recommended": best.model if best else None,
            "models": [_figures(one) for one in found],
        },
        table=tuple(_table(found)),
    )


def microphone(
    config: Config, *, ask: "Callable[[str], object] | None", opener: "OpenMicrophone | None" = None
) -> Check:
    """What the microphone gives in a quiet moment and, where there is somebody to `ask`, for a sentence."""
    from trainer.audio.errors import AudioDeviceError
    from trainer.audio.portaudio import open_microphone
    from trainer.audio.trial import judged, listen

    opener = opener or open_microphone
    try:
        if ask:
            ask(f"Listening to the room for {QUIET_SECONDS:g} seconds; please don't speak …")
        quiet = listen(config.microphone, QUIET_SECONDS, opener=opener)
        spoken = None
        if ask:
            ask(f"Now read this aloud, as you would on a call:\n    {SENTENCE}")
            spoken = listen(config.microphone, SPOKEN_SECONDS, opener=opener)
    except AudioDeviceError as error:
        return Check("levels", False, str(error))
    trial = judged(quiet, spoken)
    return Check("levels", trial.good or None, trial.message, trial.mend, figures=_levels(trial))


def _verdict(
    used: "Speed | None", best: "Speed | None", found: "Sequence[Speed]"
) -> tuple[bool | None, str, str]:
    if best is None:
        what = "No model keeps up with speech here: words come after a reply"
        return None, what, f"{found[0].model} is the quickest."
    if used is None:
        return None, f"{best.model} is the largest model that keeps up with speech here", _get(best)
    if not used.keeps_up:
        what = f"{used.model} is slower than speech here: words come after a reply; {best.model} keeps up"
        return None, what, _get(best)
    if used.model == best.model:
        return True, f"{used.model} keeps up with speech, and is the largest model that does here", ""
    return True, f"{used.model} keeps up with speech; so does {best.model}, which hears better", _get(best)


def _get(model: "Speed") -> str:
    chosen = f'write model = "{model.model}" into the settings file'
    if model.installed:
        return f"To use it, {chosen}."
    fetch = command(f"models fetch {model.model}")
    return f"To use it: {fetch}." if model.model == Config().model else f"To use it: {fetch}, and {chosen}."


def _busy() -> str:
    """A machine that does something else is slower than it could be."""
    if not hasattr(os, "getloadavg") or os.getloadavg()[0] <= (os.cpu_count() or 1):
        return ""
    return "Other programs keep this machine busy now; figures of an idle one are better."


def _figures(one: "Speed") -> dict[str, object]:
    return {
        "model": one.model,
        "real_time": round(one.real_time, 3),
        "keeps_up": one.keeps_up,
        "measured": one.measured,
        "installed": one.installed,
    }


def _table(found: "Sequence[Speed]") -> "list[str]":
    """A line a model: what hearing a second of speech takes."""
    from trainer.commands.output import columns

    return columns([_row(one) for one in found])


def _row(one: "Speed") -> tuple[str, ...]:
    how = "measured" if one.measured and one.installed else "measured on made-up weights"
    return (
        one.model,
        f"{one.real_time:5.2f} s for each second of speech",
        "keeps up" if one.keeps_up else "too slow",
        how if one.measured else "reckoned",
    )


def _levels(trial: "Trial") -> dict[str, object]:
    return {
        "verdict": trial.verdict,
        "peak_dbfs": _finite(trial.peak),
        "noise_dbfs": _finite(trial.noise),
        "speech_dbfs": _finite(trial.speech),
        "signal_to_noise_db": _finite(trial.over_noise),
        "clipped_share": round(trial.clipped, 5),
    }


def _finite(value: float | None) -> float | None:
    return None if value is None or math.isinf(value) else round(value, 1)
