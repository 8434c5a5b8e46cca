"""The team's database: set up from empty, brought up to date, mended. Done twice it does nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from trainer.team.errors import TeamError, VersionError

if TYPE_CHECKING:
    from psycopg import Connection

RULES = 2
"""Grows with every change of `rules.sql`; whoever sets up with an older one leaves a newer one alone."""

OLDEST_SERVER = 14

_GATE = ("hello", "push", "pull", "lost")

_SETTINGS = {
    # A member may raise these for a session; they keep a forgotten one from holding everybody up.
    "statement_timeout": "2min",
    "idle_in_transaction_session_timeout": "1min",
    "idle_session_timeout": "1h",
    "search_path": "pg_catalog",
}
MOST_CONNECTIONS = 12
"""Of one login at once: two machines, and what a bad line has left open."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done (nothing: all was there), which members need a new password, what is left to mend."""

    did: tuple[str, ...]
    without_login: tuple[str, ...]
    warnings: tuple[str, ...]


def schema() -> dict[int, str]:
    """The numbered steps."""
    folder = files("trainer.team") / "schema"
    return {
        int(one.name[:3]): one.read_text(encoding="utf-8")
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name[:3].isdigit()
    }


def prepare(
    db: "Connection[Any]", *, steps: Mapping[int, str] | None = None, restored: bool = False
) -> Prepared:
    """Sets the database up as far as it isn't; all of it or nothing.

    `restored` begins a new era by hand, for a server that does not tell that it is another one.
    """
    steps = schema() if steps is None else steps
    with db.transaction():
        db.execute("SET LOCAL lock_timeout = '20s'")
        db.execute("SELECT pg_advisory_xact_lock(hashtext('rep-trainer'))")
        _can_be_a_teams(db)
        did = [*_roles(db), *_steps(db, steps)]
        did += _rules(db, again=bool(did))
        did += _era(db, restored)
        without = _logins(db)
        return Prepared(tuple(did), tuple(without), (*holes(db), *_surroundings(db)))


def holes(db: "Connection[Any]") -> list[str]:
    """What members could do that they are not meant to."""
    return [row[0] for row in db.execute(_read("holes.sql")).fetchall()]


def version(db: "Connection[Any]") -> int:
    """The number of the last step, 0 where there is no team."""
    if db.execute("SELECT to_regclass('team.version')::text").fetchone() == (None,):
        return 0
    return _number(db, "SELECT coalesce(max(number), 0) FROM team.version")


def make_login(db: "Connection[Any]", login: str) -> None:
    """A member's role, which nobody can use before it has a password."""
    from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415

    role = Identifier(login)
    db.execute(
        SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT {}").format(
            role, Literal(MOST_CONNECTIONS)
        )
    )
    db.execute(SQL("GRANT trainer_member TO {}").format(role))
    for name, value in _SETTINGS.items():
        db.execute(SQL("ALTER ROLE {} SET {} = {}").format(role, Identifier(name), Literal(value)))


def _can_be_a_teams(db: "Connection[Any]") -> None:
    number = db.info.server_version
    if number < OLDEST_SERVER * 10_000:
        raise TeamError(f"PostgreSQL {number // 10_000} is too old; a team needs {OLDEST_SERVER} or newer.")
    name = db.info.dbname
    row = db.execute(
        "SELECT rolsuper OR rolcreaterole, rolsuper OR pg_has_role(datdba, 'USAGE')"
        " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
    ).fetchone()
    may_create, owns = row or (False, False)
    if not owns:
        raise TeamError(
            f"{db.info.user} does not own the database {name}. Log in as its owner, or give it:"
            f" ALTER DATABASE {name} OWNER TO {db.info.user}."
        )
    if not may_create:
        raise TeamError(
            f"{db.info.user} may not create roles, and each member gets one:"
            f" ALTER ROLE {db.info.user} CREATEROLE."
        )
    if other := db.execute(_OTHERS).fetchone():
        raise TeamError(
            f"The database {name} holds something else ({other[0]}). A team needs one of its own:"
            " CREATE DATABASE team."
        )


_OTHERS = """
    SELECT format('%s.%s', nspname, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname NOT IN ('team', 'information_schema')
      AND nspname !~ '^pg_' AND NOT EXISTS (
        SELECT FROM pg_depend WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype = 'e'
      )
    LIMIT 1
"""


def _roles(db: "Connection[Any]") -> list[str]:
    count = (
        "SELECT count(*) FROM pg_roles WHERE rolname IN ('trainer_owner', 'trainer_gate', 'trainer_member')"
    )
    missing = 3 - _number(db, count)
    db.execute(_read("roles.sql"))
    return ["roles"] if missing else []


def _steps(db: "Connection[Any]", steps: Mapping[int, str]) -> list[str]:
    there, newest = version(db), max(steps)
    if there > newest:
        raise VersionError(
            f"This team's database is of version {there}, this program knows {newest}: update rep-trainer."
        )
    if there == newest:
        return []
    db.execute("CREATE SCHEMA IF NOT EXISTS team AUTHORIZATION trainer_owner")
    _mend_owners(db)
    db.execute("SET LOCAL ROLE trainer_owner")
    for number in range(there + 1, newest + 1):
        db.execute(steps[number].encode())
        db.execute("INSERT INTO team.version (number) VALUES (%s)", (number,))
    db.execute("RESET ROLE")
    return [f"step {number}" for number in range(there + 1, newest + 1)]


def _rules(db: "Connection[Any]", *, again: bool) -> list[str]:
    row = db.execute("SELECT value FROM team.setting WHERE name = 'rules'").fetchone()
    there = int(row[0]) if row else 0
    before = holes(db)
    if there > RULES or (there == RULES and not before and not again):
        return []
    _apply_rules(db)
    return ["rules"] if again or there < RULES or holes(db) != before else []


def _apply_rules(db: "Connection[Any]") -> None:
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415

    _mend_owners(db)
    db.execute(_read("rules.sql"))
    name = Identifier(db.info.dbname)
    db.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    db.execute(SQL("GRANT CONNECT ON DATABASE {} TO trainer_member").format(name))
    db.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    db.execute(
        "INSERT INTO team.setting VALUES ('rules', %s)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (str(RULES),),
    )


def _mend_owners(db: "Connection[Any]") -> None:
    """A restore that met no roles leaves everything to whoever ran it; gives it back."""
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415

    owner = Identifier("trainer_owner")
    found = db.execute(
        "SELECT 'TABLE', relname, '' FROM pg_class WHERE relnamespace = to_regnamespace('team')"
        " AND relkind = 'r' AND relowner::regrole::text <> 'trainer_owner' UNION ALL "
        "SELECT 'FUNCTION', proname, pg_get_function_identity_arguments(oid) FROM pg_proc"
        " WHERE pronamespace = to_regnamespace('team')"
        " AND proowner::regrole::text NOT IN ('trainer_owner', 'trainer_gate')"
    ).fetchall()
    if not _number(
        db, "SELECT count(*) FROM pg_namespace WHERE nspname = 'team' AND nspowner = 'trainer_owner'::regrole"
    ):
        db.execute("ALTER SCHEMA team OWNER TO trainer_owner")
    for kind, name, arguments in found:
        one = SQL("team.{}").format(Identifier(name))
        if kind == "FUNCTION":
            gate = Identifier("trainer_gate") if name in _GATE else owner
            db.execute(SQL("ALTER FUNCTION {}({}) OWNER TO {}").format(one, SQL(arguments), gate))
        else:
            db.execute(SQL("ALTER TABLE {} OWNER TO {}").format(one, owner))


def _era(db: "Connection[Any]", restored: bool) -> list[str]:
    """Begins an era where this is another cluster than that of the last one, or where the user says so."""
    before = _number(db, "SELECT coalesce(max(number), 0) FROM team.era")
    if restored:
        db.execute("INSERT INTO team.era (number, cluster) VALUES (%s, NULL)", (before + 1,))
    now = _number(db, "SELECT team.keep_era()")
    return [f"era {now}"] if now != before else []


def _logins(db: "Connection[Any]") -> list[str]:
    """Makes the roles that a restore into another cluster left behind; whose they are."""
    found = db.execute(
        "SELECT login, name FROM team.member WHERE login IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) ORDER BY name"
    ).fetchall()
    for login, _ in found:
        make_login(db, login)
    return [name for _, name in found]


def _surroundings(db: "Connection[Any]") -> list[str]:
    """What the server around the database lets members do."""
    found = []
    if _setting(db, "ssl") != "on":
        found.append("the server has no TLS (ssl = off): members can't reach it safely over a network")
    if _setting(db, "max_prepared_transactions") != "0":
        found.append("max_prepared_transactions is not 0: a forgotten one would hold everybody's sync up")
    others = db.execute(
        "SELECT datname FROM pg_database WHERE datallowconn AND datname <> current_database()"
        " AND has_database_privilege('trainer_member', oid, 'CONNECT') ORDER BY datname"
    ).fetchall()
    if others:
        names = ", ".join(name for (name,) in others)
        found.append(
            f"members may connect to other databases of this server: {names}"
            f" (REVOKE CONNECT ON DATABASE {others[0][0]} FROM PUBLIC)"
        )
    return found


def _setting(db: "Connection[Any]", name: str) -> str:
    row = db.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(row[0]) if row else ""


def _number(db: "Connection[Any]", sql: str) -> int:
    row = db.execute(sql.encode()).fetchone()
    return int(row[0]) if row else 0


def _read(name: str) -> bytes:
    return (files("trainer.team") / "schema" / name).read_bytes()
