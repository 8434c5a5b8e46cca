"""The rep's path of skills: where they are on it, the target to agree on, how they judge themselves."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from trainer.app import words
from trainer.app.screens.listing import Listing
from trainer.app.widgets.rows import Rows

if TYPE_CHECKING:
    from trainer.coaching.plan import Path, Waypoint
    from trainer.store.records import Person


class PlanPage(Listing[None]):
    """One row a skill, in the order of the plan; for the rep alone."""

    ABOUT = (
        "✓ is mastered, ● is your focus: the first skill that is not. The plan moves on when your manager "
        "signs it off. y says yes to the target of the chosen skill; it stands once both of you did. How "
        "your own marks compare with ours, and your scores after drills and examples, are for you alone."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "practise", id="open", key_display="⏎", tooltip="Practise the chosen skill"),
        Binding("y", "agree", "say yes", id="agree", tooltip="Say yes to the target of the chosen skill"),
        Binding("e", "evidence", "evidence", id="ledger", tooltip="What counts, and your manager's word"),
        Binding("n", "choose", "choose a plan", id="choose-plan", tooltip="Start from a template"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.me: Person | None = None

    def on_mount(self) -> None:
        """The list follows."""
        self.head("Your plan")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the page."""
        from trainer.app.planned import own_rows, path_rows  # noqa: PLC0415 - the store and the scorer's data
        from trainer.app.widgets.row import Row  # noqa: PLC0415
        from trainer.coaching.awareness import awareness, by_criterion  # noqa: PLC0415
        from trainer.coaching.comeback import reviews  # noqa: PLC0415
        from trainer.coaching.plan import next_session, path  # noqa: PLC0415
        from trainer.coaching.ways import ways  # noqa: PLC0415

        with self.trouble_said():
            store, self.me = await self.trainer.store(), await self.trainer.me()
            now = self.trainer.services.now().astimezone()
            self.path = path(store, self.me)
            session = next_session(store.sessions.of_rep(self.me.id), now)
            self.head("Your plan", words.session(session.starts_at if session else None, now))
            due = {one.skill: one for one in reviews(store.ledger.of_rep(self.me.id), now)}
            marks = store.notes.self_marks(self.me.id)
            rows = [] if self.path is None else list(path_rows(self.path, due, now))
            if not rows:
                rows = [("none", Row.of_two("No plan yet: your manager makes one with you, or press n."))]
            own = own_rows(awareness(marks), by_criterion(marks), ways(store, self.me))
            listed = self.query_one(Rows)
            first = listed.highlighted_option is None
            listed.fill(*rows, *own)
            if first and self.path and self.path.focus:
                listed.highlighted = listed.get_option_index(f"skill:{self.path.focus.step.skill}")
            self.refresh_bindings()

    @property
    def chosen(self) -> "Waypoint | None":
        """The skill that the pointer is on."""
        option = self.query_one(Rows).highlighted_option
        _, _, skill = ((option.id if option else "") or "").partition(":")
        return (
            next((one for one in self.path.waypoints if one.step.skill == skill), None) if self.path else None
        )

    @on(Rows.OptionHighlighted)
    def moved(self) -> None:
        """Other keys work on another skill."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the chosen skill allows."""
        if action == "choose":
            return self.me is not None and self.path is None
        if action in ("open", "evidence"):
            return self.chosen is not None
        if action == "agree":
            from trainer.app.planned import offered  # noqa: PLC0415

            return (one := self.chosen) is not None and not one.done and offered(one) is not None
        return super().check_action(action, parameters)

    @work(exclusive=True, group="agree")
    async def action_agree(self) -> None:
        """The rep's yes."""
        from trainer.app.planned import agreement, offered  # noqa: PLC0415

        one, me = self.chosen, self.me
        if one is None or me is None or (target := offered(one)) is None:
            return
        with self.trouble_said():
            store = await self.trainer.store()
            store.plans.agree(me.id, one.step.skill, target, me.id)
            await self.load().wait()
            if now := self.chosen:
                self.say(f"{now.title}: {agreement(now)}.")

    def action_evidence(self) -> None:
        """The page that the manager signs the chosen skill off from."""
        from trainer.app.screens.sign_off import SignOff  # noqa: PLC0415

        if (one := self.chosen) and self.me:
            self.app.push_screen(SignOff(self.me, one.step.skill))

    @work(exclusive=True, group="choose")
    async def action_choose(self) -> None:
        """A plan of the rep's own, from a template."""
        from trainer.app.screens.ask import Choose  # noqa: PLC0415
        from trainer.coaching.template import USUAL, load_template, template_names  # noqa: PLC0415

        found = {one.name: one for one in map(load_template, template_names())}
        options = [
            (name, f"{one.title}: {len(one.steps)} skills in {one.weeks} weeks")
            for name, one in found.items()
        ]
        chosen = await self.app.push_screen_wait(
            Choose("Which path?", options, USUAL, "Your manager can change it at any time.")
        )
        if chosen and self.me:
            with self.trouble_said():
                store = await self.trainer.store()
                store.plans.make(self.me.id, self.me.id, found[chosen].steps, template=chosen)
                self.load()

    @on(Rows.OptionSelected)
    def practise(self) -> None:
        """The brief of a scenario of the chosen skill."""
        if one := self.chosen:
            self.open_brief(one.step.skill)

    @work(exclusive=True, group="open")
    async def open_brief(self, skill: str) -> None:
        """Its first scenario; the form is the brief's to choose."""
        from trainer.app.screens.brief import Brief  # noqa: PLC0415

        with self.trouble_said():
            scenario = next((one for one in await self.trainer.library() if one.skill == skill), None)
            if scenario is None:
                self.say(f"The library has no scenario for {skill.replace('-', ' ')}.", trouble=True)
            else:
                self.app.push_screen(Brief(scenario.id))
