"""Signing a skill off, with the evidence in front of the manager."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.worker import Worker, WorkerCancelled

from trainer.app import progressing, words
from trainer.app.agenda import Line
from trainer.app.evidence import ASKED, SAID, attempt, decision, doubt, fact, held, rubric, times
from trainer.app.exchange import of_attempt
from trainer.app.screens.listing import Listing
from trainer.app.screens.reason import Reason
from trainer.app.screens.reply import LEAD_IN
from trainer.app.threads import off_thread
from trainer.app.verifying import Verifying
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK
from trainer.coaching import wording

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from trainer.coaching.signing import Case
    from trainer.store import Store
    from trainer.store.coaching.ledger import EntryKind
    from trainer.store.records import AttemptDetail, Person

OTHERS = 6
"""Attempts that do not count and are listed all the same, newest first."""


class SignOff(Listing[None]):
    """The attempts that count, what could not be judged, a recording to hear; then the manager's word.

    The rep reads the same page, with every reason that was given, and decides nothing.
    """

    STAYS = True
    ABOUT = (
        "The passes that count towards mastery, and the retest. Signing off moves the plan on. You may "
        "override the rule either way; your reason stays visible to the rep, and how often you do is shown."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open", key_display="⏎", tooltip="The chosen attempt"),
        Binding(
            "p", "hear", "hear", id="play", tooltip="Hear the evidence of the newest attempt; again to stop"
        ),
        Binding(
            "s",
            "decide('signed off')",
            "sign off",
            id="sign-off",
            tooltip="It is mastered: the plan moves on",
        ),
        Binding(
            "b", "decide('sent back')", "back to practice", id="send-back", tooltip="Not yet, with a reason"
        ),
        Binding(
            "o", "override", "override", id="override", tooltip="Go past the rule, with a reason that stays"
        ),
        Binding(
            "v",
            "verify",
            "verify",
            id="verify",
            tooltip="Hear every recording again with the model that wrote it down, and compare",
        ),
    ]

    def __init__(self, rep: "Person", skill: str) -> None:
        super().__init__()
        self.rep, self.skill = rep, skill
        self.case: Case | None = None
        self.excerpt: tuple[Path, float] | None = None
        self.where, self.attempt_heard = "", ""
        self.verifying: Verifying | None = None
        self.scoring: Worker[None] | None = None
        self.judged = ""

    @property
    def for_manager(self) -> bool:
        """Whether a manager is at the keys."""
        return self.trainer.config.role == "manager"

    def on_mount(self) -> None:
        """The evidence follows."""
        self.head(f"{words.skill(self.skill)} · {self.rep.name}")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads the case; what takes longer follows."""
        from trainer.coaching.signing import case  # noqa: PLC0415 - rubrics are read with pydantic

        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            if self.case is None:
                store.privacy.look(me.id, self.rep.id, "ledger", self.skill)
            found = self.case = await off_thread(lambda: case(store, self.rep, self.skill, me))
            verifying = self.verifying = Verifying(store, self.rep.id, found.counted)
            details = list(verifying.details.values())
            self._to_hear(details)
            self._awareness(store, details)
            self.draw()
            self.scoring = self.recompute(verifying)

    @work(exclusive=True, group="recompute")
    async def recompute(self, verifying: "Verifying") -> None:
        """Scores the counted attempts anew from their words, and shows each as it comes."""
        with self.trouble_said():
            await verifying.score_again(self.trainer.services, self.draw)

    @work(exclusive=True, group="recompute")
    async def action_verify(self) -> None:
        """Hears the recordings of the counted attempts again, attempt after attempt."""
        if self.verifying is None:
            return
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            for attempt_id in self.verifying.details:
                store.privacy.look(me.id, self.rep.id, "recording", attempt_id)
            await self.verifying.hear_again(self.trainer.services, self.trainer.config, self.draw)

    def _to_hear(self, details: "Sequence[AttemptDetail]") -> None:
        """The newest recording with evidence in it."""
        takes, now = self.trainer.services.paths.takes, self.trainer.services.now().astimezone()
        for detail in reversed(details):
            for exchange in reversed(of_attempt(detail, takes)):
                found = [
                    (result.weight, one.start, one.quote)
                    for result in exchange.reply.scorecard.criteria
                    for one in result.evidence
                    if one.start is not None
                ]
                if exchange.audio and found:
                    _, start, quote = max(found, key=lambda one: one[0])
                    day = wording.named(detail.attempt.started_at.astimezone().date(), now.date())
                    self.excerpt = (exchange.audio, start)
                    self.where = f"{day}, turn {exchange.number}, {words.clock(start)}  “{quote}”"
                    self.attempt_heard = detail.attempt.id
                    return

    def _awareness(self, store: "Store", details: "Sequence[AttemptDetail]") -> None:
        from trainer.coaching.awareness import awareness  # noqa: PLC0415

        replies = {reply.id for detail in details for reply in detail.replies}
        marks = store.notes.self_marks(self.rep.id, skill=self.skill, assessed_only=True)
        found = awareness(one for one in marks if one.reply_id in replies)
        self.judged = f"as the scorer did in {found.agreed} of {found.compared}" if found else ""

    def draw(self) -> None:
        """Everything that is known so far."""
        if self.case is None:
            return
        now = self.trainer.services.now()
        self.head(
            f"{words.skill(self.skill)} · {self.rep.name}",
            f"{rubric(self.skill)}target {self.case.waypoint.target}",
        )
        self.query_one(Rows).fill(*self._rows(self.case, now))
        self.refresh_bindings()

    def _rows(self, found: "Case", now: "datetime") -> Iterator[Line]:
        yield (
            None,
            Content.styled(progressing.state(found.standing, now).capitalize(), "bold"),
        )
        yield None, BLANK
        retest = found.standing.retest
        verdicts = self.verifying.verdicts if self.verifying else {}
        for one in found.counted:
            said = "the retest" if one is retest else "review" if one in found.standing.reviews else ""
            yield f"attempt:{one.entry.attempt_id}", attempt(one, said, now)
            yield from held(verdicts.get(one.entry.id))
        if not found.counted:
            yield None, Content.styled("No pass counts towards mastery yet.", "$text-muted")
        yield None, BLANK
        yield from self._facts(found)
        if found.decisions:
            yield None, BLANK
            for entry, who in found.decisions:
                yield None, decision(entry, who, now)
        if found.others:
            yield None, BLANK
            yield None, Content.styled("Not counted", "$text-muted")
            for one in found.others[:OTHERS]:
                yield f"attempt:{one.entry.attempt_id}", attempt(one, "", now)

    def _facts(self, found: "Case") -> Iterator[Line]:
        if self.where:
            yield None, fact("Hear", f"▸ {self.where}")
        if found.counted:
            gaps = [
                f"{criterion.replace('-', ' ')} {times(count)}"
                for criterion, count in found.not_assessable.items()
            ]
            yield None, fact("Not judged", ", ".join(gaps) or "nothing: every criterion could be judged")
            yield None, fact("Recomputed", self.verifying.said if self.verifying else "")
        if self.judged:
            yield None, fact("Themselves" if self.for_manager else "You judged", self.judged)
        if not self.for_manager:
            return
        past, of = found.overrides
        rate = (
            f"{past} of your {words.count(of, 'decision')} so far"
            if of
            else "you have not decided anything yet"
        )
        yield None, fact("Overrides", rate)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be decided depends on the evidence."""
        if action == "decide":
            return self.case is not None and self.for_manager and parameters[0] in self.case.open_to()
        if action == "override":
            return self.case is not None and self.for_manager
        if action == "verify":
            known = self.verifying
            return bool(known and known.summary and known.details and not known.hearing)
        if action == "hear":
            return self.excerpt is not None
        if action == "open":
            return self.query_one(Rows).highlighted_option is not None
        return super().check_action(action, parameters)

    @on(Rows.OptionSelected)
    def open_attempt(self, event: Rows.OptionSelected) -> None:
        """Its scorecard."""
        from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415 - it is a list itself

        _, _, attempt_id = (event.option_id or "").partition(":")
        if attempt_id:
            self.app.push_screen(Scorecard(attempt_id))

    @work(exclusive=True, group="sound")
    async def action_hear(self) -> None:
        """The evidence from its own second, or silence."""
        if self.trainer.sound.playing:
            self.trainer.sound.stop()
        elif self.excerpt:
            store, me = await self.trainer.store(), await self.trainer.me()
            store.privacy.look(me.id, self.rep.id, "recording", self.attempt_heard)
            audio, start = self.excerpt
            if not await self.have(audio):
                return
            if trouble := await self.trainer.sound.play(audio, max(0.0, start - LEAD_IN)):
                self.say(trouble, trouble=True)

    def action_override(self) -> None:
        """Past the rule, whichever way is left."""
        if self.case:
            self.action_decide(self.case.override)

    @work(exclusive=True, group="decide")
    async def action_decide(self, kind: "EntryKind") -> None:
        """Asks for a word about it, and writes it into the ledger."""
        from trainer.coaching.signing import NEEDS_REASON, decide  # noqa: PLC0415

        found = self.case
        if found is None:
            return
        if self.scoring is not None and not self.scoring.is_finished:
            self.say("One moment: the same words are scored again first.")
            with suppress(WorkerCancelled):  # the list was read anew, and so is what it rests on
                await self.scoring.wait()
        title, about = ASKED[kind]
        needed = kind in NEEDS_REASON
        differing = self.verifying.differing if self.verifying else []
        if differing and kind in ("signed off", "declared mastered"):
            about, needed = doubt(differing, len(found.counted)), True
        reason = await self.app.push_screen_wait(
            Reason(f"{title}: {words.skill(self.skill).lower()}, {self.rep.name}", about, needed=needed)
        )
        if reason is None:
            return
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            summary = self.verifying.summary if self.verifying else ""
            moved_to = decide(store, found, kind, me, reason=reason, recomputed=summary)
            self.load()
            then = f" The plan moves on to: {words.skill(moved_to).lower()}." if moved_to else ""
            self.say(f"{SAID[kind]}{then}")

    def on_unmount(self) -> None:
        """What is heard belongs to what is seen."""
        self.trainer.sound.stop()
