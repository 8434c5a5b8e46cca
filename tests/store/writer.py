"""`writer.py DB NAME [TIMES]`: practises that often or without end, and says each id once it is kept."""

import itertools
import sys
from pathlib import Path

from tests.store.records import attempt, finished
from trainer.store import Store

if __name__ == "__main__":
    path, name, *times = sys.argv[1:]
    with Store.open(Path(path)) as store:
        rep = store.add_person(name, "rep")
        for _ in range(int(times[0])) if times else itertools.count():
            sys.stdout.write(finished(store, attempt(rep)).id + "\n")
            sys.stdout.flush()
