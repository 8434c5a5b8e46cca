"""What is known of a reply that is still spoken, and what to do next for its words; no thread, no clock."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.activity import Stretch
from scoring.transcript import Word
from trainer.hearing.pace import Pace
from trainer.hearing.reply import Heard


@dataclass(frozen=True, slots=True)
class Listen:
    """To make words of a stretch: a complete one, or on the guess that it ends here, perhaps as a draft."""

    stretch: Stretch
    guess: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """To find what the sound of a stretch says beside its words: a firm one by its number, or the guess."""

    heard: Heard
    number: int | None


@dataclass(frozen=True, slots=True)
class _Guess:
    """What a stretch would say if it ended in this pause."""

    heard: Heard
    draft: bool


class Work:
    """The stretches of one reply, from the cut to their words and the sound beside them."""

    def __init__(self, *, drafts: bool = False) -> None:
        self._drafts = drafts
        self._due: deque[Stretch] = deque()
        self._guess: _Guess | None = None
        self.pending: Stretch | None = None
        """In a pause: the stretch that comes if nobody goes on speaking."""
        self.complete = False
        """Whether the reply is over and every stretch of it is known."""
        self.heard: list[Heard] = []
        self.firm: tuple[Word, ...] = ()
        self._done = self._known = 0.0  # where the last stretch ends whose words are there; that is known

    @property
    def tentative(self) -> tuple[Word, ...]:
        """The words that may change."""
        return self._guess.heard.placed if self._guess else ()

    @property
    def waiting(self) -> float:
        """Seconds of speech that wait for the recogniser."""
        return sum(stretch.seconds for stretch in self._due)

    @property
    def share(self) -> float:
        """How much of a reply that is over has its words, 0 to 1."""
        return self._done / self._known if self.complete and self._known else 0.0

    def add(self, found: Sequence[Stretch]) -> None:
        """Stretches that are complete."""
        if found:
            self._due += found
            self._known = found[-1].end

    def next(self, seconds: float, pace: Pace) -> Listen | Look | None:
        """What to do next in a reply of so many seconds so far; None where there is nothing.

        What is certain comes before what is guessed, words before the sound beside them.
        """
        while self._due:
            stretch, guess = self._due.popleft(), self._guess
            if guess is None or guess.draft or guess.heard.stretch != stretch:
                return Listen(stretch)
            self._settle(guess.heard)
        numbered = enumerate(self.heard)
        unlooked = next((Look(heard, number) for number, heard in numbered if heard.beside is None), None)
        if unlooked is not None or self.complete or self.pending is None:
            return unlooked
        return self._worth_guessing(self.pending, seconds - self.pending.start, pace)

    def take_in(self, job: Listen, heard: Heard) -> None:
        """The words that were asked for."""
        if job.guess:
            self._guess = _Guess(heard, job.draft)
        else:
            self._settle(heard)

    def look_at(self, job: Look, heard: Heard) -> None:
        """The sound that was asked for."""
        if job.number is not None:
            self.heard[job.number] = heard
        elif self._guess:
            self._guess = replace(self._guess, heard=heard)

    def _worth_guessing(self, pending: Stretch, spoken: float, pace: Pace) -> Listen | Look | None:
        """What there is time for in a pause: words that can stay or a draft of them, or their sound."""
        guess = self._guess
        if guess and guess.heard.stretch == pending:
            due = not guess.draft and guess.heard.beside is None and pace.fits(spoken, "sound")
            return Look(guess.heard, None) if due else None
        if pace.fits(spoken, "stretch"):
            return Listen(pending, guess=True)
        drafts = self._drafts and pace.fits(spoken, "draft")
        return Listen(pending, guess=True, draft=True) if drafts else None

    def _settle(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.firm += heard.placed
        self._done = heard.stretch.end
        self._guess = None
