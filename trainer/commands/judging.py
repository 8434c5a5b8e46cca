"""A reply as it was given on the command line, turned into its scorecard."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from models.recogniser import Recogniser
from scenarios.loader import load
from scenarios.schema import Scenario
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript
from trainer.commands.documents import reply_document
from trainer.commands.output import note
from trainer.errors import BadInputError
from trainer.practice.meaning import embedder


class ReplyLine(BaseModel):
    """One reply to judge; `prompt` stands in for scenario and turn."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    text: str | None = None
    audio: str | None = Field(default=None, min_length=1)
    scenario: str | None = None
    turn: str | None = None
    form: str | None = None
    prompt: str | None = None


class Judge:
    """Judges replies one after another; the recogniser is made at the first recording."""

    def __init__(
        self,
        recogniser: Callable[[], Recogniser],
        *,
        scenario: str | None = None,
        turn: str | None = None,
        form: str | None = None,
    ) -> None:
        self._recogniser = cache(recogniser)
        self._scenario_of = cache(load)
        self._given = (scenario, turn, form)

    def __call__(
        self, given: dict[str, Any], *, folder: Path = Path()
    ) -> tuple[dict[str, Any], Transcript, Scorecard]:
        """The document, transcript and scorecard of a reply; relative recordings lie in `folder`."""
        line = ReplyLine.model_validate(given)
        if (line.text is None) == (line.audio is None):
            raise BadInputError('give one of "text" and "audio"')
        scenario, turn, form = (
            own or general
            for own, general in zip((line.scenario, line.turn, line.form), self._given, strict=True)
        )
        if line.prompt is not None and line.scenario is None and line.turn is None:
            context, rubric, digest = TurnContext("", line.prompt, ()), None, ""
            scenario = turn = None
        elif scenario and turn:
            context, rubric, digest = self._place(scenario, turn, form)
        else:
            raise BadInputError('name "scenario" and "turn", or give the "prompt"')
        transcript = self._transcript(line, folder, scenario)
        card = score(transcript, context, rubric, scenario_hash=digest, embedder=embedder())
        return reply_document(transcript, card, scenario=scenario, turn=turn), transcript, card

    def rubric_of(self, scenario: str) -> Rubric:
        """The rubric of a scenario."""
        return load_rubric(self._scenario_of(scenario).rubric)

    def _place(self, scenario: str, turn: str, form: str | None) -> tuple[TurnContext, Rubric, str]:
        wanted: Scenario = self._scenario_of(scenario)
        name = form or next(iter(wanted.forms))
        if name not in wanted.forms:
            raise BadInputError(f"{wanted.id} has no form {name}; it has {', '.join(wanted.forms)}.")
        chosen = wanted.form(name)
        ids = [one.id for one in chosen.turns]
        if turn not in ids:
            raise BadInputError(f"{wanted.id} has no turn {turn!r}; its turns are {', '.join(ids)}.")
        said = chosen.turn(turn)
        context = TurnContext(id=said.id, prompt=said.says, criteria=said.criteria)
        return context, load_rubric(wanted.rubric), wanted.form_hash(name)

    def _transcript(self, line: ReplyLine, folder: Path, scenario: str | None) -> Transcript:
        if line.text is not None:
            return Transcript.typed(line.text)
        from trainer.audio.reading import read
        from trainer.hearing.reply import hear

        assert line.audio is not None  # noqa: S101 -- one of the two is given, checked by the caller
        recording = read(folder / line.audio)
        if recording.note:
            note(recording.note)
        hotwords = self._scenario_of(scenario).hotwords if scenario else ()
        return hear(recording.samples, self._recogniser(), hotwords=hotwords)
