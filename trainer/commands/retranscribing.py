"""`trainer retranscribe`: old recordings heard by another model, and scored anew."""

from typing import TYPE_CHECKING, Any

import typer

from trainer.commands.anew import DaskAt, DryRun, Rep, Since, Workers
from trainer.commands.options import Engine, Json, Model

if TYPE_CHECKING:
    from trainer.bulk.asking import Heard
    from trainer.practice.rescoring import Comparison


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(retranscribe)


def retranscribe(
    engine: Engine = None,
    model: Model = None,
    rep: Rep = None,
    since: Since = None,
    workers: Workers = None,
    dask: DaskAt = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Hear old recordings anew, with the model in use or another, and score what it hears.

    The new words and scores are kept beside the old ones, which stay the result. Replies that were typed or
    corrected by hand keep their words.
    """
    from trainer.bulk.asking import Wish
    from trainer.bulk.work import about
    from trainer.commands import anew, options

    place, heard = anew.Place(workers, dask), _heard(engine, model)
    wish = Wish(about(), heard=heard)
    with options.store() as store:
        attempts = anew.asked(store, rep, since, place)
        with anew.executor(place, len(attempts), heard.ears) as where:
            label = f"{heard.engine} {heard.model}"
            told = anew.run(store, wish, attempts, where, label=label, keep=not dry_run, more=_words)
    head = {"scorer": wish.version.scorer, "engine": heard.engine, "model": heard.model}
    summary = f"{len(told.compared)} heard anew, {told.up_to_date} with nothing to hear anew."
    anew.close(told, head, summary, dry_run=dry_run, as_json=as_json)


def _heard(engine: str | None, model: str | None) -> "Heard":
    """What to hear with: RecogniserError, with the mend, where its weights are not here."""
    from models.window import parted
    from trainer.bulk.asking import Heard
    from trainer.bulk.task import Ears
    from trainer.commands import options
    from trainer.team_names import team_names

    recogniser = options.recogniser(engine, model)
    paths = options.paths()
    plain, window = parted(recogniser.model)
    ears = Ears(recogniser.engine, plain, window, team_names(paths.names))
    return Heard(ears, recogniser.engine, recogniser.model, paths.takes)


def _words(one: "Comparison") -> dict[str, Any]:
    """How many of an attempt's words were heard otherwise."""
    from trainer.practice.word_errors import word_error_rate

    assert one.anew is not None  # noqa: S101 -- only those heard anew are printed
    before = [reply for reply in one.detail.replies if reply.id in one.anew.transcripts]
    heard = " ".join(one.anew.transcripts[reply.id].text for reply in before)
    return {"words_heard_otherwise": word_error_rate(heard, " ".join(r.transcript.text for r in before))}
