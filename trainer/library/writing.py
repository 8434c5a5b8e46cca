"""Drafts written into a folder as files that people go on with; nothing that is there is touched."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from scoring.rubric import Criterion
from trainer.library.drafts import Draft
from trainer.library.errors import PlaybookError
from trainer.library.yaml_text import yaml_text

NAMES = "names.txt"


def write_drafts(drafts: Sequence[Draft], names: Sequence[str], folder: Path, playbook: Path) -> list[Path]:
    """Writes them and says which files those are; PlaybookError, and nothing written, where one is there."""
    files = dict(_files(drafts, names, playbook))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if os.path.lexists(folder / name):
                raise PlaybookError(f"{folder / name}: is there already; name another folder with --out.")
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
    except OSError as error:
        raise PlaybookError(f"{folder}: can't be written ({error.strerror}); name another one.") from error
    return [folder / name for name in files]


def _files(drafts: Sequence[Draft], names: Sequence[str], playbook: Path) -> Iterator[tuple[str, str]]:
    for one in drafts:
        yield f"{one.scenario.id}.yaml", _scenario(one, playbook)
        if one.own_rubric:
            yield f"{one.rubric.id}.yaml", _rubric(one, playbook)
    if names:
        about = "# Names and terms the recogniser should expect, one a line."
        yield NAMES, "\n".join((about, *names)) + "\n"


def _scenario(one: Draft, playbook: Path) -> str:
    plain = one.scenario.model_dump(mode="json", exclude_defaults=True)
    head = [
        f"# A draft from {_comment(playbook.name)}. Still to write:",
        *(f"# - {text}" for text in one.to_write),
    ]
    if one.unplaced:
        head += ["# What the playbook says and has no place here yet:"]
        head += [f"# - {_comment(str(found))}" for found in one.unplaced]
    top = {key: value for key, value in plain.items() if key != "forms"}
    return "\n".join(head) + "\n" + yaml_text(top) + "\n" + yaml_text({"forms": plain["forms"]})


def _rubric(one: Draft, playbook: Path) -> str:
    whole = one.rubric.model_dump(mode="json")
    plain = {key: whole[key] for key in ("id", "skill", "title", "pass_mark")}
    plain["criteria"] = [
        {
            key: value
            for key, value in criterion.items()
            if (value and value != Criterion.model_fields[key].default) or value is False
        }
        for criterion in whole["criteria"]
    ]
    return f"# A draft from {_comment(playbook.name)}: weigh and word it as your team judges.\n" + yaml_text(
        plain
    )


def _comment(text: str) -> str:
    """In one line, and nothing in it that YAML has no place for even in a comment."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
