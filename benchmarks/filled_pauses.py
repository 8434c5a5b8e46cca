"""How many filled pauses that a recogniser drops are found in the sound, and how many that are none.

    python -m benchmarks.filled_pauses FOLDER

FOLDER holds recordings of people with a manifest.jsonl (file, text with its "um" and "uh", set). Their
fillers are taken out of the words before they are looked for. As there are few (of one man), more are put
between the words of readings: some cut from these recordings, some by flite (needs it); and coughs, breaths
and keys, of which none should be found. The thresholds were set looking at these same recordings.
"""

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.spoken_data import (
    Recording,
    Samples,
    corrupted,
    cut_fillers,
    flite_fillers,
    mixed,
    recordings,
    with_noise,
)
from models.activity import BLOCK
from models.sound import sound_beside, together
from models.sphinx import Sphinx
from models.whisper import Whisper
from scoring.transcript import FilledPause, Word
from tests.models.sounds import RATE, sound
from trainer.hearing.reply import hear, part_of
from trainer.hearing.stretches import Stretches

Heard = Callable[[Recording], Sequence[Word]]
_NATIVE = ("ls_other", "ljspeech")


@dataclass(slots=True)
class Count:
    """What was found in one kind of recording."""

    minutes: float = 0.0
    fillers: int = 0
    found: int = 0
    false: int = 0
    skipped: int = 0

    def add(self, one: Recording, pauses: Sequence[FilledPause] | None) -> None:
        """One more recording; None where nothing was looked for."""
        if pauses is None:
            self.skipped += 1
            return
        self.minutes += one.seconds / 60
        self.fillers += len(one.fillers)
        self.found += sum(any(_same(filler, pause) for pause in pauses) for filler in one.fillers)
        self.false += sum(not any(_same(filler, pause) for filler in one.fillers) for pause in pauses)


def main() -> None:
    told = list(recordings(Path(sys.argv[1])))
    print("| recordings | words | minutes | fillers | found | false a minute | not looked into |")
    print("|---|---|---|---|---|---|---|")
    for name, words, ones, heard in _rows(told):
        count = Count()
        for one in ones:
            count.add(one, found_in(one, heard(one)))
        share = f"{count.found / count.fillers:.0%}" if count.fillers else ""
        rate = count.false / count.minutes if count.minutes else 0.0
        print(
            f"| {name} | {words} | {count.minutes:.1f} | {count.fillers or ''} | {share} | {rate:.2f} "
            f"| {count.skipped or ''} |"
        )


def found_in(one: Recording, words: Sequence[Word]) -> tuple[FilledPause, ...] | None:
    """Stretch by stretch, each with the words whose middle is in it; a pause has its words before it."""
    cutter = Stretches(Whisper.cuts)
    stretches = [*cutter.feed(one.samples), *cutter.finish()]
    starts = [stretch.start for stretch in stretches]
    shares: list[list[Word]] = [[] for _ in stretches]
    for word in words if stretches else ():
        middle = ((word.start or 0.0) + (word.end or 0.0)) / 2
        shares[max(0, bisect_right(starts, middle) - 1)].append(word)
    besides = []
    for stretch, share in zip(stretches, shares, strict=True):
        if share:  # words that voice activity did not hear are beyond its end, and have to be in the sound
            whole = replace(stretch, end=max(stretch.end, (share[-1].end or 0.0) + 0.1))
            words = tuple(_earlier(share, stretch.start))
            part = part_of(whole, one.samples)
            first, last = (round(at * RATE / BLOCK) for at in (whole.start, whole.end))
            besides.append((stretch.start, sound_beside(part, bytes(cutter.blocks[first:last]), words)))
    return together(besides).filled_pauses


def _earlier(words: Sequence[Word], seconds: float) -> Iterator[Word]:
    for word in words:
        start, end = (max(0.0, (at or 0.0) - seconds) for at in (word.start, word.end))
        yield replace(word, start=start, end=end)


def _rows(told: Sequence[Recording]) -> Iterator[tuple[str, str, list[Recording], Heard]]:
    vocabulary = sorted({word.text for one in told for word in one.words})
    chance = np.random.default_rng(1)
    talk = [one for one in told if one.fillers]
    read = [one for one in told if one.kind in _NATIVE]
    foreign = [one for one in told if one.kind == "nonnative"]
    sets = [
        ("people talking", talk),
        ("people reading", read),
        ("the same with fillers cut from the talk", [mixed(one, cut_fillers(talk), chance) for one in read]),
        ("the same with fillers by flite", [mixed(one, flite_fillers(), chance) for one in read]),
        ("the same with coughs, breaths and keys", [mixed(one, _noises(), chance) for one in read]),
        ("non-native reading", foreign),
        ("the same with fillers by flite", [mixed(one, flite_fillers(), chance) for one in foreign]),
    ]
    for name, ones in sets:
        yield name, "right", ones, lambda one: one.without_fillers
        yield name, "one in ten wrong", ones, lambda one: corrupted(one.without_fillers, vocabulary, chance)
        yield f"{name}, in noise", "right", [with_noise(one, chance) for one in ones], _right
    sphinx = Sphinx()
    for name, ones in (sets[0], sets[1], sets[5]):
        yield name, "pocketsphinx", ones, lambda one: hear(one.samples, sphinx).words


def _right(one: Recording) -> Sequence[Word]:
    return one.without_fillers


def _noises() -> list[tuple[str, Samples]]:
    cuts = {"a cough": (0.0, 0.25), "breath": (0.2, 0.8), "keys": (0.0, 0.4)}
    return [("", sound(name)[round(a * RATE) : round(b * RATE)]) for name, (a, b) in cuts.items()]


def _same(filler: Word, pause: FilledPause) -> bool:
    start, end = filler.start or 0.0, filler.end or 0.0
    shared = min(end, pause.end) - max(start, pause.start)
    return shared > 0.4 * min(end - start, pause.end - pause.start)


if __name__ == "__main__":
    main()
