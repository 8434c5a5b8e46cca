"""A practice without a screen: recordings in, a scorecard out, through the same session as the app."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.recogniser import Recogniser
from scenarios.schema import Scenario
from trainer.audio.reading import Recording, read
from trainer.audio.takes import KeptTake, TakeWriter
from trainer.commands.cards import print_attempt, print_start, print_turn
from trainer.commands.documents import reply_document
from trainer.commands.output import Progress, emit, note
from trainer.errors import BadInputError
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Kind, Person


@dataclass(frozen=True, slots=True)
class Run:
    """What is practised, by whom, and where it is kept."""

    store: Store
    scenario: Scenario
    form: str
    rep: Person
    kind: Kind
    takes_folder: Path


def play(run: Run, files: list[Path], recogniser: Recogniser, *, as_json: bool) -> None:
    """Plays a whole practice from recordings, a file a turn; too few leave it unfinished (BadInputError)."""
    recordings = [read(file) for file in files]
    for recording in recordings:
        if recording.note:
            note(recording.note)
    session = Session.start(
        run.store, run.scenario, run.form, run.rep, run.kind, takes_folder=run.takes_folder
    )
    if recogniser.rough:
        note("Rough recogniser: good for trying the app, not for judging you.")
    if not as_json:
        print_start(session)
    for file, recording in zip(files, recordings, strict=True):
        take = session.keep(_kept(recording, run.takes_folder))
        progress = Progress(f"{file.name}")
        transcript = session.hear(take, recogniser, on_progress=progress)
        progress(1.0)
        reply = session.judge(transcript, take)
        if not as_json:
            print_turn(session, reply)
        if session.go_on() is None:
            break
    if session.result is None:
        raise BadInputError(
            f"{len(files)} recordings were not enough: turn {session.turn.id!r} has none. "
            "The attempt is kept, unfinished; give one more recording."
        )
    if unused := len(files) - len(session.replies):
        note(f"The conversation ended before the last {unused} of the {len(files)} recordings.")
    if as_json:
        emit(attempt_document(session))
    else:
        print_attempt(session)


def _kept(recording: Recording, folder: Path) -> KeptTake:
    writer = TakeWriter(folder, new_id())
    writer.write(np.clip(np.rint(recording.samples * 32768), -32768, 32767).astype(np.int16))
    return writer.finish()


def attempt_document(session: Session) -> dict[str, Any]:
    """A finished attempt with all its replies."""
    assert session.result is not None  # noqa: S101 -- only finished sessions are printed
    score = session.result.score
    attempt = session.attempt
    return {
        "attempt": attempt.id,
        "scenario": attempt.scenario,
        "form": attempt.form,
        "kind": attempt.kind,
        "score": score.score,
        "pass_mark": session.rubric.pass_mark,
        "criteria": [
            {
                "id": one.id,
                "move": one.move,
                "met": one.met,
                "weight": one.weight,
                "met_times": score.tally[one.id][0],
                "judged_times": score.tally[one.id][1],
                "figure": score.figures.get(one.id),
                "why": one.why,
            }
            for one in score.criteria
        ],
        "next_step": score.next_step,
        "flags": list(score.flags),
        "replies": [
            reply_document(reply.transcript, reply.scorecard, scenario=attempt.scenario, turn=reply.turn)
            for reply in session.replies
        ],
    }
