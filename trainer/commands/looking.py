"""Who looks at whose records, and that it is written down."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.config import Config
    from trainer.store import Store
    from trainer.store.records import Person


def rep_named(store: "Store", name: str, me: "Config") -> "Person":
    """The rep of that name; BadInputError where there is none, or where a rep asks about somebody else."""
    from difflib import get_close_matches

    from trainer.errors import BadInputError, command

    found = store.person(name)
    if found is None or found.role != "rep":
        names = {one.name.casefold(): one.name for one in store.people("rep")}
        close = get_close_matches(name.casefold(), names, n=1, cutoff=0.6)
        hint = f"did you mean {names[close[0]]}?" if close else f"see `{command('team')}`."
        raise BadInputError(f"{name}: no rep of that name practises here; {hint}")
    if me.role == "rep" and store.person(me.name) != found:
        raise BadInputError(f"{name}: this profile is {me.name}'s; a rep sees their own records alone.")
    return found


def log(store: "Store", me: "Config", reps: "list[Person]", what: str, which: str = "") -> None:
    """Writes down that the manager of this profile opened something of these reps'."""
    from trainer.commands.output import note

    if me.role == "rep" or not reps:
        return
    if not me.name:
        note("This profile names nobody, so the log of looks has no entry. Open the app to say who you are.")
        return
    who = store.person(me.name) or store.add_person(me.name, "manager")
    for rep in reps:
        store.privacy.look(who.id, rep.id, what, which)
