"""`trainer scenarios`: the library listed, shown, checked."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.commands.options import Json

cli = typer.Typer(help="List, show and check scenarios.", no_args_is_help=True)


@cli.command("list")
def list_scenarios(as_json: Json = False) -> None:
    """List the scenarios."""
    from scenarios.loader import all_scenarios
    from trainer.commands.output import columns, emit, say

    found = all_scenarios()
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
                    }
                    for one in found
                ]
            }
        )
        return
    for line in columns(
        [(one.id, one.title, f"{one.minutes} min, forms {' '.join(one.forms)}") for one in found]
    ):
        say(line)


@cli.command()
def show(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="An id or a file.")],
    as_json: Json = False,
) -> None:
    """Show a scenario: who, what, and what is judged."""
    from scenarios.loader import load
    from scoring.published import published
    from scoring.rubrics_library import load_rubric
    from trainer.commands.output import emit, say

    wanted = load(scenario)
    rubric = load_rubric(wanted.rubric)
    if as_json:
        criteria = [
            {**one.model_dump(mode="json"), "proven": published().proven(one.move)} for one in rubric.criteria
        ]
        emit({**wanted.model_dump(mode="json"), "criteria": criteria})
        return
    say(f"{wanted.title}   ({wanted.id}, about {wanted.minutes} minutes)")
    say(f"Goal: {wanted.goal}")
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


@cli.command()
def check(
    scenario: Annotated[
        list[Path] | None, typer.Argument(metavar="[SCENARIO]...", help="Ids or files; all otherwise.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check scenarios: their form, their branches, their examples; exit 2 if one has an error."""
    from scenarios.lint import check_all
    from trainer.commands.output import counted, emit, note, say
    from trainer.practice.meaning import embedder

    findings = check_all([str(one) for one in scenario or []], embedder=embedder())
    errors = [finding for finding in findings if finding.severity == "error"]
    if as_json:
        emit({"findings": [finding.as_json() for finding in findings], "errors": len(errors)})
    else:
        for finding in findings:
            note(str(finding))
        warnings = len(findings) - len(errors)
        say(f"{counted(len(errors), 'error')}, {counted(warnings, 'warning')}.")
    if errors:
        raise typer.Exit(2)
