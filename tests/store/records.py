"""Ready-made records; every test says only what matters to it."""

from datetime import UTC, datetime, timedelta

from scoring.scorecard import AttemptScore, CriterionResult, Evidence, Scorecard
from scoring.transcript import Transcript, Word
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Kind, Person, Reply, Result, Take

NOON = datetime(2025, 11, 12, 12, 0, tzinfo=UTC)
EVIDENCE = Evidence("a real gap", 5, 15, 0.4, 2.1)
CRITERION = CriterionResult("acknowledge", "acknowledges_concern", True, 3, (EVIDENCE,), "says so")


def attempt(
    rep: Person,
    *,
    kind: Kind = "assessed",
    scenario: str = "price-20-percent",
    form: str = "A",
    skill: str = "price-objection",
    started_at: datetime = NOON,
) -> Attempt:
    return Attempt(
        id=new_id(),
        rep_id=rep.id,
        scenario=scenario,
        form=form,
        skill=skill,
        kind=kind,
        started_at=started_at,
        scenario_hash="5ce7",
        rubric_hash="3f9a",
    )


def take(of: Attempt, *, turn: str = "objection") -> Take:
    name = new_id()
    return Take(name, of.id, turn, NOON, f"{of.id}/{name}.flac", "ab12" * 16, 14.2, 0)


def card(*, score: int | None = 75) -> Scorecard:
    return Scorecard(
        turn="objection",
        score=score,
        criteria=(CRITERION, CriterionResult("check", "confirms_resolution", None, 2, (), "unclear")),
        moves={"acknowledges_concern": True, "gives_evidence": None},
        move_evidence={"acknowledges_concern": (EVIDENCE,)},
        delivery={"words": 3, "pace_wpm": None, "fillers": {"items": ["um"]}},
        next_step="Ask whether that settles it.",
        flags=("recital",),
        hashes={"scenario": "5ce7", "rubric": "3f9a", "scorer": "c0de", "transcript": "beef"},
    )


def reply(
    of: Attempt,
    *,
    position: int = 0,
    turn: str = "objection",
    said_at: datetime = NOON,
    take_id: str | None = None,
) -> Reply:
    words = (Word("a", 0.4, 0.5, 0.9), Word("real", 0.5, 0.9, 0.93), Word("gap", None, None, 1.0))
    said = Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=14.2, rough=True)
    return Reply(new_id(), of.id, turn, position, take_id, said_at, said, card())


def result(of: Attempt, score: int | None = 75, *, after: timedelta = timedelta(minutes=5)) -> Result:
    judged = AttemptScore(
        score=score,
        criteria=(CRITERION,),
        tally={"acknowledge": (2, 3)},
        next_step="Ask whether that settles it.",
        flags=(),
    )
    return Result(of.id, of.started_at + after, judged)


def finished(store: Store, of: Attempt, score: int | None = 75) -> Attempt:
    store.add_attempt(of)
    store.add_reply(reply(of))
    store.finish(result(of, score))
    return of
