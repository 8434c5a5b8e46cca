"""How fast the scorer is: `python benchmarks/scorer_speed.py [REPLIES.jsonl]`.

Warm: processor time a reply, for typical replies and for replies of 100 words (cut from them, half without
punctuation), each scored once, with comparing by meaning. Cold: `trainer score` from its start to the
verdict, and `trainer score --batch`. Beside each stands what spaCy takes for its share: loading it, and
cutting the same texts into words with its blank English pipeline. Quote the ratios; the seconds are this
machine's. One core (run it with OMP_NUM_THREADS=1).
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import spacy

from scoring.rubrics_library import load_rubric
from scoring.score import TurnContext, score, warm_up
from scoring.transcript import Transcript
from trainer.practice.meaning import embedder

DATA = Path(__file__).parent / "data" / "replies_dev.jsonl"
WORDS, LONG_REPLIES, BATCH, RUNS = 100, 200, 1000, 5
ANSWERED = ["--scenario", "price-20-percent", "--turn", "objection"]
RUBRIC = load_rubric("price-objection")
TURN = TurnContext("t", "Twenty percent more, why?", ("acknowledge", "root-cause", "no-arguing"))


def main() -> None:
    """Prints everything."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    texts = [json.loads(line)["text"] for line in given.read_text(encoding="utf-8").splitlines() if line]
    warm_up(embedder())
    long = hundred_words(texts)
    for name, replies in (("typical", texts), (f"{WORDS} words", long)):
        ours, spacys = timed(judge, replies), timed(words_by_spacy(), replies)
        words = statistics.mean(len(one.split()) for one in replies)
        print(
            f"{name}: {len(replies)} replies, {words:.0f} words on average; "
            f"p50 {statistics.median(ours):.1f} ms, p95 {percentile(ours, 95):.1f} ms, "
            f"{1000 / statistics.mean(ours):.0f} replies a second; "
            f"{statistics.mean(ours) / statistics.mean(spacys):.0f} times spaCy's tokenizer"
        )
    cold, least = first_verdict(), import_of_spacy()
    print(f"cold: first verdict {cold:.2f} s, loading spaCy alone {least:.2f} s, ratio {cold / least:.2f}")
    print(f"batch of {BATCH}: {BATCH / batch(texts):.0f} replies a second, its start included")


def judge(text: str) -> None:
    """One reply, as a practice judges it."""
    score(Transcript.typed(text), TURN, RUBRIC, embedder=embedder())


def words_by_spacy() -> Callable[[str], None]:
    """spaCy's blank English pipeline."""
    pipeline = spacy.blank("en")

    def cut(text: str) -> None:
        pipeline(text)

    return cut


def hundred_words(texts: Sequence[str]) -> list[str]:
    """Replies of 100 words, cut from all of them in a row; every second one without punctuation."""
    words = " ".join(texts).split()
    pieces = [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)]
    return [re.sub(r"[^\w' ]", " ", one.lower()) if at % 2 else one for at, one in enumerate(pieces)][
        :LONG_REPLIES
    ]


def timed(work: Callable[[str], None], texts: Sequence[str]) -> list[float]:
    """Milliseconds of processor time for each."""
    found = []
    for text in texts:
        begun = time.process_time_ns()
        work(text)
        found.append((time.process_time_ns() - begun) / 1e6)
    return found


def first_verdict() -> float:
    """Seconds of processor time of a whole command, the median of a few after one that fills the caches."""
    return spent([sys.executable, "-m", "trainer", "score", "--text", "Compared with what?", *ANSWERED])


def import_of_spacy() -> float:
    """The same for loading spaCy."""
    return spent([sys.executable, "-c", "import spacy"])


def batch(texts: Sequence[str]) -> float:
    """Seconds of processor time for a file of replies."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "replies.jsonl"
        lines = [json.dumps({"id": at, "text": texts[at % len(texts)]}) for at in range(BATCH)]
        file.write_text("\n".join(lines), encoding="utf-8")
        return spent([sys.executable, "-m", "trainer", "score", "--batch", str(file), *ANSWERED], runs=1)


def spent(command: Sequence[str], runs: int = RUNS) -> float:
    """Seconds of processor time of a command, the median of its runs."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TRAINER_HOME": home}
        found = []
        for _ in range(runs + (runs > 1)):
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
            _, status, used = os.wait4(child.pid, 0)
            if status:
                raise RuntimeError(f"{' '.join(command)} failed")
            found.append(used.ru_utime + used.ru_stime)
    return statistics.median(found[1:] or found)


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent do not exceed."""
    return statistics.quantiles(values, n=100)[share - 1]


if __name__ == "__main__":
    main()
