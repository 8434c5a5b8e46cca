"""`trainer scenarios`: the library listed and shown; writing and checking them are in files of their own."""

from typing import Annotated

import typer

from trainer.commands import checking, drafting, previewing, schemas
from trainer.commands.options import Json

cli = typer.Typer(help="List, show, write and check scenarios.", no_args_is_help=True)
for part in (drafting, previewing, checking, schemas):
    part.add_to(cli)


@cli.command("list")
def list_scenarios(as_json: Json = False) -> None:
    """List the scenarios."""
    from scenarios.headings import origin_of
    from scenarios.loader import usable
    from trainer.commands import content
    from trainer.commands.output import columns, emit, note, say

    found, faults = usable()
    hard = content.difficulties(found)
    if as_json:
        emit(
            {
                "scenarios": [
                    {
                        "id": one.id,
                        "title": one.title,
                        "skill": one.skill,
                        "rubric": one.rubric,
                        "minutes": one.minutes,
                        "forms": list(one.forms),
                        "origin": origin_of(one.id) or "library",
                        "difficulty": content.as_json(hard.get(one.id)),
                    }
                    for one in found
                ],
                "left_out": [str(fault) for fault in faults],
            }
        )
        return
    for line in columns(
        [
            (
                one.id,
                one.title,
                f"{one.minutes} min, forms {' '.join(one.forms)}",
                hard[one.id].says if one.id in hard else "",
                origin_of(one.id),
            )
            for one in found
        ]
    ):
        say(line)
    for fault in faults:
        note(f"Left out: {fault}")


@cli.command()
def show(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="An id or a file.")],
    as_json: Json = False,
) -> None:
    """Show a scenario: who, what, and what is judged."""
    from scenarios.loader import load
    from scoring.published import published
    from scoring.rubrics_library import load_rubric
    from trainer.commands import content
    from trainer.commands.output import emit, say

    wanted = load(scenario)
    rubric = load_rubric(wanted.rubric)
    hard = content.difficulties([wanted]).get(wanted.id)
    if as_json:
        criteria = [
            {**one.model_dump(mode="json"), "proven": published().proven(one.move)} for one in rubric.criteria
        ]
        emit({**wanted.model_dump(mode="json"), "criteria": criteria, "difficulty": content.as_json(hard)})
        return
    say(f"{wanted.title}   ({wanted.id}, about {wanted.minutes} minutes)")
    say(f"Goal: {wanted.goal}")
    if hard:
        low, high = (round(one) for one in hard.mean_score)
        say(f"How hard: {hard.says}; their mean score {hard.mean:.0f}, {low}–{high} (intervals of 95 %).")
    for name, form in wanted.forms.items():
        say(f"\nForm {name}: {form.persona.name}, {form.persona.role}")
        say(f"  {form.situation}")
        for turn in form.turns:
            say(f"  {turn.id}: “{turn.says}”")
            for branch in turn.next:
                made = [f"made {move}" for move in branch.made] + [f"missed {move}" for move in branch.missed]
                say(f"      {' and '.join(made) or 'otherwise'} → {branch.go}")
    from trainer.errors import command

    say("\nWhat is judged:")
    for criterion in rubric.criteria:
        say(f"  {criterion.says} (weight {criterion.weight})")
        say(f"      {published().says(criterion.move)}")
    if published().data:
        say(f"\nCompared with people on {published().data}.")
    if not published().current:
        say(f"The scorer has changed since; `{command('calibrate')}` measures it anew.")
