#!/usr/bin/env bash
# Every check, cheapest first; called by `./run test`, whose further arguments go to pytest.
set -euo pipefail
bin=$1
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH=$bin:$PATH
ruff check .
ruff format --check .
lint-imports
mypy
exec python -m pytest "$@"
