"""How the store holds up: `python benchmarks/store_scale.py [--reps 1000] [--attempts 1000000]`.

Makes a database of a team that has practised for half a year (replies of sixty words, two attempts of five
warm-ups, every assessed one in the ledger, an assignment a week, a plan and a session a rep), then prints
what each screen's question takes and what logging an attempt takes in an empty and in the full database.
Sought: Team 100 ms, a rep's page 50 ms, a brief 500 ms, logging that does not grow.
"""

import argparse
import itertools
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from scoring.scorecard import AttemptScore, CriterionResult, Evidence, Scorecard
from scoring.transcript import Transcript, Word
from trainer.coaching import today
from trainer.coaching.mastery import Rule
from trainer.coaching.priorities import week
from trainer.store import Store, assignments, rows
from trainer.store.coaching.ledger import entry_hash
from trainer.store.coaching.plans import Step
from trainer.store.connection import connect
from trainer.store.ids import new_id
from trainer.store.records import Assignment, Attempt, Person, Reply, Result, Take
from trainer.store.times import to_text

START = datetime(2025, 5, 12, 8, tzinfo=UTC)
WEEKS = 26
BATCH = 2000
SCENARIOS = ("price", "status-quo", "next-quarter", "budget", "decision", "need")
CRITERIA = ("acknowledge", "root-cause", "evidence", "check-back")
MOVES = tuple(f"move_number_{number}" for number in range(14))


class Choice:
    """A scenario as far as coaching looks."""

    forms = ("A", "B", "C")

    def __init__(self, name: str) -> None:
        self.id = self.skill = name


def begun(rep: Person, dice: random.Random, number: int, of: int) -> Attempt:
    scenario = dice.choice(SCENARIOS)
    return Attempt(
        id=new_id(),
        rep_id=rep.id,
        scenario=scenario,
        form=dice.choice("ABC"),
        skill=scenario,
        kind="warm-up" if dice.random() < 0.4 else "assessed",
        started_at=START + timedelta(weeks=WEEKS) * (number / of),
        scenario_hash="a" * 64,
        rubric_hash="b" * 64,
    )


def judged(dice: random.Random) -> tuple[CriterionResult, ...]:
    evidence = (Evidence("twenty percent is a real gap", 5, 33, 0.4, 2.1),)
    return tuple(
        CriterionResult(
            name, "acknowledges_concern", dice.choice((True, True, False, None)), 3, evidence, "w" * 60
        )
        for name in CRITERIA
    )


def replied(of: Attempt, position: int, dice: random.Random) -> tuple[Take, Reply]:
    take = Take(
        new_id(), of.id, f"turn-{position}", of.started_at, f"{of.id}/{position}.flac", "c" * 64, 14.2, 0
    )
    words = (Word("percent", at / 4, at / 4 + 0.2, 0.93) for at in range(60))
    card = Scorecard(
        turn=f"turn-{position}",
        score=dice.randrange(101),
        criteria=judged(dice),
        moves=dict.fromkeys(MOVES, True),
        move_evidence={move: (Evidence("a real gap", 5, 15, 0.4, 2.1),) for move in MOVES[:5]},
        delivery={"words": 60, "pace_wpm": 148, "fillers": {"count": 2, "items": ["um", "uh"]}},
        next_step="After the answer, ask whether it settles it.",
        flags=(),
        hashes=dict.fromkeys(("scenario", "rubric", "scorer", "transcript"), "d" * 64),
    )
    said = Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=14.2)
    return take, Reply(new_id(), of.id, f"turn-{position}", position, take.id, of.started_at, said, card)


def ended(of: Attempt, dice: random.Random) -> Result:
    tally = dict.fromkeys(CRITERIA, (2, 3))
    score = AttemptScore(scored(dice), judged(dice), tally, "Ask whether it settles it.", ())
    return Result(of.id, of.started_at + timedelta(minutes=5), score)


def scored(dice: random.Random) -> int:
    return min(100, max(0, round(dice.gauss(75, 12))))


def asked(rep: Person, week: int, dice: random.Random) -> Assignment:
    scenario = dice.choice(SCENARIOS)
    day = START + timedelta(weeks=week)
    return Assignment(new_id(), rep.id, None, scenario, scenario, dice.choice((70, 80, 90)), day.date(), day)


def log(store: Store, rep: Person, dice: random.Random) -> None:
    attempt = begun(rep, dice, 2, 3)
    store.add_attempt(attempt)
    for position in range(3):
        take, reply = replied(attempt, position, dice)
        store.add_take(take)
        store.add_reply(reply)
    store.finish(ended(attempt, dice))


def fill(path: Path, team: list[Person], attempts: int, replies: int) -> None:
    """Rows as the store writes them, but in large transactions that don't wait for the disk."""
    dice = random.Random(5)  # noqa: S311
    sample = begun(team[0], dice, 0, 1)
    ledger = Entries()
    # Words and scorecards are written once and copied: no query looks into them.
    spoken = [replied(sample, position, dice) for position in range(replies)]
    said = [(rows.take_row(take), rows.reply_row(reply)) for take, reply in spoken]
    end = rows.result_row(ended(sample, dice))
    db = connect(path)
    db.execute("PRAGMA synchronous = OFF")
    for start in range(0, attempts, BATCH):
        db.execute("BEGIN")
        for number in range(start, min(start + BATCH, attempts)):
            write(db, begun(team[number % len(team)], dice, number, attempts), said, end, dice, ledger)
        db.execute("COMMIT")
    db.execute("BEGIN")
    for rep, number in itertools.product(team, range(WEEKS)):
        assignments.add(db, asked(rep, number, dice))
    db.execute("COMMIT")
    db.close()


def write(
    db: sqlite3.Connection,
    attempt: Attempt,
    said: list[tuple[dict[str, object], dict[str, object]]],
    end: dict[str, object],
    dice: random.Random,
    ledger: "Entries",
) -> None:
    rows.insert(db, "attempts", rows.attempt_row(attempt))
    for take, reply in said:
        of = {"attempt_id": attempt.id, "take_id": new_id()}
        rows.insert(db, "takes", {**take, "id": of["take_id"], "attempt_id": attempt.id})
        rows.insert(db, "replies", {**reply, **of, "id": new_id()})
    of = {"id": new_id(), "attempt_id": attempt.id, "finished_at": to_text(attempt.started_at)}
    score = scored(dice)
    rows.insert(db, "results", {**end, **of, "score": score})
    if attempt.kind == "assessed":
        ledger.write(db, attempt, score)


class Entries:
    """The ledger of everybody, written as `Ledger.write` does and without its look for the last entry."""

    def __init__(self) -> None:
        self.last: dict[str, str] = {}

    def write(self, db: sqlite3.Connection, of: Attempt, score: int) -> None:
        facts = {
            "score": score,
            "scenario": of.scenario,
            "form": of.form,
            "new_form": False,
            "day": of.started_at.date().isoformat(),
            "missed": ["root-cause"] if score < 80 else [],
            "not_assessable": [],
            "replies": [],
        }
        row: dict[str, object] = {
            "id": new_id(),
            "rep_id": of.rep_id,
            "skill": of.skill,
            "kind": "attempt",
            "author_id": of.rep_id,
            "written_at": to_text(of.started_at),
            "attempt_id": of.id,
            "reason": "",
            "facts": json.dumps(facts),
            "previous": self.last.get(of.rep_id, ""),
        }
        self.last[of.rep_id] = entry_hash(row)
        rows.insert(db, "ledger", {**row, "hash": self.last[of.rep_id]})


def timed(name: str, work: Callable[[], object], times: int = 15) -> None:
    """Prints the first run, which finds nothing in memory, and the least and the median of the rest."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    first, *rest = taken
    print(f"{name:32}{first:8.1f}{min(rest):8.1f}{statistics.median(rest):8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reps", type=int, default=1000)
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--replies", type=int, default=1, help="an attempt")
    parser.add_argument("--keep", type=Path, help="folder for the database; used again if it is there")
    asked_for = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked_for.keep or Path(temporary)
        measure(
            folder / f"{asked_for.reps}-{asked_for.attempts}.db",
            asked_for.reps,
            asked_for.attempts,
            asked_for.replies,
        )


def measure(path: Path, reps: int, attempts: int, replies: int) -> None:
    if not path.exists():
        with Store.open(path) as store:
            team = [store.add_person(f"Rep {number:04}", "rep") for number in range(reps)]
            manager = store.add_person("Manager", "manager")
            for rep in team:
                store.plans.make(rep.id, manager.id, [Step(name, 80, 4) for name in SCENARIOS])
                store.sessions.plan(rep.id, manager.id, START + timedelta(weeks=WEEKS, days=2))
        fill(path, team, attempts, replies)
    print(f"{path.stat().st_size / 1e9:.1f} GB, {attempts} attempts, {reps} reps")
    print(f"{'milliseconds':32}{'first':>8}{'least':>8}{'median':>8}")
    timed("open", lambda: Store.open(path).close())
    now = START + timedelta(weeks=WEEKS)
    library = [Choice(name) for name in SCENARIOS]
    with Store.open(path) as store:
        rep = store.people("rep")[reps // 2]
        timed("Team", lambda: week(store, now, 120, lambda _skill, target: Rule(score=target or 80)))
        timed("a rep's page, all attempts", lambda: store.team_attempts(rep.id))
        timed("a rep's page, 50 attempts", lambda: store.team_attempts(rep.id, limit=50))
        timed("how hard scenarios are", store.firsts.all, 5)
        timed("what their practice says", lambda: store.firsts.all(verdicts=True), 5)
        timed("Home", lambda: today(store, rep, now, library))
        timed("an attempt", lambda: store.attempt(store.attempts(rep.id, limit=1)[0].attempt.id))
        with (
            tempfile.TemporaryDirectory(dir=path.parent) as folder,
            Store.open(Path(folder) / "empty.db") as empty,
        ):
            alone = empty.add_person("Rep", "rep")
            dice = random.Random(7)  # noqa: S311
            for size, where, who in (("empty", empty, alone), ("full", store, rep)) * 2:
                timed(f"log an attempt, {size} database", partial(log, where, who, dice), 40)


if __name__ == "__main__":
    main()
