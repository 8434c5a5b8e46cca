"""One rep as their manager sees them: how it goes, what was agreed, every assessed attempt."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from trainer.app import progressing, words
from trainer.app.screens.ask import Choose
from trainer.app.screens.listing import Listing
from trainer.app.threads import off_thread
from trainer.app.widgets.rows import Rows

if TYPE_CHECKING:
    from trainer.coaching.progress import Progress
    from trainer.store.records import Person


class RepPage(Listing[None]):
    """From here a manager gets to every assessed reply."""

    ABOUT = (
        "The focus skill over time, criterion by criterion, a bar an attempt (· could not be judged). Enter "
        "opens the reply behind a criterion, an attempt, or the evidence for a skill. Warm-ups are not here."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "open",
            id="open",
            key_display="⏎",
            tooltip="The attempt or the reply behind it, with its recording; of a skill the evidence",
        ),
        Binding("a", "assign", "assign", id="assign", tooltip="Ask for a practice; 1 takes the suggestion"),
        Binding("b", "brief", "brief", id="session-brief", tooltip="The page for the session"),
        Binding("s", "sign_off", "sign off", id="sign-off", tooltip="The evidence for the focus skill"),
        Binding("p", "plan", "plan", id="make-plan", tooltip="Put the rep on a path of skills"),
        Binding("y", "agree", "say yes", id="agree", tooltip="Say yes to the target of the focus skill"),
    ]

    def __init__(self, rep: "Person") -> None:
        super().__init__()
        self.rep = rep
        self.progress: Progress | None = None
        self.looked = False

    def on_mount(self) -> None:
        """The list follows."""
        self.head(self.rep.name)

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the page."""
        from trainer.coaching.progress import progress  # noqa: PLC0415 - rubrics are read with pydantic

        with self.trouble_said():
            store, now = await self.trainer.store(), self.trainer.services.now().astimezone()
            found = self.progress = await off_thread(lambda: progress(store, self.rep, now))
            if not self.looked:
                self.looked = True
                store.privacy.look((await self.trainer.me()).id, self.rep.id, "progress")
            self.head(self.rep.name, words.session(found.session.starts_at if found.session else None, now))
            self.query_one(Rows).fill(*progressing.page(found, now))
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to open in an empty list."""
        if action == "open":
            return self.query_one(Rows).highlighted_option is not None
        if action == "sign_off":
            return self.progress is not None and self.progress.focus is not None
        if action == "agree":
            return self.progress is not None and progressing.offered(self.progress) is not None
        return super().check_action(action, parameters)

    @on(Rows.OptionSelected)
    def open_row(self, event: Rows.OptionSelected) -> None:
        """An attempt, the reply behind a criterion, or the evidence for a skill."""
        from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415 - it is a list itself

        what, _, which = (event.option_id or "").partition(":")
        if what == "attempt":
            self.app.push_screen(Scorecard(which))
        elif what == "step":
            self.sign_off(which)
        elif what == "criterion" and self.progress:
            course = next(one for one in self.progress.courses if one.criterion == which)
            if course.attempt_id:
                self.app.push_screen(Scorecard(course.attempt_id, at=which))

    def action_sign_off(self) -> None:
        """The evidence for the focus skill."""
        if self.progress and self.progress.focus:
            self.sign_off(self.progress.focus.step.skill)

    def sign_off(self, skill: str) -> None:
        """The evidence for a skill."""
        from trainer.app.screens.sign_off import SignOff  # noqa: PLC0415

        self.app.push_screen(SignOff(self.rep, skill))

    def action_brief(self) -> None:
        """The page for the session."""
        from trainer.app.screens.session_brief import SessionBrief  # noqa: PLC0415

        self.app.push_screen(SessionBrief(self.rep))

    @work(exclusive=True, group="assign")
    async def action_agree(self) -> None:
        """The manager's yes; the target stands once the rep said it too."""
        found = self.progress
        target = progressing.offered(found) if found else None
        if found is None or found.focus is None or target is None:
            return
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            store.plans.agree(self.rep.id, found.focus.step.skill, target, me.id)
            self.load()
            self.say(f"You said yes to {target}.")

    @work(exclusive=True, group="assign")
    async def action_plan(self) -> None:
        """Puts the rep on a path; it takes the place of the one before, and no evidence is lost."""
        from trainer.coaching.template import USUAL, load_template, template_names  # noqa: PLC0415

        with self.trouble_said():
            found = {one.name: one for one in map(load_template, template_names())}
            options = [
                (name, f"{one.title}: {words.count(len(one.steps), 'skill')} in {one.weeks} weeks")
                for name, one in found.items()
            ]
            way = self.progress.path if self.progress else None
            about = "It takes the place of the plan there is; no evidence is lost." if way else ""
            now = way.plan.template if way else USUAL
            chosen = await self.app.push_screen_wait(Choose("Which path?", options, now, about))
            if chosen:
                store, me = await self.trainer.store(), await self.trainer.me()
                store.plans.make(self.rep.id, me.id, found[chosen].steps, template=chosen)
                self.load()
                self.say(f"{self.rep.name} is on “{found[chosen].title}”.")

    @work(exclusive=True, group="assign")
    async def action_assign(self) -> None:
        """Asks for a practice."""
        from trainer.app.screens.assign import Assign, offer  # noqa: PLC0415

        with self.trouble_said():
            library, found = await self.trainer.library(), self.progress
            focus = found.focus if found else None
            offered = offer(
                await self.trainer.store(),
                self.rep,
                library,
                skill=focus.step.skill if focus else None,
                missing=found.missing if found else None,
                target=focus.target if focus else 0,
                session=found.session if found else None,
            )
            if said := await self.app.push_screen_wait(Assign(self.rep, library, offered)):
                self.load()
                self.say(said)
