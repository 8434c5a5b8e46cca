"""Packs for tests: folders with a manifest, a scenario and a rubric of its own; zips, honest and not."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from scoring.rubrics_library import text_of
from tests.scenarios.small import SMALL

MANIFEST = """\
name: acme
version: "1.0"
language: en
licence: CC0-1.0
author: Acme
"""
RUBRIC = text_of("price-objection").replace("id: price-objection", "id: acme-price")
SCENARIO = SMALL.replace("id: small", "id: acme-small").replace(
    "rubric: price-objection", "rubric: ../rubrics/acme-price.yaml"
)
FILES = {
    "pack.yaml": MANIFEST,
    "scenarios/acme-small.yaml": SCENARIO,
    "rubrics/acme-price.yaml": RUBRIC,
    "README.md": "# Acme\n",
}


def folder(at: Path, manifest: str = MANIFEST) -> Path:
    """The pack in a folder."""
    return folder_of(at, {**FILES, "pack.yaml": manifest})


def folder_of(at: Path, files: Mapping[str, str]) -> Path:
    """These files in a folder, whatever else is in it."""
    for name, text in files.items():
        file = at / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return at


def zip_of(file: Path, files: Mapping[str, str | bytes], *, within: str = "") -> Path:
    """A zip as a usual program writes it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(within + name, text)
    return file
