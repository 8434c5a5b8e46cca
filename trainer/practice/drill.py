"""A drill: one turn and one criterion, again and again. Private, and its recordings are not kept."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scenarios.errors import ScenarioError
from scenarios.loader import load
from scoring.errors import RubricError
from scoring.hashes import content_hash
from scoring.rubric import Criterion
from scoring.rubrics_library import load_rubric
from scoring.scorecard import CriterionResult, Scorecard
from scoring.transcript import Transcript
from trainer.audio.takes import KeptTake
from trainer.coaching.drilling import done, in_a_row
from trainer.practice.session import PracticeError, Session
from trainer.store import Store
from trainer.store.coaching.drills import Drill, Place, Try
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Person, Take


@dataclass
class DrillRun(Session):
    """One turn taken out of a talk. It is no attempt: nothing of it is in a history, only its tries are kept.

    Made by `begin`. Its takes lie in a folder of their own, which `end` empties.
    """

    rep: Person = field(kw_only=True)
    criterion: Criterion = field(kw_only=True)
    drill: Drill | None = None
    tries: list[Try] = field(default_factory=list)
    card: Scorecard | None = None

    @classmethod
    def begin(
        cls,
        store: Store,
        rep: Person,
        place: Place,
        criterion: str,
        *,
        takes_folder: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """A drill of that place; PracticeError where the turn or the criterion is no longer there.

        What a killed process left in `takes_folder` is deleted.
        """
        shutil.rmtree(takes_folder, ignore_errors=True)
        try:
            scenario = load(place.scenario)
            form, rubric = scenario.form(place.form), load_rubric(scenario.rubric)
            turn, asked = form.turn(place.turn), rubric.criterion(criterion)
        except (ScenarioError, RubricError) as error:
            raise PracticeError(f"This can't be drilled now: {error}.") from error
        except KeyError as error:
            raise PracticeError("This piece is no longer in the library; choose another one.") from error
        attempt = Attempt(
            id=new_id(),
            rep_id=rep.id,
            scenario=scenario.id,
            form=place.form,
            skill=scenario.skill,
            kind="warm-up",
            started_at=now(),
            scenario_hash=scenario.form_hash(place.form),
            rubric_hash=content_hash(rubric),
        )
        return cls(store, scenario, form, rubric, attempt, takes_folder, now, turn, rep=rep, criterion=asked)

    @property
    def place(self) -> Place:
        """What is drilled."""
        return Place(self.attempt.skill, self.scenario.id, self.attempt.form, self.turn.id)

    @property
    def in_a_row(self) -> int:
        """How many of the newest tries met the criterion."""
        return in_a_row(self.tries)

    @property
    def done(self) -> bool:
        """Whether it was met twice in a row."""
        return done(self.tries)

    def keep(self, kept: KeptTake, *, overflows: int = 0) -> Take:
        """The take, which is logged nowhere."""
        return self.take_of(kept, overflows)

    def attempt_at(self, transcript: Transcript) -> CriterionResult:
        """Judges one try by the one criterion, and logs it; the first try begins the drill."""
        self.card = self.scored(transcript, (self.criterion.id,))
        (result,) = self.card.criteria
        self.drill = self.drill or self.store.drills.start(self.rep.id, self.place, self.criterion.id)
        self.tries.append(self.store.drills.add_try(self.drill.id, transcript.text, result.met))
        return result

    def end(self) -> None:
        """Deletes what was recorded."""
        shutil.rmtree(self.takes_folder / self.attempt.id, ignore_errors=True)
