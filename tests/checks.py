"""Every check, cheapest first; `./run test` calls it, and further arguments go to pytest."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports", "--no-cache"),
    ("mypy",),
    ("python", "-m", "pytest", *sys.argv[1:]),
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
