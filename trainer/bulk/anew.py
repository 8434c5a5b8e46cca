"""Attempts made anew in bulk: what is done is in the store, found by its hashes and left as it is."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from trainer.bulk.asking import Wish
from trainer.bulk.executor import Executor
from trainer.bulk.task import Done, Failed, Task
from trainer.practice.rejudging import Setting
from trainer.practice.rescoring import Comparison, comparison
from trainer.practice.session import PracticeError
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import AttemptDetail
from trainer.store.rescores import Rescore


@dataclass(frozen=True, slots=True)
class Compared:
    """An attempt beside what it is worth now (`anew` None: nothing could have changed); if kept just now."""

    comparison: Comparison
    added: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An attempt that can't be made anew here, and why."""

    attempt_id: str
    why: str


Finding = Compared | LeftOut | Failed


@dataclass
class Anew:
    """One run over attempts by their ids; `opened` reads one, `keep` says whether outcomes are kept.

    Each outcome is in the store when it is given. A run that ended early is taken up by running it again.
    """

    store: Store
    wish: Wish
    opened: Callable[[str], AttemptDetail]
    now: Callable[[], datetime]
    keep: bool = True
    _open: dict[str, tuple[AttemptDetail, Setting]] = field(default_factory=dict, init=False)
    _known: deque[Finding] = field(default_factory=deque, init=False)

    def run(self, ids: Sequence[str], executor: Executor) -> Generator[Finding, None, None]:
        """A finding for every attempt, in any order; tasks are made as there is room for them."""
        with closing(executor.run(self._tasks(ids))) as outcomes:
            for outcome in outcomes:
                yield from self._drained()
                yield self._found(outcome)
        yield from self._drained()

    def _drained(self) -> Iterator[Finding]:
        while self._known:
            yield self._known.popleft()

    def _tasks(self, ids: Sequence[str]) -> Iterator[Task]:
        for one in ids:
            detail = self.opened(one)
            try:
                if task := self._task(detail):
                    yield task
            except PracticeError as error:
                self._known.append(LeftOut(one, str(error)))

    def _task(self, detail: AttemptDetail) -> Task | None:
        by = self.wish.setting(detail)
        if not self.wish.due(detail, by):
            self._known.append(Compared(Comparison(detail, None), added=False))
            return None
        made_by = self.wish.made_by(by)
        before = [one for one in self.store.rescores(detail.attempt.id) if one.made_by == made_by]
        if before:
            self._known.append(Compared(comparison(detail, by, before[0]), added=False))
            return None
        task = self.wish.task(detail, by)
        self._open[detail.attempt.id] = detail, by
        return task

    def _found(self, outcome: Done | Failed) -> Finding:
        detail, by = self._open.pop(outcome.attempt_id)
        if isinstance(outcome, Failed):
            return outcome
        engine, model, scenario_hash, rubric_hash, scorer = self.wish.made_by(by)
        anew = Rescore(
            id=new_id(),
            attempt_id=outcome.attempt_id,
            rescored_at=self.now(),
            scenario_hash=scenario_hash,
            rubric_hash=rubric_hash,
            scorer_hash=scorer,
            score=outcome.score,
            cards=outcome.cards,
            engine=engine,
            model=model,
            transcripts=outcome.transcripts,
        )
        added = self.keep and self.store.add_rescore(anew)
        return Compared(comparison(detail, by, anew), added=added)
