"""`trainer plan`: the path of skills that a rep is on, and that both said yes to its targets."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.coaching.plan import Path, Waypoint
    from trainer.store import Store
    from trainer.store.records import Person

cli = typer.Typer(help="A rep's path of skills: make it, show it, agree on targets.", no_args_is_help=True)

Rep = Annotated[str, typer.Argument(metavar="REP")]


@cli.command()
def templates(
    name: Annotated[str | None, typer.Argument(metavar="[TEMPLATE]", help="Show its file, to copy.")] = None,
    as_json: Json = False,
) -> None:
    """List the paths there are to start from; with a name, print that one's file."""
    from dataclasses import asdict

    from trainer.coaching.template import load_template, template_names, text_of_template
    from trainer.commands.output import columns, counted, emit, say

    found = [load_template(one) for one in ([name] if name else template_names())]
    if as_json:
        emit({"templates": [asdict(one) for one in found]})
    elif name:
        say(text_of_template(name).rstrip())
    else:
        rows = [
            (one.name, one.title, counted(len(one.steps), "skill"), f"{one.weeks} weeks") for one in found
        ]
        for line in columns(rows):
            say(line)


@cli.command()
def make(
    rep: Rep,
    template: Annotated[str, typer.Option(metavar="NAME|FILE", help="A template's name, or your own file.")],
    as_json: Json = False,
) -> None:
    """Put a rep on a path; it takes the place of the one before, and no evidence is lost."""
    from trainer.coaching.plan import path
    from trainer.coaching.template import load_template
    from trainer.commands import options
    from trainer.commands.output import emit, say

    chosen = load_template(template)
    with options.store() as store:
        author = _me(store)
        person = options.person(store, rep, "rep")
        _may(author, person)
        store.plans.make(person.id, author.id, chosen.steps, template=chosen.name)
        made = path(store, person)
    assert made is not None  # noqa: S101 - it was just made
    if as_json:
        emit(_document(person.name, made))
        return
    say(f"{person.name} is on {chosen.title!r}: {len(chosen.steps)} skills in {chosen.weeks} weeks.")
    if focus := made.focus:
        say(f"Focus: {focus.title}, target {focus.target}. {_who_is_missing(focus, person.name)}")


@cli.command()
def show(rep: Rep, as_json: Json = False) -> None:
    """Show a rep's path, step by step, and where they stand."""
    from trainer.coaching.plan import path
    from trainer.commands import options
    from trainer.commands.output import columns, emit, say

    with options.store() as store:
        person = _known(store, rep)
        found = path(store, person)
    if as_json:
        emit(_document(person.name, found) if found else {"rep": person.name, "plan": None})
        return
    if found is None:
        from trainer.errors import command

        say(f"{person.name} has no plan yet; `{command('plan templates')}` lists the paths to start from.")
        return
    for line in columns([_row(one, found) for one in found.waypoints]):
        say(line)
    if found.focus:
        say()
        say(f"{found.focus.title}: {_who_is_missing(found.focus, person.name)}")


@cli.command()
def agree(
    rep: Rep,
    skill: Annotated[str, typer.Argument(metavar="SKILL")],
    target: Annotated[int, typer.Argument(metavar="TARGET", min=1, max=100)],
    as_json: Json = False,
) -> None:
    """Say yes to a target, as the person of this profile; it stands once rep and manager both did."""
    from trainer.coaching.plan import waypoint
    from trainer.commands import options
    from trainer.commands.output import emit, say
    from trainer.errors import BadInputError

    with options.store() as store:
        me, person = _me(store), _known(store, rep)
        _may(me, person)
        plan = store.plans.of_rep(person.id)
        step = next((one for one in (plan.steps if plan else ()) if one.skill == skill), None)
        if step is None:
            known = ", ".join(one.skill for one in plan.steps) if plan else "no plan yet"
            raise BadInputError(f"{skill}: not on the plan of {person.name}; there is {known}.")
        _reaches(skill, target)
        store.plans.agree(person.id, skill, target, me.id)
        found = waypoint(store, person, step, store.ledger.of_rep(person.id))
    if as_json:
        emit({"rep": person.name, **_step(found)})
    else:
        say(f"{found.title}: you said yes to {target}. {_who_is_missing(found, person.name, target)}")


def _reaches(skill: str, target: int) -> None:
    from trainer.coaching.rules import rule_of
    from trainer.errors import BadInputError

    least = rule_of(skill).score
    if target < least:
        raise BadInputError(f"{target}: below {least}, which passes this skill; agree on {least} to 100.")


def _me(store: "Store") -> "Person":
    from trainer.commands import options
    from trainer.errors import BadInputError, command

    mine = options.config()
    if not mine.name or mine.role is None:
        raise BadInputError(f"Who are you? Start `{command('')}` once and give your name.")
    return store.person(mine.name) or store.add_person(mine.name, mine.role)


def _known(store: "Store", rep: str) -> "Person":
    from trainer.errors import BadInputError, command

    person = store.person(rep)
    if person is None:
        raise BadInputError(f"{rep}: nobody of that name practises here; see `{command('team')}`.")
    return person


def _may(me: "Person", rep: "Person") -> None:
    from trainer.errors import BadInputError

    if me.role == "rep" and me.id != rep.id:
        raise BadInputError(f"You are {me.name}: the plan of {rep.name} is theirs and their manager's.")


def _who_is_missing(one: "Waypoint", rep: str, target: int = 0) -> str:
    wanted = target or one.target
    missing = [{"rep": rep, "manager": "the manager"}[who] for who in one.yes.missing(wanted)]
    if not missing:
        return f"Both said yes to {wanted}."
    return f"{' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} not said yes to {wanted} yet."


def _row(one: "Waypoint", found: "Path") -> tuple[str, ...]:
    mark = "▸" if one is found.focus else " "
    return (
        mark,
        one.step.skill,
        one.title,
        f"target {one.target}",
        f"{one.step.weeks} weeks",
        one.standing.state,
    )


def _document(rep: str, found: "Path") -> dict[str, Any]:
    return {
        "rep": rep,
        "template": found.plan.template,
        "made_at": found.plan.made_at.isoformat(),
        "focus": found.focus.step.skill if found.focus else None,
        "steps": [_step(one) for one in found.waypoints],
    }


def _step(one: "Waypoint") -> dict[str, Any]:
    return {
        "skill": one.step.skill,
        "title": one.title,
        "target": one.target,
        "weeks": one.step.weeks,
        "state": one.standing.state,
        "missing": list(one.standing.missing),
        "yes": {"rep": one.yes.rep, "manager": one.yes.manager},
    }
