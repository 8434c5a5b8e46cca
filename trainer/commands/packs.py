"""`trainer packs`: scenarios that somebody else wrote, or that a team passes on, as one file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.library.differing import Affected, Change
    from trainer.library.inspecting import Inspected
    from trainer.paths import Paths

cli = typer.Typer(help="Install, check, compare and make packs of scenarios.", no_args_is_help=True)

PathOfPack = Annotated[Path, typer.Argument(metavar="PACK", help="A folder or a zip.")]


@cli.command()
def add(path: PathOfPack, as_json: Json = False) -> None:
    """Install a pack, or update the one of its name; nothing is changed if anything in it is wrong."""
    from scenarios.judging import Judge
    from trainer.commands import options
    from trainer.commands.output import Progress, counted, emit, note, say
    from trainer.library.installing import add as install
    from trainer.practice.meaning import embedder

    found = install(path, options.paths(), Judge(embedder()), Progress("checking"))
    for finding in found.findings:
        note(str(finding))
    if as_json:
        emit(_document(found))
        return
    manifest = found.pack.manifest
    say(f"{manifest.name} {manifest.version} is installed: {counted(len(found.scenarios), 'scenario')}.")
    for scenario in found.scenarios:
        say(f"  {scenario}")


@cli.command("list")
def list_packs(as_json: Json = False) -> None:
    """List the installed packs."""
    from trainer.commands import options
    from trainer.commands.output import columns, counted, emit, note, say
    from trainer.errors import command
    from trainer.library.installing import installed
    from trainer.library.shelves import installed_names

    found = list(installed(options.paths()))
    if as_json:
        emit(
            {
                "packs": [
                    {**one.manifest.model_dump(mode="json"), "scenarios": list(one.scenarios)}
                    for one in found
                ]
            }
        )
        return
    whole = [one.manifest.name for one in found]
    broken = [name for name in installed_names(options.paths().packs) if name not in whole]
    for name in broken:
        note(f"{name}: no longer whole; add it again, or `{command(f'packs remove {name}')}`.")
    if not found and not broken:
        say(f"No packs. `{command('packs add PACK')}` installs one.")
    rows = [
        (
            one.manifest.name,
            one.manifest.version,
            counted(len(one.scenarios), "scenario"),
            one.manifest.language,
            one.manifest.licence,
            one.manifest.author,
        )
        for one in found
    ]
    for line in columns(rows):
        say(line)


@cli.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Even where somebody is assigned one of its scenarios.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Remove a pack. Scores of what was practised with it stay, and can still be verified."""
    from trainer.commands import options
    from trainer.commands.output import emit, say
    from trainer.errors import BadInputError
    from trainer.library.differing import Version, changes, version_in
    from trainer.library.installing import installed_pack
    from trainer.library.installing import remove as take_out

    paths = options.paths()
    there = installed_pack(paths, name)
    before = version_in(there.scenarios if there else {})
    touched = _affected(paths, list(changes(before, Version({}))), before.skills)
    if touched and not anyway:
        first = f"{touched[0].person} {touched[0].what}".strip()
        more = f", and {len(touched) - 1} more" if len(touched) > 1 else ""
        raise BadInputError(f"{name}: {first}{more}; `--anyway` removes it all the same.")
    take_out(name, paths)
    if as_json:
        emit({"removed": name})
    else:
        say(f"{name} is removed.")


@cli.command()
def check(path: PathOfPack, as_json: Json = False) -> None:
    """Check a pack without installing it; exit 2 if anything in it is wrong."""
    from trainer.commands.output import counted, emit, note, say

    found = _inspected(path)
    errors = len(found.errors)
    if as_json:
        emit({**_document(found), "errors": errors})
    else:
        for finding in found.findings:
            note(str(finding))
        manifest = found.pack.manifest
        what = f"{manifest.name} {manifest.version}, {counted(len(found.scenarios), 'scenario')}"
        say(f"{what}: {counted(errors, 'error')}, {counted(len(found.findings) - errors, 'warning')}.")
    if errors:
        raise typer.Exit(2)


@cli.command()
def diff(path: PathOfPack, as_json: Json = False) -> None:
    """Show what a pack changes against the installed one, and whom that touches."""
    from trainer.commands import options
    from trainer.commands.output import say
    from trainer.library.differing import Version, changes, version_in
    from trainer.library.inspecting import files_in
    from trainer.library.installing import installed_pack
    from trainer.library.pack import read_pack, unpacked

    paths = options.paths()
    pack = read_pack(path)
    there = installed_pack(paths, pack.manifest.name)
    before = version_in(there.scenarios) if there else Version({})
    with unpacked(pack) as folder:
        after = version_in(files_in(pack, folder))
    found = list(changes(before, after))
    touched = _affected(paths, found, before.skills)
    versions = (there.manifest.version if there else None, pack.manifest.version)
    if as_json:
        _emit_diff(pack.manifest.name, versions, found, touched)
        return
    say(f"{pack.manifest.name}: {f'{versions[0]} → ' if there else 'not installed; '}{versions[1]}")
    for one in found:
        say(f"{one.kind:<8} {one.scenario}")
        for line in one.what:
            say(f"         {line}")
    if not found:
        say("No scenario and no rubric is changed.")
    if touched:
        say("Who is in the middle of something:")
    for who in touched:
        say(f"  {who.person} {who.what}" if who.person else f"  {who.what}")
    if any(one.kind == "changed" for one in found):
        say("Old scores stay as they are; what was begun is finished in the words it began with.")


@cli.command()
def make(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="With pack.yaml, scenarios and rubrics.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE.zip", help="NAME-VERSION.zip otherwise.")] = None,
    as_json: Json = False,
) -> None:
    """Make a zip of a folder: the same files give the same zip, byte by byte."""
    from hashlib import sha256

    from trainer.commands.output import emit, note, say
    from trainer.errors import BadInputError
    from trainer.library.making import make as write
    from trainer.library.making import usual_name, zipped

    if not folder.is_dir():
        raise BadInputError(f"{folder}: not a folder; name the one that holds pack.yaml.")
    found = _inspected(folder)
    for finding in found.findings:
        note(str(finding))
    if found.errors:
        raise typer.Exit(2)
    file = out or Path(usual_name(found.pack))
    fresh = write(found.pack, file)
    digest = sha256(zipped(found.pack)).hexdigest()
    if as_json:
        emit({"file": str(file), "sha256": digest, "written": fresh})
    else:
        say(f"{file}{'' if fresh else ' is there already'}, SHA-256 {digest}")


def _inspected(path: Path) -> "Inspected":
    from scenarios.judging import Judge
    from trainer.commands.output import Progress
    from trainer.library.inspecting import inspect
    from trainer.library.installing import taken_by_others
    from trainer.library.pack import read_pack, unpacked
    from trainer.practice.meaning import embedder

    pack = read_pack(path)
    taken = taken_by_others(pack.manifest.name)
    with unpacked(pack) as folder:
        return inspect(pack, folder, taken, Judge(embedder()), Progress("checking"))


def _affected(paths: "Paths", found: "Sequence[Change]", skills: dict[str, str]) -> "list[Affected]":
    """From the store, if there is one: nobody is touched before the first practice."""
    from trainer.commands import options
    from trainer.library.differing import affected

    if not paths.database.exists():
        return []
    me = options.config()
    with options.store() as store:
        return list(affected(store, found, skills, store.person(me.name) if me.name else None))


def _document(found: "Inspected") -> dict[str, Any]:
    return {
        **found.pack.manifest.model_dump(mode="json"),
        "digest": found.pack.digest,
        "scenarios": list(found.scenarios),
        "findings": [one.as_json() for one in found.findings],
    }


def _emit_diff(
    name: str,
    versions: tuple[str | None, str],
    found: "Sequence[Change]",
    touched: "Sequence[Affected]",
) -> None:
    from dataclasses import asdict

    from trainer.commands.output import emit

    emit(
        {
            "name": name,
            "installed": versions[0],
            "offered": versions[1],
            "changes": [asdict(one) for one in found],
            "affected": [asdict(one) for one in touched],
        }
    )
