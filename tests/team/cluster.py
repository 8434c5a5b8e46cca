"""A real PostgreSQL of the test run's own, on a free port in a temporary folder."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

SUPERUSER = "boss"
IN_THE_CLEAR = "careless"
"""A login whose password the server wants as it is."""


class NoPostgresError(Exception):
    """There is no PostgreSQL that this run could start, and why."""


@dataclass(frozen=True)
class Programs:
    """Where PostgreSQL's programs lie, and how to run them as somebody who is not root."""

    folder: Path
    as_user: tuple[str, ...]
    user: int | None

    @classmethod
    def found(cls) -> "Programs":
        """Those of this machine; NoPostgresError."""
        beside = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
        places = [shutil.which("initdb"), *(str(one / "initdb") for one in reversed(beside))]
        for place in places:
            if place and Path(place).exists():
                return cls(Path(place).resolve().parent, *_somebody())
        raise NoPostgresError("no PostgreSQL here (initdb); on Debian: apt-get install postgresql")

    def run(self, program: str, *words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Runs one of them to its end; its output is in the error if it fails."""
        done = subprocess.run(
            [*self.as_user, str(self.folder / program), *words],
            capture_output=True, text=True, check=False, cwd="/",
            env={**os.environ, "HOME": "/nowhere"}, **options,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} {' '.join(words)}: {done.stderr or done.stdout}")
        return done


def _somebody() -> tuple[tuple[str, ...], int | None]:
    if os.name != "posix" or os.geteuid() != 0:
        return (), None
    import pwd  # Windows has none

    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if setpriv := shutil.which("setpriv"):
            return (
                setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"
            ), user.pw_uid  # fmt: skip
    raise NoPostgresError("PostgreSQL does not run as root, and there is nobody else to run it as")


class Cluster:
    """A cluster in a folder: the superuser comes in without a password, everybody else with one."""

    def __init__(self, programs: Programs, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.port = _free_port()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def certificate(self) -> Path:
        """What the server proves itself with: signed by itself, for localhost."""
        return self.folder / "server.crt"

    def create(self) -> None:
        self.programs.run(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"
        )
        _certify(self.certificate, self.folder / "server.key")
        self._own(self.certificate, self.folder / "server.key")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(
                "listen_addresses = '127.0.0.1'\nfsync = off\nmax_connections = 60\nshared_buffers = 16MB\n"
                "max_wal_senders = 2\nautovacuum = off\nlog_min_messages = fatal\nssl = on\n"
                f"unix_socket_directories = ''\nssl_cert_file = '{self.certificate}'\n"
                f"ssl_key_file = '{self.folder / 'server.key'}'\n"
            )
        (self.data / "pg_hba.conf").write_text(
            f"host all {SUPERUSER} 127.0.0.1/32 trust\n"
            f"host all {IN_THE_CLEAR} 127.0.0.1/32 password\nhost all all 127.0.0.1/32 scram-sha-256\n"
        )

    def start(self) -> None:
        self.programs.run(
            "pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.folder / "log"),
            "-o", f"-p {self.port}", stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self, mode: str = "fast") -> None:
        self.programs.run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def kill(self) -> None:
        """Ends all its processes without a word to anybody, as a power cut does."""
        with self.as_boss() as db:
            found = db.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchall()
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        for one in (first, *(pid for (pid,) in found)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def start_again(self) -> None:
        """Starts after `kill`: not before all of the old processes have let go of their memory."""
        for _ in range(100):
            try:
                return self.start()
            except RuntimeError as error:
                last = error
        raise last

    def copy_to(self, place: Path) -> None:
        """A physical copy of the stopped cluster."""
        subprocess.run(["cp", "-a", str(self.data), str(place)], check=True)

    def put_back(self, place: Path) -> None:
        shutil.rmtree(self.data)
        subprocess.run(["cp", "-a", str(place), str(self.data)], check=True)

    def url(self, database: str, login: str = SUPERUSER) -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}?sslmode=require"

    def as_boss(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        return psycopg.connect(self.url(database), autocommit=True)

    def new_database(self, name: str) -> str:
        """An empty database; its address for the superuser."""
        with self.as_boss() as db:
            db.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def _own(self, *files: Path) -> None:
        for file in files:
            file.chmod(0o600)
            if self.programs.user is not None:
                os.chown(file, self.programs.user, -1)


@contextmanager
def running() -> Iterator[Cluster]:
    """A new cluster, started; gone afterwards."""
    programs = Programs.found()
    # Not pytest's own folder: that is root's alone where root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="trainer-pg-"))
    if programs.user is not None:
        os.chown(folder, programs.user, -1)
    folder.chmod(0o755)
    cluster = Cluster(programs, folder)
    try:
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")
    finally:
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _certify(certificate: Path, key: Path, names: Sequence[str] = ("localhost",)) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a team's own")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
