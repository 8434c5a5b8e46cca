"""`trainer team admin`: sets a team's database up and says who is in the team."""

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.team.admin import Admin, Invitation, Person

cli = typer.Typer(
    no_args_is_help=True,
    help="Set a team's database up; add, move and remove people. Needs its administrator.",
)

ADDRESS = "TRAINER_TEAM_ADMIN"

Server = Annotated[
    str | None,
    typer.Option(metavar="URL", envvar=ADDRESS, help="The database; otherwise the one of the last init."),
]
Name = Annotated[str, typer.Argument(metavar="NAME")]


@cli.command()
def init(
    url: Annotated[str, typer.Argument(metavar="URL", help="postgresql://ADMINISTRATOR@HOST:PORT/DATABASE")],
    public: Annotated[
        str | None, typer.Option(metavar="HOST[:PORT]", help="Where members reach it, if elsewhere.")
    ] = None,
    recordings: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where recordings go: a shared folder or s3://…; '' for nowhere."),
    ] = None,
    restored: Annotated[
        bool, typer.Option("--restored", help="It was restored on a server that hides its identity.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Set up an empty database, or bring one up to date; done twice it does nothing."""
    from trainer.commands import options
    from trainer.commands.output import emit, note, say
    from trainer.errors import command
    from trainer.team.address import Address

    if recordings:
        from trainer.team.place import Place

        Place.of(recordings).prepare()
    with _admin(url) as admin:
        done = admin.init(public=public, recordings=recordings, restored=restored)
    file = options.paths().team_admin
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(Address.of(url).url + "\n", encoding="utf-8")
    for warning in done.warnings:
        note(f"Mind: {warning}.")
    if as_json:
        emit({"did": done.did, "without_login": done.without_login, "warnings": done.warnings})
        return
    say(f"Set up: {', '.join(done.did)}." if done.did else "All was set up already.")
    if done.without_login:
        say(f"Their logins were gone and are new; each needs a password: {', '.join(done.without_login)}.")
    say(f"Next: {command('team admin add NAME --role manager')}")


@cli.command()
def add(
    name: Name,
    role: Annotated[Literal["rep", "manager"], typer.Option(help="What the person does.")],
    manager: Annotated[str | None, typer.Option(metavar="NAME", help="Whom a rep reports to.")] = None,
    server: Server = None,
    as_json: Json = False,
) -> None:
    """Take somebody into the team, or back; prints their invitation, the password this once."""
    with _admin(_address(server)) as admin:
        _invite(admin.add(name, role, manager), as_json)


@cli.command()
def move(
    name: Name,
    to: Annotated[str, typer.Option(metavar="NAME", help="The manager from now on.")],
    server: Server = None,
    as_json: Json = False,
) -> None:
    """Let a rep report to another manager, who sees their assessed work from now on."""
    from trainer.commands.output import emit, say

    with _admin(_address(server)) as admin:
        person = admin.move(name, to)
    if as_json:
        emit(_told(person))
        return
    say(f"{person.name} reports to {person.manager}.")


@cli.command()
def remove(
    name: Name,
    erase: Annotated[
        bool, typer.Option("--erase", help="Take every record about them off, for good.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before an erasure.")] = False,
    server: Server = None,
    as_json: Json = False,
) -> None:
    """End somebody's login; with --erase, take what is about them off the server."""
    from trainer.commands.output import counted, emit, say

    if erase and not yes:
        _sure(name)
    with _admin(_address(server)) as admin:
        done = admin.remove(name, erase=erase)
    if as_json:
        emit({"name": done.person.name, "id": done.person.id, "erased": done.erased})
        return
    say(f"{done.person.name} can't connect any more.")
    if done.erased is not None:
        say(f"{counted(done.erased, 'record')} erased here; backups keep theirs until you delete them.")


@cli.command()
def password(name: Name, server: Server = None, as_json: Json = False) -> None:
    """Give somebody a new password; the old one is no longer accepted."""
    with _admin(_address(server)) as admin:
        _invite(admin.password(name), as_json)


@cli.command("list")
def list_(server: Server = None, as_json: Json = False) -> None:
    """Show who is in the team, whom they report to, and who has not joined yet."""
    from trainer.commands.output import columns, emit, note, say

    with _admin(_address(server)) as admin:
        people, since = admin.people(), admin.held_up_since()
    if as_json:
        emit({"people": [_told(one) for one in people], "held_up_since": since})
        return
    if not people:
        say("Nobody is in the team yet.")
    rows = [(one.name, one.role, one.manager or "", _state(one), one.login or "") for one in people]
    for line in columns([("name", "role", "reports to", "state", "login"), *rows] if rows else []):
        say(line)
    if since:
        note(
            f"Mind: records since {since.astimezone():%Y-%m-%d %H:%M} are held up by a transaction that"
            " somebody left open; see pg_stat_activity."
        )


def _admin(url: str) -> "Admin":
    """The administrator's connection; asks for the password where one is wanted and somebody is there."""
    from trainer.commands.output import note
    from trainer.team.admin import connect
    from trainer.team.errors import DeniedError

    try:
        admin = connect(url)
    except DeniedError as error:
        if not error.wants_password or not sys.stdin.isatty():
            raise
        admin = connect(url, typer.prompt("Password", hide_input=True, err=True))
    for warning in admin.warnings:
        note(f"Mind: {warning}")
    return admin


def _address(server: str | None) -> str:
    from trainer.commands import options
    from trainer.errors import BadInputError, command

    file = options.paths().team_admin
    if server:
        return server
    if file.exists():
        return file.read_text(encoding="utf-8").strip()
    raise BadInputError(
        f"Which database? Name it with --server URL or {ADDRESS},"
        f" or set it up: `{command('team admin init URL')}`."
    )


def _invite(invitation: "Invitation", as_json: bool) -> None:
    from trainer.commands.output import emit, say
    from trainer.errors import command

    person = invitation.person
    if as_json:
        emit({**_told(person), "url": invitation.url, "password": invitation.password})
        return
    if invitation.password is None:
        say(f"{person.name} is in the team already; `{command('team admin password')}` gives a new password.")
        return
    say(f"For {person.name}, to join with:")
    say(f"  trainer team join '{invitation.url}'")
    say(f"  password: {invitation.password}")
    say("The password is shown this once. Send it another way than the address.")


def _told(person: "Person") -> dict[str, object]:
    return {
        "name": person.name,
        "id": person.id,
        "role": person.role,
        "manager": person.manager,
        "state": _state(person),
        "login": person.login,
    }


def _state(person: "Person") -> str:
    if person.left_at is not None:
        return "left"
    return "invited" if person.joined_at is None else "joined"


def _sure(name: str) -> None:
    from trainer.errors import BadInputError

    if not sys.stdin.isatty():
        raise BadInputError(f"remove {name}: nobody can be asked here; add --yes.")
    said = typer.prompt(f"Every record about {name} goes for good. Type the name to go on", err=True)
    if " ".join(said.split()).casefold() != " ".join(name.split()).casefold():
        raise BadInputError("That is another name; nothing was erased.")
