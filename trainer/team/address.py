"""Where a team's server is, and how careful a connection to it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from trainer.team.errors import BadAddressError

_CAREFUL: Mapping[str, str] = {
    "connect_timeout": "10",
    # A connection that a proxy forgot is noticed within a minute, not after the system's two hours.
    "keepalives_idle": "20",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "gssencmode": "disable",
    "target_session_attrs": "read-write",
    "application_name": "trainer",
}

_UNCHECKED = {
    "disable": "the connection is not encrypted: whoever sits between reads everything",
    "allow": "the connection may not be encrypted: whoever sits between can read everything",
    "prefer": "the connection may not be encrypted: whoever sits between can read everything",
    "require": "the server's certificate is not checked: somebody between can pose as the server",
    "verify-ca": "the server's name is not checked: anybody its authority vouches for can pose as the server",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL address, in the parts that libpq has names for."""

    parts: Mapping[str, str]

    @classmethod
    def of(cls, url: str) -> "Address":
        """Of `postgresql://LOGIN@HOST[:PORT]/DATABASE[?sslmode=…]`; BadAddressError names what is wrong."""
        from psycopg import ProgrammingError  # noqa: PLC0415
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

        if not url.startswith(("postgresql://", "postgres://")):
            raise BadAddressError(
                "A team's address begins with postgresql://, as in postgresql://LOGIN@HOST/DATABASE."
            )
        try:
            parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
        except ProgrammingError as error:
            # libpq's sentence can hold the whole address, and with it a password.
            raise BadAddressError(
                "The team's address can't be read; write postgresql://LOGIN@HOST:PORT/DATABASE, with %40 for"
                " an @ inside a part."
            ) from error
        if (mode := parts.get("sslmode")) and mode not in (*_UNCHECKED, "verify-full"):
            raise BadAddressError(f"sslmode={mode}: there is no such mode; leave it out for the safe one.")
        return cls(parts)

    @property
    def place(self) -> str:
        """Host, port and database, for sentences; never login or password."""
        host, port = self.parts.get("host", "localhost"), self.parts.get("port", "5432")
        return f"{host}:{port}/{self.parts.get('dbname', '')}"

    @property
    def login(self) -> str | None:
        """The role to log in as."""
        return self.parts.get("user")

    @property
    def password(self) -> str | None:
        """The password, where somebody wrote it into the address."""
        return self.parts.get("password")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What this address leaves unprotected, a sentence each."""
        mode = self.parts.get("sslmode", "verify-full")
        if mode == "verify-full" or self._local:
            return ()
        return (f"{self.place}: {_UNCHECKED[mode]} (sslmode={mode} in the address).",)

    @property
    def url(self) -> str:
        """The address without its password, as it may lie in a settings file."""
        return self.of_login(self.login)

    def of_login(self, login: str | None, place: str | None = None) -> str:
        """The address for another login; `place` is HOST[:PORT] where that differs for others."""
        host = quote(self.parts.get("host", "localhost"), safe=",")
        port = f":{self.parts['port']}" if "port" in self.parts else ""
        user = f"{quote(login, safe='')}@" if login else ""
        extra = {
            name: value
            for name, value in self.parts.items()
            if name not in ("host", "port", "dbname", "user", "password")
        }
        tail = f"?{urlencode(extra, quote_via=quote)}" if extra else ""
        database = quote(self.parts.get("dbname", ""), safe="")
        return f"postgresql://{user}{place or host + port}/{database}{tail}"

    def member(self, password: str | None) -> dict[str, Any]:
        """What psycopg connects a member with; BadAddressError where host, database or login are missing."""
        for name, what in (("host", "host"), ("dbname", "database"), ("user", "login")):
            if not self.parts.get(name):
                raise BadAddressError(
                    f"The team's address names no {what}; write postgresql://LOGIN@HOST:PORT/DATABASE."
                )
        told = self.connecting(password)
        if self.warnings:
            # A server that nobody vouches for must not be handed the password as it is.
            told.setdefault("require_auth", "scram-sha-256")
        return told

    def connecting(self, password: str | None) -> dict[str, Any]:
        """What psycopg connects with: checked against the system's authorities unless the address differs."""
        told = {**_CAREFUL, "sslmode": "verify-full", **self.parts}
        if told["sslmode"] == "verify-full":
            told.setdefault("sslrootcert", "system")
        if self._local:
            told = {name: value for name, value in told.items() if not name.startswith("ssl")}
        return {**told, "password": password} if password is not None else told

    @property
    def _local(self) -> bool:
        """A socket of this machine, which nobody sits between."""
        return self.parts.get("host", "/").startswith(("/", "@"))
