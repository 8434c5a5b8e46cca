"""A person judges replies without knowing whose they are or what the scorer thinks of them."""

import json
import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.loader import ScenarioError, load
from scenarios.schema import Scenario, Turn
from scoring.errors import RubricError
from scoring.rubric import Criterion
from scoring.rubrics_library import load_rubric
from trainer.errors import BadInputError
from trainer.store.records import AttemptDetail

SEED = 7
"""Any fixed number: the order tells nothing, and is the same when the labelling is taken up again."""

MOVES = {
    "acknowledges_concern": ("Acknowledges the concern", "not okay alone, not “I understand, but”"),
    "asks_open_question": ("Asks an open question", "what, how, why, tell me; not a rhetorical one"),
    "asks_closed_question": ("Asks a closed question", "yes or no, this or that, one fact; not “right?”"),
    "clarifies_root_cause": ("Probes for the root cause", "what lies under the objection, nothing else"),
    "gives_evidence": ("Gives evidence", "a number, a customer's result, a guarantee; not their own number"),
    "reframes_value": ("Turns from price to value", "to outcome, cost of waiting, risk; with content"),
    "confirms_resolution": ("Checks that it is settled", "not just that it was understood"),
    "proposes_next_step": ("Proposes a next step", "an action and a time; not “I'll follow up”"),
    "probes_budget": ("Asks about budget", "inside a live question, not just named"),
    "probes_authority": ("Asks who decides", "inside a live question, not just named"),
    "probes_need": ("Asks about the need", "how they work, what hurts, what would be better"),
    "probes_timeline": ("Asks about the timeline", "their dates; not when to meet next"),
    "uses_hedging": ("Hedges (a fault)", "two or more hedges, or one on the key claim"),
    "interrupts_or_argues": ("Argues (a fault)", "dismisses, blames, pressures, mocks, cuts off"),
}
"""Each move in a few words, and what tells it from its neighbours."""


QUALITY = {
    "a": ("excellent", 95),
    "b": ("strong", 82),
    "c": ("solid", 65),
    "d": ("weak", 46),
    "e": ("poor", 26),
    "f": ("harmful", 8),
}
"""A reply as a whole, as a coach would put it: a mark, its word, and the middle of its band out of 100 (90 to
100, 75 to 89, 56 to 74, 36 to 55, 16 to 35, 0 to 15; the last is for off the topic and cheating too)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to say yes or no to; `label` is what is written, `more` a reminder of where the line runs."""

    label: str
    says: str
    more: str


@dataclass(frozen=True, slots=True)
class Item:
    """One reply to judge, and what it answered; scenario, turn and form are "" where there are none."""

    id: str
    text: str
    prompt: str
    asked: tuple[Asked, ...]
    scenario: str = ""
    turn: str = ""
    form: str = ""


@dataclass
class Labelling:
    """Some replies in a row, and the answers so far: yes, no or (None) can't tell, by label.

    `marks` are the replies' qualities as a whole, keys of QUALITY, "" where none was given.

    Every reply that is done is on disk before the next one is shown. Going back and answering anew writes
    another line; the later one counts.
    """

    items: Sequence[Item]
    to: Path
    at: int = 0
    answers: list[dict[str, bool | None]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answers = [{} for _ in self.items]
        self.marks = ["" for _ in self.items]

    @property
    def item(self) -> Item | None:
        """The reply to judge now, None when all are done."""
        return self.items[self.at] if self.at < len(self.items) else None

    @property
    def given(self) -> dict[str, bool | None]:
        """The answers to this reply."""
        return self.answers[self.at]

    @property
    def mark(self) -> str:
        """This reply's quality as a whole; "" where none was given, or there is no reply."""
        return self.marks[self.at] if self.item else ""

    def rate(self, mark: str) -> None:
        """Gives this reply a quality as a whole; the same once more takes it back."""
        self.marks[self.at] = "" if self.mark == mark else mark

    @property
    def open(self) -> list[Asked]:
        """What is not answered yet."""
        return [one for one in self.item.asked if one.label not in self.given] if self.item else []

    def done(self) -> None:
        """Writes this reply's labels and goes on; BadInputError if they can't be written."""
        if self.item is not None:
            append(self.to, line(self.item, self.given, self.mark))
            self.at += 1

    def back(self) -> None:
        """To the reply before, with its answers."""
        self.at = max(0, self.at - 1)


def labelling(items: Iterable[Item], to: Path, count: int) -> Labelling:
    """The next `count` replies of a shuffle with a fixed seed that have no line in `to` yet."""
    known = done_in(to)
    order = sorted(items, key=lambda item: item.id)
    random.Random(SEED).shuffle(order)  # noqa: S311
    return Labelling([item for item in order if item.id not in known][:count], to)


def of_attempt(detail: AttemptDetail) -> list[Item]:
    """The replies that stand in an attempt; none where its scenario has changed or gone since."""
    attempt = detail.attempt
    try:
        scenario = load(attempt.scenario)
        if scenario.form_hash(attempt.form) != attempt.scenario_hash:
            return []
        form = scenario.form(attempt.form)
        found = [(reply, form.turn(reply.turn)) for reply in detail.replies]
    except (ScenarioError, RubricError, KeyError):
        return []
    return [
        Item(
            id=reply.id,
            text=reply.transcript.text,
            prompt=turn.says,
            asked=of_turn(scenario, turn),
            scenario=scenario.id,
            turn=turn.id,
            form=attempt.form,
        )
        for reply, turn in found
        if reply.transcript.text.strip()
    ]


def of_turn(scenario: Scenario, turn: Turn) -> tuple[Asked, ...]:
    """The criteria of a turn, as questions."""
    rubric = load_rubric(scenario.rubric)
    wanted = (rubric.criterion(one) for one in turn.criteria)
    return tuple(Asked(one.id, one.says, _reminder(one)) for one in wanted if one.scope == "turn")


def _reminder(criterion: Criterion) -> str:
    """Where the line runs; for a criterion of one's own, its tip."""
    more = MOVES[criterion.move][1] if criterion.move in MOVES else criterion.tip
    return more if criterion.wanted else f"no if: {more}"


def of_moves() -> tuple[Asked, ...]:
    """All moves, as questions."""
    return tuple(Asked(move, says, more) for move, (says, more) in MOVES.items())


def line(item: Item, given: dict[str, bool | None], mark: str = "") -> dict[str, object]:
    """A line as `trainer calibrate` reads it; what could not be told is not among what was looked for."""
    quality = {"quality": QUALITY[mark][1]} if mark else {}
    place = {"scenario": item.scenario, "turn": item.turn, "form": item.form} if item.scenario else {}
    return {
        "id": item.id,
        "prompt": item.prompt,
        **place,
        "text": item.text,
        "labels": [label for label, answer in given.items() if answer],
        "of": [one.label for one in item.asked if given.get(one.label) is not None],
        **quality,
    }


def append(to: Path, document: dict[str, object]) -> None:
    """One more line on disk before this returns. A line that was cut off by a crash is ended first."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("ab+") as file:
            if file.tell() and not _ends_whole(to):
                file.write(b"\n")
            file.write((json.dumps(document, ensure_ascii=False) + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise BadInputError(f"{to}: {error.strerror or error}; name another file with --to.") from error


def done_in(to: Path) -> set[str]:
    """The ids that have a line; BadInputError for a file of another kind, so that none is spoiled."""
    try:
        text = to.read_text(encoding="utf-8")
    except FileNotFoundError:
        return set()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{to}: can't be read ({error}); name another file with --to.") from error
    found = set()
    for number, one in enumerate(text.splitlines(), 1):
        try:
            found.add(str(json.loads(one)["id"]))
        except (ValueError, KeyError, TypeError) as error:
            if one.strip():
                raise BadInputError(
                    f"{to}:{number}: not a labelled reply; delete the line or name another file with --to."
                ) from error
    return found


def _ends_whole(to: Path) -> bool:
    with to.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
