"""Every check, cheapest first; `./run test` calls it, and further arguments go to pytest."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

PROCESSES = "4" if (os.cpu_count() or 1) > 2 else "3"
"""Half the tests' time is waiting for sound and screens; more processes than this make those tests late."""

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports", "--no-cache"),
    ("mypy",),
    ("python", "-m", "pytest", "-n", PROCESSES, "--dist", "loadfile", *sys.argv[1:]),
)


def main() -> int:
    """Runs the checks until one fails; returns its exit code."""
    tools = Path(sys.executable).parent
    for name, *rest in CHECKS:
        code = subprocess.call([str(tools / name), *rest], cwd=ROOT)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
