import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python(program: str, *arguments: object) -> list[str]:
    """The command that runs a program of this project in a process of its own."""
    return [sys.executable, "-c", program, *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)} | more


def run_python(program: str, *arguments: object, **env: str) -> str:
    """What it prints; its error output must be empty."""
    done = subprocess.run(
        python(program, *arguments),
        env=environment(**env),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout
