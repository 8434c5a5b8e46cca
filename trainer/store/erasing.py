"""Erasing a person: every row that is about them or by them, in one transaction."""

import sqlite3

_ATTEMPTS = "attempt_id IN (SELECT id FROM attempts WHERE rep_id = :id)"
_REPLIES = f"reply_id IN (SELECT id FROM replies WHERE {_ATTEMPTS})"  # noqa: S608
_TAKES = f"take_id IN (SELECT id FROM takes WHERE {_ATTEMPTS})"  # noqa: S608

_ROWS = (
    ("ledger", "rep_id = :id"),
    ("self_marks", _REPLIES),
    ("notes", f"{_REPLIES} OR author_id = :id"),
    ("exemplary", f"{_REPLIES} OR author_id = :id"),
    ("tries", "drill_id IN (SELECT id FROM drills WHERE rep_id = :id)"),
    ("drills", "rep_id = :id"),
    ("examples_taken", "rep_id = :id"),
    ("figures", "rep_id = :id"),
    ("looks", "rep_id = :id OR person_id = :id"),
    ("consents", "person_id = :id"),
    ("shares", _ATTEMPTS),
    ("recordings_gone", _TAKES),
    ("stored", _TAKES),
    ("arrived", _ATTEMPTS),
    ("withdrawals", "rep_id = :id OR author_id = :id"),
    ("inbox", "rep_id = :id OR author_id = :id"),
    ("refused", "rep_id = :id OR author_id = :id"),
    ("cursors", "rep_id = :id"),
    ("team_members", "person_id = :id"),
    ("session_ends", "session_id IN (SELECT id FROM sessions WHERE rep_id = :id OR manager_id = :id)"),
    ("sessions", "rep_id = :id OR manager_id = :id"),
    ("agreements", "rep_id = :id OR person_id = :id"),
    ("plans", "rep_id = :id"),
    ("open_assignments", "assignment_id IN (SELECT id FROM assignments WHERE rep_id = :id)"),
    ("assignments", "rep_id = :id"),
    ("shown", "rep_id = :id"),
    ("tallies", "rep_id = :id"),
    ("rescores", _ATTEMPTS),
    ("results", _ATTEMPTS),
    ("criterion_results", _REPLIES),
    ("replies", _ATTEMPTS),
    ("takes", _ATTEMPTS),
    ("attempts", "rep_id = :id"),
)
"""What goes, in an order in which no row points to one that is gone."""


def erase(db: sqlite3.Connection, person_id: str) -> dict[str, int]:
    """How many rows of which table went. The person's row itself stays, without a name, where others'
    records name them as author: a manager's sign-off of somebody else is that person's evidence.
    """
    who = {"id": person_id}
    db.execute("INSERT INTO erasures VALUES (:id)", who)
    went = {
        table: count
        for table, where in _ROWS
        if (count := db.execute(f"DELETE FROM {table} WHERE {where}", who).rowcount)  # noqa: S608
    }
    db.execute("UPDATE assignments SET manager_id = NULL WHERE manager_id = :id", who)
    db.execute("UPDATE people SET name = 'erased ' || id, name_key = 'erased ' || id WHERE id = :id", who)
    db.execute(
        "DELETE FROM people WHERE id = :id AND NOT EXISTS (SELECT 1 FROM ledger WHERE author_id = :id)"
        " AND NOT EXISTS (SELECT 1 FROM plans WHERE author_id = :id)"
        " AND NOT EXISTS (SELECT 1 FROM session_ends WHERE author_id = :id)",
        who,
    )
    db.execute("DELETE FROM erasures WHERE rep_id = :id", who)
    return went


def name_of(db: sqlite3.Connection, person_id: str) -> str:
    """Somebody's name, before it goes too."""
    row = db.execute("SELECT name FROM people WHERE id = ?", (person_id,)).fetchone()
    return "" if row is None else str(row["name"])
