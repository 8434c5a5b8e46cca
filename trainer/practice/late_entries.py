"""Finished assessed attempts that the ledger lacks: a crash came between, or they are older than it."""

from trainer.coaching.entering import enter
from trainer.practice.rejudging import setting_then
from trainer.practice.session import PracticeError
from trainer.store import Store
from trainer.store.coaching.ledger import Entry


def enter_left_out(store: Store, rep_id: str) -> list[Entry]:
    """Enters them, oldest first, with the score they got. One whose scenario has gone waits for it."""
    entries = []
    for attempt_id in store.ledger.left_out(rep_id):
        try:
            by = setting_then(store.attempt(attempt_id))
        except PracticeError:  # it may be on another machine; the attempt itself is in every list
            continue
        if entry := enter(store, attempt_id, by.rubric, by.form.lines):
            entries.append(entry)
    return entries
