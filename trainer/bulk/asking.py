"""What there is to do for an attempt: nothing, or a task with all that a worker needs."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from scoring.rubric import Rubric
from scoring.transcript import Transcript
from trainer.bulk.task import Ears, Said, Task, Version
from trainer.practice.rejudging import Setting, check_words, setting
from trainer.practice.rescoring import outdated
from trainer.practice.session import PracticeError
from trainer.store.records import AttemptDetail, Reply


@dataclass(frozen=True, slots=True)
class Heard:
    """That recordings are to be heard anew: with what, what their transcripts will say, where they lie."""

    ears: Ears
    engine: str
    model: str
    takes: Path


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the scorer and the scenarios that are here, and perhaps other rubrics and ears."""

    version: Version
    rubrics: tuple[Rubric, ...] = ()
    heard: Heard | None = None

    def setting(self, detail: AttemptDetail) -> Setting:
        """What an attempt is judged by; PracticeError where that is not here."""
        return setting(detail.attempt, self.rubrics)

    def due(self, detail: AttemptDetail, by: Setting) -> bool:
        """Whether anything could come out otherwise than it did."""
        if self.heard is None:
            return outdated(detail, by)
        return any(self._to_hear(reply) for reply in detail.replies)

    def made_by(self, by: Setting) -> tuple[str, str, str, str, str]:
        """What the outcome will say it was made by."""
        engine, model = (self.heard.engine, self.heard.model) if self.heard else ("", "")
        return engine, model, by.scenario_hash, by.rubric_hash, self.version.scorer

    def task(self, detail: AttemptDetail, by: Setting) -> Task:
        """The work. PracticeError where words or a recording are not what they were, or not here."""
        return Task(
            attempt_id=detail.attempt.id,
            version=self.version,
            form=by.form.model_dump_json(exclude={"turns": {"__all__": {"exemplars", "counter_examples"}}}),
            rubric=by.rubric.model_dump_json(),
            scenario_hash=by.scenario_hash,
            rubric_hash=by.rubric_hash,
            hotwords=by.hotwords,
            said=tuple(self._said(detail, reply) for reply in detail.replies),
            ears=self.heard.ears if self.heard else None,
        )

    def _said(self, detail: AttemptDetail, reply: Reply) -> Said:
        check_words(reply)
        said = Said(reply.id, reply.turn, reply.position, reply.transcript)
        if self.heard is None or not self._to_hear(reply):
            return said
        return replace(said, sound=_recording(detail, reply, self.heard.takes))

    def _to_hear(self, reply: Reply) -> bool:
        """What was typed or corrected by hand is better than what any model hears."""
        return bool(
            self.heard
            and reply.transcript.source == "recognised"
            and _heard_by(reply.transcript) != (self.heard.engine, self.heard.model)
        )


def _heard_by(transcript: Transcript) -> tuple[str, str]:
    return transcript.engine, transcript.model


def _recording(detail: AttemptDetail, reply: Reply, folder: Path) -> bytes:
    take = next((one for one in detail.takes if one.id == reply.take_id), None)
    if take is None:
        raise PracticeError(f"there is no recording of its turn {reply.turn!r}")
    try:
        sound = (folder / take.file).read_bytes()
    except OSError as error:
        raise PracticeError(
            f"the recording of its turn {reply.turn!r} is not on this machine ({error.strerror})"
        ) from error
    if sha256(sound).hexdigest() != take.sha256:
        raise PracticeError(f"the recording of its turn {reply.turn!r} is not what was recorded")
    return sound
