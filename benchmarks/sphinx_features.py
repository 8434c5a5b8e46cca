"""For each word that pocketsphinx hears, what might foretell whether it is right, one JSON line a recording.

    python -m benchmarks.sphinx_features FOLDER OUT

FOLDER holds recordings with a manifest.jsonl ({"file", "text", "set"}, perhaps "speaker"). What OUT already
holds is not heard again. `python -m benchmarks.sphinx_errors OUT` then looks for what foretells.
"""

import argparse
import json
import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pocketsphinx
from numpy.typing import NDArray

from benchmarks.confidence import right
from benchmarks.word_errors import plain
from models.activity import BLOCK, levelled
from models.recogniser import SAMPLE_RATE
from models.sphinx import Sphinx
from trainer.audio import level
from trainer.audio.reading import read
from trainer.hearing.reply import part_of
from trainer.hearing.stretches import Stretches

_BEAM = 5000  # as models/sphinx.py has it
_SHIFTED = 1024  # it hands out all logarithms but the lattice's acoustic ones divided by this
_RIVALS = 50  # distinct hypotheses
_LOOKED_AT = 2000  # hypotheses, for most differ in fillers and pronunciations alone
_NARROW = 1500  # maxhmmpf of the second opinion, so that it costs less than the first
_LESS_LANGUAGE = 3.0  # the weight of the language model in the second opinion; 6.5 is the engine's own

# Common words that only join others, by their classes: articles, pronouns, prepositions,
# conjunctions, auxiliaries.
_FUNCTION_WORDS = """
    a an the this that these those i me my mine you your yours he him his she her hers it its we us
    our they them their who whom which what and or but nor if then than as at by for from in into of
    off on onto out over to up with about after before under not no so be is am are was were been
    being do does did have has had having will would shall should can could may might must there
    here when where while because
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    lines = given.out.read_text(encoding="utf-8").splitlines() if given.out.exists() else []
    done = {json.loads(line)["file"] for line in lines}
    ears = Ears()
    with given.out.open("a", encoding="utf-8") as out:
        for line in (given.folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            if one["file"] not in done:
                words = ears.of(read(given.folder / one["file"]).samples, plain(one["text"]))
                speaker = one.get("speaker", one["set"])
                out.write(json.dumps({"file": one["file"], "speaker": speaker, "words": words}) + "\n")
                out.flush()


class Ears:
    """The product's decoder, one that trusts the language model less, and one that knows only phones."""

    def __init__(self) -> None:
        settings: dict[str, Any] = {"samprate": SAMPLE_RATE, "maxhmmpf": _BEAM, "loglevel": "FATAL"}
        self._first = pocketsphinx.Decoder(**settings)
        narrow = {"maxhmmpf": _NARROW, "lw": _LESS_LANGUAGE, "fwdflat": False, "bestpath": False}
        self._second = pocketsphinx.Decoder(**{**settings, **narrow})
        phones = Path(pocketsphinx.get_model_path()) / "en-us" / "en-us-phone.lm.bin"
        self._phones = pocketsphinx.Decoder(
            samprate=SAMPLE_RATE,
            loglevel="FATAL",
            lm=None,
            allphone=str(phones),
            lw=2.0,
            beam=1e-20,
            pbeam=1e-20,
        )

    def of(self, samples: NDArray[np.float32], said: Sequence[str]) -> list[dict[str, float]]:
        """The words of a recording with what was measured of each, `right` 0 or 1 among it."""
        cutter = Stretches(Sphinx.cuts)
        stretches = [*cutter.feed(samples), *cutter.finish()]
        found: list[tuple[str, dict[str, float]]] = []
        for one in stretches:
            first, last = (round(at * SAMPLE_RATE / BLOCK) for at in (one.start, one.end))
            spoken = np.repeat(np.frombuffer(bytes(cutter.blocks[first:last]), np.uint8), BLOCK)
            found += self._of_stretch(part_of(one, samples), spoken)
        good = right([" ".join(plain(text)) for text, _ in found], said)
        return [{**told, "right": float(is_right)} for (_, told), is_right in zip(found, good, strict=True)]

    def _of_stretch(
        self, part: NDArray[np.float32], spoken: NDArray[np.uint8]
    ) -> list[tuple[str, dict[str, float]]]:
        sound = (levelled(part) * 32767).astype("<i2").tobytes()
        decode(self._first, sound)
        words = [one for one in self._first.seg() or () if not one.word.startswith(("<", "["))]
        if not words:
            return []
        texts = [_text(one.word) for one in words]
        rivals, margin = _rivals(self._first)
        agreed = np.mean([right(texts, rival) for rival in rivals], axis=0)
        decode(self._second, sound)
        second = right(
            texts, [_text(one.word) for one in self._second.seg() or () if one.word[0] not in "<["]
        )
        decode(self._phones, sound)
        phones = _by_frame(self._phones)
        length = min(len(part), len(spoken))
        speech = level.dbfs(part[:length][spoken[:length] > 0])
        chances = [min(1.0, one.prob) for one in words]
        whole = {
            "margin": margin / (words[-1].end_frame + 1),
            "snr": min(80.0, speech - level.floor(part)) if math.isfinite(speech) else 0.0,
            "rate": len(words) / (len(part) / SAMPLE_RATE),
            "mean": float(np.mean(chances)),
            "count": float(len(words)),
        }
        return [
            (
                texts[at],
                {
                    "probability": chances[at],
                    "before": chances[at - 1] if at else 1.0,
                    "after": chances[at + 1] if at + 1 < len(words) else 1.0,
                    **_alone(one, texts[at], phones),
                    "agreed": float(agreed[at]),
                    "second": float(second[at]),
                    "place": (at + 0.5) / len(words),
                    "edge": float(at in (0, len(words) - 1)),
                    **whole,
                },
            )
            for at, one in enumerate(words)
        ]


def decode(decoder: Any, sound: bytes) -> None:
    """One stretch, as models/sphinx.py decodes it."""
    decoder.start_stream()
    decoder.start_utt()
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()


def _alone(one: Any, text: str, phones: NDArray[np.float64]) -> dict[str, float]:
    frames = one.end_frame - one.start_frame + 1
    loop = phones[one.start_frame : one.end_frame + 1]
    sound = _log(one.ascore) / frames
    return {
        "sound": sound,
        "over_phones": sound - float(loop.mean() if len(loop) else 0.0),
        "language": _SHIFTED * _log(one.lscore),
        "backed_off": float(one.lback),
        "frames": float(frames),
        "letters": float(len(text)),
        "function": float(text in _FUNCTION_WORDS.split()),
    }


def _rivals(decoder: Any) -> tuple[list[list[str]], float]:
    """The first distinct hypotheses, and how much better the first is than the second (log)."""
    found: dict[str, float] = {}
    for one in islice(decoder.nbest() or (), _LOOKED_AT):
        if one is not None:
            found.setdefault(" ".join(_texts(one.hypstr)), _log(one.best_score))
        if len(found) == _RIVALS:
            break
    best = sorted(found.values(), reverse=True)
    return [text.split() for text in found] or [[]], best[0] - best[1] if len(best) > 1 else 0.0


def _texts(hypothesis: str) -> Iterator[str]:
    return (_text(word) for word in hypothesis.split() if word[0] not in "<[")


def _by_frame(decoder: Any) -> NDArray[np.float64]:
    """The acoustic score of each frame in the best row of phones."""
    scores: list[float] = []
    for one in decoder.seg() or ():
        frames = one.end_frame - one.start_frame + 1
        scores += [_SHIFTED * _log(one.ascore) / frames] * frames
    return np.array(scores)


def _log(score: float) -> float:
    """Scores come as powers; that of a very long word is too small for a double."""
    return math.log(max(score, 1e-307))


def _text(word: str) -> str:
    return re.sub(r"\(\d+\)$", "", word)


if __name__ == "__main__":
    main()
