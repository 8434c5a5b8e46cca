"""Every scenario there is, to practise one of your own choice."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app import words
from trainer.app.difficulty import difficulties
from trainer.app.screens.listing import Listing
from trainer.app.widgets.row import REST, Cell, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scenarios.errors import ScenarioError
    from scenarios.schema import Scenario
    from trainer.coaching.difficulty import Difficulty

LEFT_OUT = "left out:"
"""What the ids of rows begin with that are no scenarios; no scenario's id has a blank in it."""


class Library(Listing[None]):
    """Scenarios with what they train, how long they take and the last score, or how hard they are."""

    ABOUT = (
        "Pick a scenario. What is scored, and whether it counts, comes on the next page, before you start. "
        "A manager sees how many passed it the first time, once ten people have met it, and behind that "
        "how many of others would (an interval of 95 %)."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "open", "open", id="open", key_display="⏎", tooltip="Read what the scenario is about"
        ),
    ]

    def on_mount(self) -> None:
        """The list follows."""
        self.head("Library", "pick a scenario")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the list."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            last = {
                one.attempt.scenario: one.score
                for one in reversed(store.attempts(rep_id=me.id))
                if one.finished_at
            }
            scenarios = await self.trainer.library()
            many = len(self.trainer.unusable)
            self.head(
                "Library", f"{words.count(many, 'file')} left out, at the end" if many else "pick a scenario"
            )
            rows, left_out = self.query_one(Rows), list(_left_out(self.trainer.unusable))
            rows.fill(*_grouped(scenarios, last, {}), *left_out)
            if hard := await difficulties(self.trainer, scenarios):
                rows.fill(*_grouped(scenarios, last, hard), *left_out)

    @on(Rows.OptionSelected)
    def open_brief(self, event: Rows.OptionSelected) -> None:
        """On to its brief; of a file that is left out, where it lies."""
        from trainer.app.screens.brief import Brief  # noqa: PLC0415

        chosen = event.option_id or ""
        if chosen.startswith(LEFT_OUT):
            self.say(str(self.trainer.unusable[int(chosen.removeprefix(LEFT_OUT))]))
        elif chosen:
            self.app.push_screen(Brief(chosen))


def _grouped(
    scenarios: "Sequence[Scenario]",
    last: "Mapping[str, int | None]",
    hard: "Mapping[str, Difficulty]",
) -> "Iterator[tuple[str | None, VisualType]]":
    """Kind of talk by kind of talk, that of the first scenario first; what names none comes last."""
    groups: dict[str, list[Scenario]] = {}
    for one in sorted(scenarios, key=lambda one: one.activity is None):
        groups.setdefault(words.activity(one.activity), []).append(one)
    for number, (name, group) in enumerate(groups.items()):
        if number:
            yield None, BLANK
        if len(groups) > 1:
            yield None, Content.styled(name, "$text-muted")
        yield from _rows(group, last, hard)


def _rows(
    scenarios: "Sequence[Scenario]",
    last: "Mapping[str, int | None]",
    hard: "Mapping[str, Difficulty]",
) -> "Iterator[tuple[str, VisualType]]":
    from scenarios.headings import headings  # noqa: PLC0415 - YAML

    origins = {one.id: words.origin(one.origin) for one in headings()}
    mixed = any(origins.values())  # whose they are matters more than the skill, where there is room for one
    counted = max((len(one.counts) for one in hard.values()), default=0)
    for one in scenarios:
        score = f"last {words.score(last[one.id])}" if one.id in last else "new"
        yield (
            one.id,
            Row(
                cell(one.title, width=REST),
                *([cell(origins.get(one.id, ""), "$text-muted", width=14)] if mixed else []),
                cell(
                    words.skill(one.skill),
                    "$text-muted",
                    width=18,
                    from_width=66 + 24 * mixed + 30 * bool(hard),
                ),
                cell(f"{one.minutes} min", "$text-muted", width=6, right=True, from_width=76 if hard else 0),
                *(_hard(hard.get(one.id), counted) if hard else [cell(score, width=8, right=True)]),
            ),
        )


def _hard(found: "Difficulty | None", counted: int) -> "Iterator[Cell]":
    """How many passed the first time and how many of others would; blank where too few have met it."""
    from trainer.coaching.difficulty import percent  # noqa: PLC0415 - YAML

    yield cell(found.counts if found else "", width=counted, right=True)
    yield cell(percent(found.share) if found else "", "$text-muted", width=8, right=True)


def _left_out(faults: "Sequence[ScenarioError]") -> "Iterator[tuple[str | None, VisualType]]":
    """What is wrong with files of the team's own, after everything that can be practised."""
    if faults:
        yield None, BLANK
        yield None, Content.styled(f"Left out, {words.count(len(faults), 'file')}:", "$text-muted")
    for number, one in enumerate(faults):
        file = one.file.name if one.file else ""
        said = f"{file}:{one.line}: {one.message}; {one.mend}"
        yield f"{LEFT_OUT}{number}", Content.styled(said, "$text-muted")
