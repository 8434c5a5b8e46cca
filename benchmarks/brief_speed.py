"""How long a brief takes for a rep with a long history: `python benchmarks/brief_speed.py [--attempts 2000]`.

Makes a rep who has practised for two years (assessed attempts and as many warm-ups, three replies each, own
marks on every criterion, a ledger entry an assessed attempt, a session a week, four business figures a week),
then prints what the brief and each form of its page take, the first time and afterwards. Sought: 500 ms.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from scoring.rubrics_library import load_rubric
from scoring.scorecard import AttemptScore, CriterionResult, Evidence, Scorecard
from scoring.transcript import Transcript, Word
from trainer.audio.takes import TakeWriter
from trainer.coaching.brief import Brief, brief
from trainer.pages.html import html
from trainer.pages.written import plain
from trainer.store import Store, attempts
from trainer.store.coaching.figures import Figure
from trainer.store.coaching.plans import Step
from trainer.store.connection import connect
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Kind, Person, Reply, Result, Take
from trainer.store.times import to_text

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
WEEKS = 104
REPLIES = 3
SKILLS = ("price-objection", "status-quo", "timing-objection", "qualify-budget")
RECORDED = 20
"""Replies with a recording on disk: the newest, for only they are in a brief."""


def judged(skill: str, dice: random.Random) -> tuple[CriterionResult, ...]:
    """Every criterion of a skill, met or not."""
    return tuple(
        CriterionResult(one.id, one.move, met := dice.random() < 0.6, one.weight, _evidence(met), "Heard it.")
        for one in load_rubric(skill).criteria
    )


def _evidence(met: bool) -> tuple[Evidence, ...]:
    return (Evidence("percent percent", 0, 15, 0.4, 2.1),) if met else ()


def reply(of: Attempt, position: int, take: str, dice: random.Random) -> Reply:
    """Sixty words."""
    words = tuple(Word("percent", at / 4, at / 4 + 0.2, 0.93) for at in range(60))
    said = Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=16.0)
    card = Scorecard(
        turn=f"turn-{position}",
        score=dice.randrange(101),
        criteria=judged(of.skill, dice),
        moves={},
        move_evidence={},
        delivery={"words": 60, "pace_wpm": 148},
        next_step="After the answer, ask whether it settles it.",
        flags=(),
        hashes=dict.fromkeys(("scenario", "rubric", "scorer", "transcript"), "d" * 64),
    )
    return Reply(new_id(), of.id, card.turn, position, take, of.started_at, said, card)


def practise(store: Store, rep: Person, number: int, of: int, takes: Path, dice: random.Random) -> None:
    """One attempt as the store writes it, but for waiting for the disk."""
    skill = SKILLS[number * len(SKILLS) // of]
    at = NOW - timedelta(weeks=WEEKS) * (1 - number / of)
    kind: Kind = "assessed" if number % 2 else "warm-up"
    one = Attempt(new_id(), rep.id, skill, dice.choice("ABC"), skill, kind, at, "a" * 64, "b" * 64)
    db = connect(store._connections.path)
    db.execute("PRAGMA synchronous = OFF")
    attempts.add(db, one)
    for position in range(REPLIES):
        take = Take(new_id(), one.id, f"turn-{position}", at, f"{one.id}/{position}.flac", "c" * 64, 16.0, 0)
        if number >= of - RECORDED:
            take = recorded(take, takes)
        attempts.add_take(db, take)
        said = reply(one, position, take.id, dice)
        attempts.add_reply(db, said)
        marks = [(said.id, mark.id, dice.random() < 0.7, to_text(at)) for mark in said.scorecard.criteria]
        db.executemany("INSERT INTO self_marks VALUES (?, ?, ?, ?)", marks)
    results = judged(skill, dice)
    score = AttemptScore(dice.randrange(40, 101), results, {mark.id: (2, 3) for mark in results}, "Ask.", ())
    attempts.finish(db, Result(one.id, at + timedelta(minutes=5), score))
    db.close()
    if kind == "assessed":
        facts = {
            "score": score.score,
            "scenario": skill,
            "form": one.form,
            "new_form": False,
            "day": str(at.date()),
        }
        store.ledger.write(rep.id, skill, "attempt", rep.id, attempt_id=one.id, facts=facts)


def recorded(take: Take, takes: Path) -> Take:
    """Sixteen seconds of noise, which packs worse than any voice."""
    writer = TakeWriter(takes / take.attempt_id, take.id)
    writer.write((np.random.default_rng(1).standard_normal(16 * 16_000) * 3000).astype(np.int16))
    return replace(take, file=writer.finish().file.relative_to(takes).as_posix())


def fill(store: Store, of: int, takes: Path) -> Person:
    """The rep and all that is known of them."""
    dice = random.Random(7)  # noqa: S311
    rep, manager = store.add_person("Ana Ruiz", "rep"), store.add_person("Mara Voss", "manager")
    store.plans.make(rep.id, manager.id, [Step(skill, 80, 26) for skill in SKILLS])
    for number in range(of):
        practise(store, rep, number, of, takes, dice)
    for week in range(WEEKS):
        session = store.sessions.plan(rep.id, manager.id, NOW - timedelta(weeks=WEEKS - week))
        store.sessions.finish(session.id, "kept", manager.id, next_step="Ask first.")
    measures = ("win rate (%)", "stage conversion (%)", "meetings booked", "discount (%)")
    days = [(NOW - timedelta(weeks=week)).date() for week in range(WEEKS)]
    store.figures.add(Figure(rep.id, one, day, dice.randrange(40)) for one in measures for day in days)
    return rep


def timed(name: str, work: Callable[[], object], times: int = 9) -> None:
    """Prints the first run and the median of the rest, in milliseconds."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begin))
    print(f"{name:28}{taken[0]:8.1f}{statistics.median(taken[1:]):8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--attempts", type=int, default=2000, help="half of them assessed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "trainer.db") as store:
        takes = Path(folder) / "takes"
        rep = fill(store, asked.attempts, takes)
        made: Brief = brief(store, rep, NOW)
        heard = len(made.holding_back.quotes) if made.holding_back else 0
        print(f"{asked.attempts} attempts, {heard} recordings in the page")
        print(f"{'milliseconds':28}{'first':>8}{'median':>8}")
        timed("the brief's data", lambda: brief(store, rep, NOW))
        timed("... as text", lambda: plain(made))
        timed("... as HTML, with sound", lambda: html(made, takes))


if __name__ == "__main__":
    main()
