"""Cases for `benchmarks.fuzz`: good files with a few changes, the same for the same number."""

import os
import random
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from scenarios.headings import LIBRARY
from tests.library.packed import FILES
from tests.scenarios.small import SMALL

KINDS = ("scenario", "pack zip", "pack folder", "playbook")
ROOT = Path(__file__).parent.parent

TOKENS = tuple(
    one.encode("utf-8", "surrogatepass")
    for one in (
        *(
            "&a",
            "*a",
            "<<: *a",
            "!!python/object:os.system",
            "!!binary x",
            "!!set",
            "? ",
            "- ",
            ": ",
            "{",
            "}",
            "[",
        ),
        *(
            "]",
            '"',
            "'",
            "|",
            ">",
            "|9",
            "%YAML 1.1",
            "---",
            "...",
            "\t",
            "\n\n",
            "\r",
            "\r\n",
            "\x00",
            "\x85",
            "\u2028",
        ),
        *(
            "\ufeff",
            "\u202e",
            "\u200b",
            "\ud800",
            "𝕏",
            "ﬁ",
            "e\u0301",
            "🙂" * 40,
            '"\\e[2J"',
            '"\\u0000"',
            "0x1F",
            "1e999",
        ),
        *(
            "-0",
            ".nan",
            ".inf",
            "1:30:00",
            "2026-13-45",
            "2026-02-30",
            "0001-01-01",
            "yes",
            "null",
            "~",
            "9" * 5000,
        ),
        *(
            "x" * 3000,
            "[" * 60,
            "{a: " * 60,
            "- " * 60,
            "a" * 70_000,
            "id: ",
            "forms:",
            "criteria:",
            "licence:",
        ),
        *("go: end", "go: objection", "made: []", "made: [uses_hedging]", "rubric: ../../../etc/passwd.yaml"),
        *(
            "rubric: .yaml",
            "rubric: a.yaml",
            "rubric: x\\y.yaml",
            "minutes: 0",
            "minutes: 1.5",
            "forms: {A: {}}",
        ),
        *(
            "# ",
            "## Objection: ",
            "* ",
            "> " * 50,
            "1) ",
            "| a | b |\n|---|---|\n",
            "```",
            "<b>",
            "[a](b)",
            "](",
            "**",
        ),
        *(
            "“",
            "”",
            "Proof: ",
            "Say: ",
            "Objection,Proof\n",
            ";" * 50,
            ",",
            '""',
            "=" * 50,
            "\\",
            "((((",
            "_" * 500,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is given to the program: a file or a folder of its kind."""

    kind: str
    path: Path


def case(kind: str, number: int, folder: Path) -> Case:
    """Case `number` of a kind, made in an empty folder; -1 is a good one."""
    chance = random.Random(f"{kind} {number}")  # noqa: S311 -- the same in every run
    make: dict[str, Callable[[random.Random, Path, bool], Path]] = {
        "scenario": _scenario,
        "pack zip": _pack_zip,
        "pack folder": _pack_folder,
        "playbook": _playbook,
    }
    return Case(kind, make[kind](chance, folder, number < 0))


@cache
def scenario_seeds() -> tuple[bytes, ...]:
    """Small ones seven times as often as one from the library."""
    return (*([SMALL.encode()] * 7), (LIBRARY / "price-20-percent.yaml").read_bytes())


@cache
def rubric_seed() -> bytes:
    """A rubric that ships."""
    return (ROOT / "scoring" / "rubrics" / "price-objection.yaml").read_bytes()


@cache
def playbook_seeds() -> tuple[tuple[str, bytes], ...]:
    """Endings and texts."""
    files = sorted((ROOT / "tests" / "library" / "playbooks").iterdir())
    return tuple((file.suffix, file.read_bytes()) for file in files)


@cache
def pack_seed() -> dict[str, bytes]:
    """A pack's files."""
    return {name: text.encode() for name, text in FILES.items()}


def _scenario(chance: random.Random, folder: Path, good: bool) -> Path:
    raw = chance.choice(scenario_seeds())
    name = (
        "small.yaml"
        if good or chance.random() < 0.97
        else chance.choice(["x.yml", "Ä b.yaml", "no-ending.yaml"])
    )
    file = folder / name
    file.write_bytes(raw if good else mutated(raw, chance))
    return file


def _playbook(chance: random.Random, folder: Path, good: bool) -> Path:
    ending, raw = chance.choice(playbook_seeds())
    file = folder / f"book{ending}"
    file.write_bytes(raw if good else mutated(raw, chance))
    return file


def _files(chance: random.Random, good: bool) -> dict[str, bytes]:
    files = dict(pack_seed())
    if good:
        return files
    for _ in range(chance.choice((0, 1, 1, 2))):
        name = chance.choice(list(files))
        files[name] = mutated(files[name], chance)
    if chance.random() < 0.3:
        name = chance.choice(list(files))
        files[_renamed(name, chance)] = files.pop(name)
    if chance.random() < 0.1:
        del files[chance.choice(list(files))]
    if chance.random() < 0.1:
        files[chance.choice(("a/b/c/d.md", "x.py", "notes.yaml", "scenarios/second.yaml"))] = mutated(
            chance.choice(list(files.values()) or [b""]), chance
        )
    if chance.random() < 0.02:
        for number in range(chance.choice((50, 500))):
            files[f"texts/{number}.txt"] = b"x" * chance.choice((0, 10, 20_000))
    return files


def _renamed(name: str, chance: random.Random) -> str:
    return chance.choice(
        (
            f"../{name}",
            f"/{name}",
            f"C:/{name}",
            name.replace("/", "\\"),
            name.upper(),
            f"{name}.",
            f"{name} ",
            f"con/{name}",
            f"{name}\u202e",
            f"{name}\n",
            f".{name}",
            name.replace(".", ""),
            f"a/b/c/{name}",
            f"top/{name}",
            name.replace("yaml", "YML"),
            "x" * 300,
            f"{name}/x.md",
            "pack.yaml/x.md",
        )
    )


def _pack_zip(chance: random.Random, folder: Path, good: bool) -> Path:
    made = BytesIO()
    kind = zipfile.ZIP_DEFLATED if good or chance.random() < 0.8 else chance.choice((0, 12, 14))
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, raw in _files(chance, good).items():
            entry = zipfile.ZipInfo(name.replace("\x00", "") or "x")
            entry.compress_type = kind
            if not good and chance.random() < 0.03:
                entry.create_system, entry.external_attr = (
                    3,
                    chance.choice((0o120777, 0o10644, 0o40755)) << 16,
                )
            archive.writestr(entry, raw)
        if not good and chance.random() < 0.02:
            archive.writestr("bomb.txt", b"\0" * 20_000_000)
    raw = made.getvalue()
    if not good and chance.random() < 0.5:
        raw = _bent_zip(raw, chance)
    file = folder / "pack.zip"
    file.write_bytes(raw)
    return file


def _bent_zip(raw: bytes, chance: random.Random) -> bytes:
    """A zip whose own fields lie, or any bytes of it."""
    if chance.random() < 0.4:
        return mutated(raw, chance)
    bent = bytearray(raw)
    for _ in range(chance.randint(1, 3)):
        sign = chance.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))
        places = [found.start() for found in re.finditer(re.escape(sign), raw)]
        at = chance.choice(places) + chance.randint(4, 45) if places else 0
        value = chance.choice((0, 1, 0xFF, 0xFFFF, 0xFFFFFFFF, len(raw), chance.getrandbits(32)))
        if at + 4 <= len(bent):
            struct.pack_into("<L", bent, at, value)
    return bytes(bent)


def _pack_folder(chance: random.Random, folder: Path, good: bool) -> Path:
    pack = folder / "pack"
    pack.mkdir()
    for name, raw in _files(chance, good).items():
        file = pack / name.lstrip("/").replace("../", "up/").replace("\x00", "")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        except OSError:  # a name this system can't have
            continue
    if not good and chance.random() < 0.05:
        odd = pack / chance.choice(("odd.md", "scenarios/odd.yaml", "odd"))
        target = chance.choice(("/etc/passwd", "/", "..", "nowhere", "/dev/zero", "a pipe"))
        with suppress(OSError, AttributeError):  # a place that is taken, a system without links or pipes
            os.mkfifo(odd) if target == "a pipe" else odd.symlink_to(target)
    return pack


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """One to five changes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        raw = chance.choices(_CHANGES, _WEIGHTS)[0](raw, chance)
    return raw[:400_000]


def _byte(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + bytes([chance.getrandbits(8)]) + raw[at + chance.randint(0, 1) :]


def _token(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(TOKENS) + raw[at + chance.choice((0, 0, 1, 5)) :]


def _value(raw: bytes, chance: random.Random) -> bytes:
    """Another value behind a key."""
    places = [found.end() for found in re.finditer(rb": ", raw)]
    if not places:
        return _token(raw, chance)
    at = chance.choice(places)
    end = raw.find(b"\n", at)
    return raw[:at] + chance.choice(TOKENS) + (raw[end:] if end >= 0 else b"")


def _word(raw: bytes, chance: random.Random) -> bytes:
    """Two words change places: keys, ids and values land where others were."""
    words = [found.span() for found in re.finditer(rb"[\w-]+", raw)]
    if len(words) < 2:
        return _byte(raw, chance)
    one, other = sorted(chance.sample(words, 2))
    return raw[: one[0]] + raw[slice(*other)] + raw[one[1] : other[0]] + raw[slice(*one)] + raw[other[1] :]


def _text(raw: bytes, chance: random.Random) -> bytes:
    """A word of a text is another one: such a file is mostly still good."""
    words = [found.span() for found in re.finditer(rb"[A-Za-z]{3,}", raw)]
    if not words:
        return _byte(raw, chance)
    start, end = chance.choice(words)
    return raw[:start] + chance.choice(_WORDS) + raw[end:]


def _lines(raw: bytes, chance: random.Random) -> bytes:
    """A few lines lost, doubled, moved or indented otherwise."""
    lines = raw.split(b"\n")
    at = chance.randrange(len(lines))
    end = min(len(lines), at + chance.choice((1, 1, 2, 5, 20)))
    block = lines[at:end]
    match chance.randrange(5):
        case 0:
            block = []
        case 1:
            block = block * chance.choice((2, 2, 3, 30, 3000 if len(b"".join(block)) < 60 else 2))
        case 2:
            block = [b" " * chance.randint(1, 4) + one for one in block]
        case 3:
            block = [one[chance.randint(1, 3) :] for one in block]
        case _:
            rest = lines[:at] + lines[end:]
            to = chance.randrange(len(rest) + 1)
            return b"\n".join(rest[:to] + block + rest[to:])
    return b"\n".join(lines[:at] + block + lines[end:])


def _cut(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] if chance.random() < 0.5 else raw[at:]


def _repeat(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    piece = raw[at : at + chance.choice((1, 3, 20, 200))]
    times = chance.choice((2, 10, 1000, 20_000))
    return raw[:at] + piece * min(times, 300_000 // max(1, len(piece))) + raw[at:]


def _noise(raw: bytes, chance: random.Random) -> bytes:
    return (
        chance.randbytes(chance.choice((0, 1, 100, 10_000))) if chance.random() < 0.3 else _byte(raw, chance)
    )


_CHANGES: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _byte, _token, _value, _word, _text, _lines, _cut, _repeat, _noise,
)  # fmt: skip
_WEIGHTS = (10, 15, 15, 20, 40, 25, 4, 4, 2)
_WORDS = (
    b"maybe",
    b"price",
    b"what",
    b"why",
    b"Thursday",
    b"percent",
    b"customer",
    b"no",
    b"the",
    b"Are",
    b"four",
)
