"""What is known of whether the evidence for a skill holds: found out beside the screen that shows it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from trainer.app.threads import off_thread

if TYPE_CHECKING:
    from models.recogniser import Recogniser
    from trainer.app.services import Services
    from trainer.coaching.mastery import Evidence
    from trainer.config import Config
    from trainer.practice.recomputing import Verdict
    from trainer.store import Store
    from trainer.store.coaching.ledger import Entry
    from trainer.store.records import AttemptDetail


class Verifying:
    """The entries that count, the attempts behind them, and a verdict for each that was looked at.

    An attempt that an entry names and that isn't there, or is none that a manager may see, is missing.
    """

    def __init__(self, store: "Store", rep_id: str, counted: "tuple[Evidence, ...]") -> None:
        self.entries = tuple(one.entry for one in counted)
        known = {one.attempt.id for one in store.team_attempts(rep_id)}
        behind = [entry.attempt_id for entry in self.entries]
        self.details = {one: store.team_attempt(one) for one in behind if one and one in known}
        self.verdicts: dict[str, Verdict] = {}
        self.hearing = ""

    @property
    def summary(self) -> str:
        """How all of it came out, once it has; "" before."""
        found = [self.verdicts[one.id] for one in self.entries if one.id in self.verdicts]
        if not found or len(found) < len(self.entries):
            return ""
        from trainer.practice.recomputing import summary  # noqa: PLC0415 - loaded by now

        return summary(found)

    @property
    def differing(self) -> "list[Verdict]":
        """What does not hold, of what has been looked at."""
        return [one for one in self.verdicts.values() if one.holds == "differs"]

    @property
    def said(self) -> str:
        """For the screen: the summary, without what stands beside each attempt, and what was heard again."""
        if not self.summary:
            return "scoring the same words again …"
        differ = len(self.differing)
        said = f"{differ} of {len(self.entries)} scores do not hold: see above" if differ else self.summary
        each = dict.fromkeys(one.heard for one in self.verdicts.values() if one.heard)
        heard = self.hearing or "; ".join(each)
        return f"{said} · {heard}" if heard else said

    async def score_again(self, services: "Services", shown: Callable[[], None]) -> None:
        """Each from its words, off the screen's thread; `shown` after each."""
        for entry in self.entries:
            look = partial(_looked_at, entry, self._behind(entry), services)
            self.verdicts[entry.id] = await off_thread(look)
            shown()

    async def hear_again(self, services: "Services", config: "Config", shown: Callable[[], None]) -> None:
        """The recordings that are here, with what heard them then. RecogniserError where that is not here."""
        recogniser = _recogniser(services, config)
        try:
            for number, (verdict, detail) in enumerate(self._to_hear(), 1):
                self.hearing = f"hearing recordings again, {number} of {len(self.entries)} …"
                shown()
                look = partial(_heard, verdict, detail, services, recogniser)
                self.verdicts[verdict.entry.id] = await off_thread(look)
        finally:
            self.hearing = ""
            shown()

    def _to_hear(self) -> "Iterator[tuple[Verdict, AttemptDetail]]":
        for entry in self.entries:
            verdict, detail = self.verdicts.get(entry.id), self._behind(entry)
            if verdict and detail:
                yield verdict, detail

    def _behind(self, entry: "Entry") -> "AttemptDetail | None":
        return self.details.get(entry.attempt_id or "")


def _looked_at(entry: "Entry", detail: "AttemptDetail | None", services: "Services") -> "Verdict":
    from trainer.practice.recomputing import look_at  # noqa: PLC0415 - the scorer is slow to load

    return look_at(entry, detail, services.paths.takes)


def _heard(
    verdict: "Verdict",
    detail: "AttemptDetail",
    services: "Services",
    recogniser: "Callable[[str, str], Recogniser]",
) -> "Verdict":
    from trainer.practice.recomputing import hear  # noqa: PLC0415

    return hear(verdict, detail, services.paths.takes, recogniser)


def _recogniser(services: "Services", config: "Config") -> "Callable[[str, str], Recogniser]":
    """The engine and the model that heard something then."""
    from models.window import parted  # noqa: PLC0415

    def then(engine: str, name: str) -> "Recogniser":
        model, window = parted(name)
        known = "pocketsphinx" if engine == "pocketsphinx" else "faster-whisper"
        return services.recogniser(replace(config, engine=known, model=model, window=window))  # type: ignore[arg-type]

    return cache(then)
