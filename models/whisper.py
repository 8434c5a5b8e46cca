"""Speech to words with faster-whisper, from a folder of weights that is already on this machine."""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch, levelled, speech_stretches
from models.errors import RecogniserError, command
from models.recogniser import SAMPLE_RATE, Cuts
from models.window import Encoder, Window, named
from scoring.transcript import Word

_VERBATIM = "Um, uh, hmm, er, ah."
"""Whisper leaves fillers out; a short example keeps more of them. Over 32 characters it loses sentences."""
_HOTWORDS_LENGTH = 120  # characters; a long prompt costs time and, as above, sentences
_LOOPED = 2.4  # text that packs this well repeats itself: the threshold of Whisper's authors
_UNSURE = -1.0  # mean log probability: theirs too
_LOOP_TOKENS = 4  # in a row; heard again, no such row may come twice
_EDGE = 0.05  # seconds by which voice activity may be late


class Whisper:
    """The faster-whisper engine. Weights are loaded at the first use, or ahead of it by `warm_up`."""

    engine = "faster-whisper"
    rough = False
    # Pauses of 0.3 s come ten times a minute in fluent speech; the window holds 30 s.
    cuts = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0)

    def __init__(
        self, folder: Path, *, window: Window = "full", load: Callable[[Path], Any] | None = None
    ) -> None:
        """`load` makes a `faster_whisper.WhisperModel` of the folder."""
        self.model = named(folder.name, window)
        self.drafts = window == "full"
        self._folder = folder
        self._load = load or _load
        self._loaded: Any = None

    def warm_up(self) -> None:
        """Loads the weights (0.2 to 3 s); RecogniserError if they can't be used."""
        if self._loaded is None:
            loaded = self._load(self._folder)
            loaded.encode = Encoder(loaded.encode)
            self._loaded = loaded

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        """The words of one stretch of at most 30 s; see `Recogniser`. A draft is heard in a short window."""
        audio = levelled(samples)
        if not audio.any():
            return []
        self.warm_up()
        spoken = speech_stretches(samples, padding=_EDGE) or [Stretch(0.0, len(samples) / SAMPLE_RATE)]
        words = self._words(audio, prompt(hotwords), draft=draft)
        return [_within(word, spoken) for word in words]

    def _words(self, audio: NDArray[np.float32], asked: str, *, draft: bool) -> list[Word]:
        heard = self._heard(audio, asked, short=draft or not self.drafts)
        if draft:
            return heard.words
        if not self.drafts and (heard.looped or heard.unsure or not heard.words):
            heard = self._heard(audio, asked)
        if heard.looped:
            heard = self._heard(audio, asked, no_repeat_ngram_size=_LOOP_TOKENS)
        if not heard.words:
            # A segment whose word alignment collapses is dropped by faster-whisper.
            heard = self._heard(audio, asked, word_timestamps=False)
        if not heard.words and asked != _VERBATIM:
            # Names it never saw together can make it say nothing at all.
            heard = self._heard(audio, _VERBATIM)
        return heard.words

    def _heard(
        self, audio: NDArray[np.float32], asked: str, *, short: bool = False, **options: Any
    ) -> "_Heard":
        self._loaded.encode.short = short
        segments = list(self._segments(audio, asked, options))
        return _Heard(
            [
                word
                for segment in segments
                for word in (_spread_words(segment) if segment.words is None else _timed_words(segment))
            ],
            looped=any(segment.compression_ratio > _LOOPED for segment in segments),
            unsure=any(segment.avg_logprob < _UNSURE for segment in segments),
        )

    def _segments(self, audio: NDArray[np.float32], asked: str, options: dict[str, Any]) -> Iterator[Any]:
        try:
            segments, _ = self._loaded.transcribe(
                audio,
                language="en",
                hotwords=asked,
                condition_on_previous_text=False,
                temperature=0.0,  # higher ones decode at random: the same recording, another text
                no_speech_threshold=0.6,
                log_prob_threshold=_UNSURE,
                **{"word_timestamps": True, **options},
            )
            yield from segments
        except (RuntimeError, MemoryError) as error:
            raise RecogniserError(
                f"{self._folder.name} stopped in the middle of a recording ({error}). "
                f"A smaller model needs less memory: {command('models list')} shows them."
            ) from error


@dataclass(frozen=True, slots=True)
class _Heard:
    """The words of a stretch, and why they may not be what was said: in circles, improbable."""

    words: list[Word]
    looped: bool
    unsure: bool


def prompt(hotwords: Sequence[str]) -> str:
    """What Whisper is told it has heard before: names it should know, then fillers."""
    # As hotwords, not as an initial prompt: faster-whisper gives that to the first 30 s only.
    names = ""
    for word in hotwords:
        longer = f"{names}, {word}" if names else word
        if len(longer) > _HOTWORDS_LENGTH:
            break
        names = longer
    return f"{names}. {_VERBATIM}" if names else _VERBATIM


def _timed_words(segment: Any) -> list[Word]:
    words: list[Word] = []
    for told in segment.words or ():
        word = Word(told.word.strip(), float(told.start), float(told.end), float(told.probability))
        if words and not told.word.startswith(" "):  # "20" "%", "follow" "-up": one word in two pieces
            words[-1] = _joined(words[-1], word)
        else:
            words.append(word)
    return words


def _within(word: Word, spoken: Sequence[Stretch]) -> Word:
    """The word without the pause that Whisper's times swallow: within the stretch it shares most with."""
    start, end = word.start or 0.0, word.end or 0.0
    shared = [(min(end, stretch.end) - max(start, stretch.start), stretch) for stretch in spoken]
    most, stretch = max(shared, key=lambda one: one[0])
    if most <= 0:
        return word
    return replace(word, start=max(start, stretch.start), end=min(end, stretch.end))


def _joined(first: Word, second: Word) -> Word:
    confidence = min(first.confidence, second.confidence)
    return Word(first.text + second.text, first.start, second.end, confidence)


def _spread_words(segment: Any) -> list[Word]:
    """The words of a segment without word times, spread over it by their length."""
    texts = segment.text.split()
    confidence = math.exp(min(0.0, segment.avg_logprob))
    share = (segment.end - segment.start) / max(1, sum(map(len, texts)))
    words: list[Word] = []
    at = float(segment.start)
    for text in texts:
        words.append(Word(text, at, at + share * len(text), confidence))
        at += share * len(text)
    return words


def _load(folder: Path) -> Any:
    import ctranslate2  # noqa: PLC0415  (heavy)
    from faster_whisper import WhisperModel  # noqa: PLC0415

    if not (folder / "tokenizer.json").is_file() or not (folder / "model.bin").is_file():
        # Without its tokenizer faster-whisper would ask a hub for one.
        raise RecogniserError(f"{folder} holds no complete model. {mend(folder.name)}")
    for device in ("cuda", "cpu") if ctranslate2.get_cuda_device_count() else ("cpu",):
        try:
            types = ctranslate2.get_supported_compute_types(device)
            kind = "float16" if device == "cuda" and "float16" in types else "int8"
            model = WhisperModel(str(folder), device=device, compute_type=kind, cpu_threads=threads())
            if device == "cuda":  # a driver without its libraries shows only at the first use
                model.encode(np.zeros((model.model.n_mels, 3000), np.float32))
        except Exception as error:
            if device == "cpu":
                raise RecogniserError(f"{folder} can't be loaded ({error}). {mend(folder.name)}") from error
        else:
            return model
    raise AssertionError("the processor is always tried last")


def threads() -> int:
    """Processor threads for one model: all of a small machine's, about the real cores of a larger one."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return usable if usable <= 4 else min(8, max(4, usable // 2))


def mend(name: str) -> str:
    """What to do about a model that is broken."""
    return f"Fetch it again: {command(f'models remove {name}')}, then {command(f'models fetch {name}')}."
