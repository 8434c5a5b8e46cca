"""How fast our faster-whisper engine is here, without any weights: `python -m benchmarks.whisper_speed`.

Makes models with the true dimensions whose decoder says made-up words at the pace of speech (3.9 tokens a
second), then times `models.whisper.Whisper` as the app uses it: load, and a reply of 5, 15 and 30 s. Each
model runs in a process of its own. Quote the ratios; the seconds are this machine's.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from tokenizers import Tokenizer

from models.whisper import Whisper, prompt, threads
from tests.models.micro_whisper.making import tokens
from tests.models.micro_whisper.making.folder import (
    DECODER_POSITIONS,
    Dimensions,
    Floats,
    Weights,
    sinusoids,
    write,
)

VOCABULARY = 51_864
SIZES = {
    "tiny.en": Dimensions(384, 6, (4, 4), VOCABULARY),
    "base.en": Dimensions(512, 8, (6, 6), VOCABULARY),
    "small.en": Dimensions(768, 12, (12, 12), VOCABULARY),
    "medium.en": Dimensions(1024, 16, (24, 24), VOCABULARY),
}
TOKENS_A_SECOND = 3.9  # 165 words a minute at 1.3 tokens a word, and punctuation
REPLIES = (5, 15, 30)
CLIP = Path(__file__).parents[1] / "tests" / "models" / "clips" / "company.flac"


def main() -> None:
    """Prints one line for each model and reply."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", default=["tiny.en", "base.en", "small.en"], metavar="MODEL")
    asked.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        print(json.dumps(timed(Path(given.one[0]), float(given.one[1]))))
        return
    print(f"{threads()} threads, load {os.getloadavg()[0]:.1f}")
    print("model      reply    load   first   again  real-time  CPU s   MB")
    for name in given.sizes:
        for seconds in REPLIES:
            print_row(name, seconds)


def print_row(name: str, seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / name, SIZES[name], round(seconds * TOKENS_A_SECOND))
        command = [sys.executable, "-m", __spec__.name, "--one", str(Path(folder) / name), str(seconds)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        f"{name:10} {seconds:3} s {told['load']:7.2f} {told['first']:7.2f} {told['again']:7.2f}"
        f" {told['again'] / seconds:10.2f} {told['cpu']:6.2f} {told['megabytes']:4.0f}"
    )


def timed(folder: Path, seconds: float) -> dict[str, float]:
    """Seconds to load, to hear a reply the first time and the best of three more, with its CPU seconds."""
    whisper = Whisper(folder)
    load = taken(whisper.warm_up)
    spoken, rate = soundfile.read(CLIP, dtype="float32")
    reply = np.resize(spoken, round(seconds * rate))
    expected = round(seconds * TOKENS_A_SECOND)
    heard = len(whisper.transcribe(reply).words)
    assert heard == expected, f"{heard} words instead of {expected}"
    runs = [taken(lambda: whisper.transcribe(reply)) for _ in range(4)]
    wall, cpu = min(runs[1:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": load[0], "first": runs[0][0], "again": wall, "cpu": cpu, "megabytes": peak}


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def make(folder: Path, size: Dimensions, words: int) -> None:
    """Writes a model that says `words` made-up words, whatever it hears."""
    tokenizer = tokens.made_up()
    heads = [
        [layer, head] for layer in range(size.layers[1] // 2, size.layers[1]) for head in range(size.heads)
    ]
    write(folder, scripted_weights(size, tokenizer, words), size, tokenizer, heads)


def scripted_weights(size: Dimensions, tokenizer: Tokenizer, words: int) -> Weights:
    """Random weights, but the decoder's layers add nothing, so that each position calls for its own token.

    The work is that of any weights; and no token is improbable, so that nothing is decoded twice.
    """
    dice = np.random.default_rng(0)
    embedding = dice.standard_normal((size.vocabulary, size.width), dtype=np.float32) * np.float32(0.02)

    def weights(name: str, *shape: int) -> Floats:
        if name.endswith("decoder.embed_tokens.weight"):
            return embedding
        if name.endswith("encoder.embed_positions.weight"):
            return sinusoids(*shape)
        if name.endswith("decoder.embed_positions.weight"):
            return positions(embedding, tokenizer, words)
        if "layer_norm" in name:
            scale = 10.0 if name == "model.decoder.layer_norm.weight" else 1.0
            return np.full(shape, scale if name.endswith("weight") else 0.0, np.float32)
        silent = "decoder" in name and (".out_proj." in name or ".fc2." in name)
        if silent or name.endswith(".bias"):
            return np.zeros(shape, np.float32)
        return dice.standard_normal(shape, dtype=np.float32) * np.float32(0.02)

    return weights


def positions(embedding: Floats, tokenizer: Tokenizer, words: int) -> Floats:
    """For each position after the prompt, ten times the embedding of the token that comes next."""
    start = tokens.mark(tokenizer, "0.00")
    said = [int(n) for n in np.random.default_rng(0).integers(300, tokens.WHISPER_TOKENS, words)]
    seconds = words / TOKENS_A_SECOND
    script = [start, *said, start + round(min(29.9, seconds) / 0.02), tokens.mark(tokenizer, "endoftext")]
    told = tokenizer.encode(f" {prompt(())}", add_special_tokens=False).ids
    before = len(told) + 1  # <|startofprev|> and the prompt; then comes <|startoftranscript|>
    found = np.zeros((DECODER_POSITIONS, embedding.shape[1]), np.float32)
    found[before : before + len(script)] = 10 * embedding[script]
    return found


if __name__ == "__main__":
    main()
