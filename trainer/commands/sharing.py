"""`trainer team join`, `leave`, `status` and `trainer sync`: sharing with a team."""

from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.config import Config
    from trainer.store import Store
    from trainer.team.recordings import Post


def add_to(cli: typer.Typer, team: typer.Typer) -> None:
    """Adds this file's commands, those of a member to the group `team`."""
    cli.command()(sync)
    for one in (join, leave, status):
        team.command()(one)


def join(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address in your invitation.")],
    as_json: Json = False,
) -> None:
    """Join a team: what is assessed reaches your manager; warm-ups stay on this machine."""
    import sys

    from trainer.commands import options
    from trainer.commands.output import emit, note, say
    from trainer.errors import command
    from trainer.team.membership import join as join_team

    password = typer.prompt("Password", hide_input=True, err=True) if sys.stdin.isatty() else _piped()
    with options.store() as store:
        joined = join_team(url, password, store, options.config(), options.paths().settings)
    for warning in joined.warnings:
        note(f"Take care: {warning}")
    if as_json:
        emit({"name": joined.me.name, "role": joined.me.role, "renamed": joined.renamed})
        return
    say(f"You are {joined.me.name}, {joined.me.role}. The app exchanges by itself from now on.")
    if joined.renamed:
        say(f"Somebody here had that name: see “{joined.renamed} (before the team)”.")
    say(f"`{command('sync')}` exchanges now; `{command('team status')}` says what waits.")


def _piped() -> str | None:
    """A password from a pipe; None where nothing is piped."""
    import sys

    return sys.stdin.readline().rstrip("\n") or None


def leave(as_json: Json = False) -> None:
    """Leave the team: nothing is exchanged any more; what is on this machine stays."""
    from trainer.commands import options
    from trainer.commands.output import emit, say
    from trainer.team.membership import leave as leave_team

    with options.store() as store:
        waiting = store.exchange.waiting()
        leave_team(store, options.config(), options.paths().settings)
    if as_json:
        emit({"left": True, "unsent": waiting})
        return
    say("Left. What was sent stays with the team; what is here stays here.")
    if waiting:
        say(f"{waiting} of your records had not been sent.")


def status(as_json: Json = False) -> None:
    """Show which team this is, what waits to be sent, and what was refused and why."""
    from trainer.commands import options
    from trainer.commands.output import columns, counted, emit, say
    from trainer.team.address import Address

    config = options.config()
    with options.store() as store:
        waiting, refused = store.exchange.waiting(), store.exchange.refused()
        held_back, at = len(store.exchange.held_back()), store.exchange.synced_at()
        recordings = len(_post(store, config).waiting()) if config.team else 0
    if as_json:
        emit(
            {
                "team": config.team or None,
                "waiting": waiting,
                "held_back": held_back,
                "synced_at": at.isoformat() if at else None,
                "recordings": {"place": config.recordings or None, "waiting": recordings},
                "refused": [
                    {"kind": one.kind, "author": one.author, "about": one.about, "why": one.why}
                    for one in refused
                ],
            }
        )
        return
    if not config.team:
        say("This machine belongs to no team: everything stays on it.")
        return
    say(f"{config.name}, {config.role}, in the team at {Address.of(config.team).place}.")
    say(f"Exchanged {at.astimezone():%a %d %b %H:%M}." if at else "Not exchanged yet.")
    say(f"{counted(waiting, 'record')} to send; {held_back} here wait for others that they belong to.")
    if config.recordings:
        say(f"Recordings go to {config.recordings}: {recordings} to send.")
    else:
        say("Recordings stay on the machine they were made on.")
    if refused:
        say("Refused:")
        for line in columns([(one.kind, f"by {one.author}, about {one.about}", one.why) for one in refused]):
            say(f"  {line}")


def sync(as_json: Json = False) -> None:
    """Exchange with the team now. The app does it by itself while it is open."""
    from dataclasses import replace

    from trainer.commands import options
    from trainer.commands.output import counted, emit, note, say
    from trainer.config import save
    from trainer.team.exchange import sync as exchange
    from trainer.team.membership import server_of

    config = options.config()
    with options.store() as store:
        with server_of(config) as server:
            for warning in server.warnings:
                note(f"Take care: {warning}")
            done = exchange(store, server, told=lambda what, count: note(f"{what} {count}"))
        if done.recordings != config.recordings:
            save(replace(config, recordings=done.recordings), options.paths().settings)
        recordings = _carry(store, replace(config, recordings=done.recordings))
        if recordings:  # where they lie is a record too
            with server_of(config) as server:
                exchange(store, server)
    if as_json:
        emit(
            {
                "sent": done.sent,
                "got": done.got,
                "waiting": done.waiting,
                "refused": done.refused,
                "forgotten": list(done.forgotten),
                "recordings": recordings,
            }
        )
        return
    say(f"Sent {counted(done.sent, 'record')}, got {done.got}.")
    if recordings:
        say(f"Sent {counted(recordings, 'recording')}.")
    for name in done.forgotten:
        say(f"{name} reports to somebody else now; what was here of them is deleted.")
    if done.refused:
        from trainer.errors import command

        say(f"{done.refused} refused; `{command('team status')}` says which and why.")


def _post(store: "Store", config: "Config") -> "Post":
    from trainer.commands import options
    from trainer.team.recordings import Post, place_of

    return Post(store, options.paths().takes, place_of(config), keep_days=config.keep_days)


def _carry(store: "Store", config: "Config") -> int:
    """Sends and deletes what waits for it at the team's place; how many recordings were sent."""
    from trainer.commands.output import Progress, note

    post = _post(store, config)
    post.tidy()
    total, progress = len(post.waiting()), Progress("recordings")
    while left := post.step():
        progress(1 - left / total)
    progress(1.0)
    for why in post.unfit:
        note(f"Mind: {why}")
    return total - len(post.unfit)
