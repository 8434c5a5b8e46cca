"""One run through a scenario: which turn it is, what was said, how it was judged, what comes next."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from models.recogniser import Recogniser
from scenarios.loader import ScenarioError, load
from scenarios.schema import Form, Scenario, Turn
from scoring.attempt import score_attempt
from scoring.errors import RubricError
from scoring.hashes import content_hash
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript
from trainer.audio.reading import read
from trainer.audio.takes import KeptTake
from trainer.coaching.entering import enter
from trainer.errors import TrainerError
from trainer.hearing.live import Live
from trainer.hearing.reply import hear
from trainer.practice.leftovers import keep_left_in, spoken_since
from trainer.practice.meaning import embedder
from trainer.practice.scripts import keep, rubric_then, scenario_then
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Attempt, AttemptDetail, Kind, Person, Reply, Result, Take


class PracticeError(TrainerError):
    """A practice that can't go on, and what to do instead."""


@dataclass
class Session:
    """A practice between its start and its end. Made by `start` or `resume`; one thread at a time.

    Everything that happens is in the store before a method returns, so leaving needs no call: `resume`
    comes back to the first turn without a reply.
    """

    store: Store
    scenario: Scenario
    form: Form
    rubric: Rubric
    attempt: Attempt
    takes_folder: Path
    now: Callable[[], datetime]
    turn: Turn
    position: int = 0
    replies: list[Reply] = field(default_factory=list)
    result: Result | None = None

    @classmethod
    def start(
        cls,
        store: Store,
        scenario: Scenario,
        form: str,
        rep: Person,
        kind: Kind,
        *,
        takes_folder: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """A new attempt, logged at once."""
        rubric = load_rubric(scenario.rubric)
        attempt = Attempt(
            id=new_id(),
            rep_id=rep.id,
            scenario=scenario.id,
            form=form,
            skill=scenario.skill,
            kind=kind,
            started_at=now(),
            scenario_hash=scenario.form_hash(form),
            rubric_hash=content_hash(rubric),
        )
        keep(store, attempt, scenario, rubric)
        store.add_attempt(attempt)
        chosen = scenario.form(form)
        return cls(store, scenario, chosen, rubric, attempt, takes_folder, now, chosen.turn(chosen.start))

    @classmethod
    def resume(
        cls,
        store: Store,
        attempt_id: str,
        *,
        takes_folder: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Self:
        """The attempt that was left, at its first turn without a reply; PracticeError if it can't go on.

        It goes on in the words it began with, whatever became of the scenario's file since. Where a reply was
        being given again, that is the turn to go on with.
        """
        keep_left_in(store, attempt_id, takes_folder, now=now)
        detail = store.attempt(attempt_id)
        attempt = detail.attempt
        if detail.result is not None:
            raise PracticeError("This practice is finished; start a new one.")
        scenario, rubric = _as_begun(detail)
        form = scenario.form(attempt.form)
        session = cls(store, scenario, form, rubric, attempt, takes_folder, now, form.turn(form.start))
        for reply in detail.replies:
            session.replies.append(reply)
            if reply is detail.replies[-1] and spoken_since(reply, detail):
                break
            session.go_on()
        return session

    @property
    def reply(self) -> Reply | None:
        """The reply that stands in this turn, None before it is judged."""
        return self.replies[self.position] if self.position < len(self.replies) else None

    @property
    def closing(self) -> str | None:
        """The prospect's last line, once the conversation is over and where the branch has one."""
        if self.result is None or self.reply is None:
            return None
        return self.turn.branch(self.reply.scorecard.moves).closing

    @property
    def longest(self) -> int:
        """How many turns the longest way through this form has."""
        return self.form.longest

    def keep(self, kept: KeptTake, *, overflows: int = 0) -> Take:
        """Logs a recording of this turn; older ones of the same turn stay."""
        take = self.take_of(kept, overflows)
        self.store.add_take(take)
        return take

    def take_of(self, kept: KeptTake, overflows: int) -> Take:
        """A recording of this turn, as the record it becomes."""
        return Take(
            id=kept.id,
            attempt_id=self.attempt.id,
            turn=self.turn.id,
            recorded_at=self.now(),
            file=kept.file.relative_to(self.takes_folder).as_posix(),
            sha256=kept.sha256,
            seconds=kept.seconds,
            overflows=overflows,
        )

    def hear(
        self,
        take: Take,
        recogniser: Recogniser,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Transcript:
        """The words of a take. Blocks for as long as the recogniser needs: call it on a worker."""
        recording = read(self.takes_folder / take.file)
        return hear(
            recording.samples,
            recogniser,
            hotwords=self.scenario.hotwords,
            on_progress=on_progress,
            cancelled=cancelled,
        )

    def listen(self, lock: AbstractContextManager[object]) -> Live:
        """Hears a take of this turn while it is spoken, with the words that `hear` would give."""
        return Live(hotwords=self.scenario.hotwords, lock=lock)

    def judge(self, transcript: Transcript, take: Take | None = None) -> Reply:
        """Scores what was said in this turn and logs it; called again, the newer reply stands.

        PracticeError once the practice is finished: its result and the ledger rest on the replies it had.
        """
        if self.result is not None:
            raise PracticeError("This practice is finished; start a new one.")
        card = self.scored(transcript, self.turn.criteria)
        reply = Reply(
            id=new_id(),
            attempt_id=self.attempt.id,
            turn=self.turn.id,
            position=self.position,
            take_id=take.id if take else None,
            said_at=self._later(),
            transcript=transcript,
            scorecard=card,
        )
        self.store.add_reply(reply)
        self.replies[self.position :] = [reply]
        return reply

    def scored(self, transcript: Transcript, criteria: tuple[str, ...]) -> Scorecard:
        """What words are worth in this turn by these criteria."""
        context = TurnContext(
            id=self.turn.id,
            prompt=self.turn.says,
            criteria=criteria,
            earlier=tuple(reply.transcript.text for reply in self.replies[: self.position]),
        )
        return score(
            transcript,
            context,
            self.rubric,
            scenario_hash=self.attempt.scenario_hash,
            embedder=embedder(),
        )

    def go_on(self) -> Turn | None:
        """To the turn that this one's reply leads to; None at the end, when the result is logged."""
        if self.reply is None:
            raise PracticeError("This turn has no reply yet.")
        following = self.turn.follow(self.reply.scorecard.moves)
        if following == "end":
            self.result = self.result or self._finish()
            return None
        self.position += 1
        self.turn = self.form.turn(following)
        return self.turn

    def _later(self) -> datetime:
        """Now, or just after the newest reply if the clock was set back since: the newest one stands."""
        newest = max((reply.said_at for reply in self.replies), default=None)
        now = self.now()
        return now if newest is None or newest < now else newest + timedelta(milliseconds=1)

    def _finish(self) -> Result:
        result = Result(
            attempt_id=self.attempt.id,
            finished_at=self.now(),
            score=score_attempt([reply.scorecard for reply in self.replies], self.rubric, self.form.lines),
        )
        self.store.finish(result)
        enter(self.store, self.attempt.id, self.rubric, self.form.lines)
        return result


def _as_begun(detail: AttemptDetail) -> tuple[Scenario, Rubric]:
    """The scenario and the rubric an attempt began with: those that are here if they are still the same,
    else as they were kept. PracticeError, or what is wrong with the file, where there is neither.
    """
    attempt = detail.attempt
    then = scenario_then(attempt, detail.script), rubric_then(attempt, detail.script)
    try:
        scenario = load(attempt.scenario)
        rubric = load_rubric(scenario.rubric)
        hashes = (scenario.form_hash(attempt.form), content_hash(rubric))
    except (ScenarioError, RubricError, KeyError):
        if then[0] and then[1]:
            return then[0], then[1]
        raise
    if hashes == (attempt.scenario_hash, attempt.rubric_hash):
        return scenario, rubric
    if then[0] and then[1]:
        return then[0], then[1]
    raise PracticeError(
        f"{scenario.title!r} has changed since this practice began; start it again from the library."
    )
