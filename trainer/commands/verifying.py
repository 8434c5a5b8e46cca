"""`trainer verify`: whether stored scores can be made again from what is stored."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from models.recogniser import Recogniser
    from trainer.practice.relistening import Listened
    from trainer.practice.verifying import Check, Difference
    from trainer.store import Store
    from trainer.store.coaching.ledger import Break
    from trainer.store.records import AttemptDetail


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(verify)


def verify(
    attempt: Annotated[
        str | None, typer.Argument(metavar="ATTEMPT", help="Its id, from `trainer attempts`; all otherwise.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every attempt.")] = False,
    audio: Annotated[
        bool, typer.Option("--audio", help="Check the recordings too, and hear them again.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Recompute scores from the stored words, check the mastery ledger; exit 1 if anything differs."""
    from trainer.commands import options
    from trainer.commands.output import Progress, emit
    from trainer.errors import BadInputError

    if attempt is not None and every:
        raise BadInputError("verify: give an ATTEMPT or --all, not both.")
    checks: list[tuple[Check, list[Listened]]] = []
    with options.store() as store:
        details = _details(store, attempt)
        if audio:
            _bring_here(store, details)
        progress = Progress("verifying")
        for number, detail in enumerate(details, 1):
            checks.append(_checked(detail, audio=audio))
            progress(number / len(details))
        breaks = _breaks(store, details, whole=attempt is None)
    equal = not breaks and all(_equal(check, heard) for check, heard in checks)
    if as_json:
        from scoring.hashes import scorer_hash

        documents = [_document(check, heard) for check, heard in checks]
        ledger = [{"entry": one.entry.id, "skill": one.entry.skill, "what": one.what} for one in breaks]
        emit({"scorer": scorer_hash(), "equal": equal, "attempts": documents, "ledger": ledger})
    else:
        _say(checks)
        _say_ledger(breaks)
    if not equal:
        raise typer.Exit(1)


def _details(store: "Store", attempt: str | None) -> "list[AttemptDetail]":
    from trainer.commands import options, seen

    me = options.config()
    ids = [attempt] if attempt else [one.attempt.id for one in seen.attempts(store, me)]
    opened = seen.opener(store, me)
    return [opened(one) for one in ids]


def _breaks(store: "Store", details: "Sequence[AttemptDetail]", *, whole: bool) -> "list[Break]":
    """What does not hold in the ledgers of the reps whose attempts are verified, or in all of them."""
    if whole:
        return store.ledger.breaks()
    return [one for rep in {detail.rep.id for detail in details} for one in store.ledger.breaks(rep)]


def _checked(detail: "AttemptDetail", *, audio: bool) -> "tuple[Check, list[Listened]]":
    from trainer.commands import options
    from trainer.practice.relistening import listen
    from trainer.practice.verifying import verify as recompute

    check = recompute(detail)
    heard = list(listen(detail, options.paths().takes, _recogniser())) if audio else []
    return check, heard


def _bring_here(store: "Store", details: "Sequence[AttemptDetail]") -> None:
    """Fetches what a team has of the recordings that are not here; the rest is reported as missing."""
    from trainer.commands import options
    from trainer.commands.output import note
    from trainer.errors import TrainerError

    config, takes = options.config(), options.paths().takes
    if not config.team:
        return
    from trainer.team.recordings import Post, place_of

    post = Post(store, takes, place_of(config), keep_days=config.keep_days)
    for detail in details:
        said = {reply.take_id for reply in detail.all_replies}
        for take in detail.takes:
            if take.id in said and not (takes / take.file).exists():
                try:
                    post.fetch(take.id)
                except TrainerError as error:
                    note(f"{detail.attempt.id}, {take.turn}: {error}")


def _recogniser() -> "Callable[[str, str], Recogniser]":
    from functools import cache

    from models.window import parted
    from trainer.commands import options

    def then(engine: str, name: str) -> "Recogniser":
        model, window = parted(name)
        return options.recogniser(engine, model, window=window)

    return cache(then)


def _equal(check: "Check", heard: "Sequence[Listened]") -> bool:
    return check.equal and not any(one.differences for one in heard)


def _document(check: "Check", heard: "Sequence[Listened]") -> dict[str, Any]:
    from dataclasses import asdict

    attempt, result = check.detail.attempt, check.detail.result
    return {
        "attempt": attempt.id,
        "rep": check.detail.rep.name,
        "scenario": attempt.scenario,
        "form": attempt.form,
        "equal": _equal(check, heard),
        "recomputed": check.recomputed,
        "why": check.why,
        "score": {"stored": result.score.score if result else None, "now": check.now},
        "differences": [asdict(one) for one in check.differences],
        "audio": [asdict(one) for one in heard],
    }


def _say(checks: "Sequence[tuple[Check, Sequence[Listened]]]") -> None:
    from trainer.commands.output import say

    if not checks:
        say("No attempts yet.")
        return
    for check, heard in checks:
        for line in _lines(check, heard):
            say(line)
    differ = sum(not _equal(check, heard) for check, heard in checks)
    unknown = sum(not check.recomputed for check, _ in checks)
    rest = f", {unknown} could not be recomputed here" if unknown else ""
    say(f"{len(checks)} verified: {'all equal' if not differ else f'{differ} with differences'}{rest}.")


def _say_ledger(breaks: "Sequence[Break]") -> None:
    from trainer.commands.output import counted, say

    for one in breaks:
        written = f"{one.entry.written_at.astimezone():%Y-%m-%d %H:%M}"
        say(f"✗ {written}  mastery ledger, {one.entry.skill}: this entry {one.what}.  {one.entry.id}")
    say(f"Mastery ledger: {counted(len(breaks), 'break') if breaks else 'whole'}.")


def _lines(check: "Check", heard: "Sequence[Listened]") -> "Iterator[str]":
    attempt, result = check.detail.attempt, check.detail.result
    score = "–" if result is None or result.score.score is None else str(result.score.score)
    sign = "✗" if not _equal(check, heard) else "✓" if check.recomputed else "–"
    day = f"{attempt.started_at.astimezone():%Y-%m-%d %H:%M}"
    what = f"{check.detail.rep.name}  {attempt.scenario}, form {attempt.form}"
    yield f"{sign} {day}  {what}  {score}  {attempt.id}"
    if check.why:
        yield f"    {check.why}"
    for one in check.differences:
        yield f"    {_difference(one)}"
    for recording in heard:
        words = (
            ""
            if recording.word_errors is None
            else f", {recording.word_errors:.0%} of the words heard otherwise"
        )
        yield f"    {recording.file}: {'whole' if recording.intact else 'not whole'}{words}"
        for one in recording.differences:
            yield f"    {_difference(one)}"


def _difference(one: "Difference") -> str:
    place = f"{one.turn}, " if one.turn else ""
    return f"{place}{one.what}: {one.old} → {one.new}"
