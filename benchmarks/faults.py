"""What the rep is told, and when, when something breaks in a take: `python -m benchmarks.faults`.

The real app in a real terminal (tmux), with a microphone made of software (PulseAudio). While a take is
spoken, the sound server is killed or frozen, the microphone stalls, or the disk fills up; before one, the
folder turns read-only. Prints the seconds until the screen says so, what is kept, and whether the next start
offers it. Disks are small ones in memory; without the right to mount them their lines are left out.
"""

import argparse
import contextlib
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scenarios.demo import demo
from scenarios.loader import load
from tests.e2e.terminal import Terminal, why_not
from tests.virtual_mic.server import VirtualMic
from trainer.config import Config, save
from trainer.paths import Paths
from trainer.practice import consent
from trainer.practice.session import Session
from trainer.store import Store

SPOKEN = 2.0
"""Seconds into the take at which something breaks."""


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    breaks: Callable[[VirtualMic, Path], AbstractContextManager[None]]
    told: str
    on_disk: bool = False
    before: bool = False


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    if reason := why_not():
        raise SystemExit(reason)
    print(f"{'what breaks':34}{'told after':>11}{'kept':>8}  offered at the next start")
    for fault in FAULTS:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            home = Path(folder) / "home"
            home.mkdir()
            if fault.on_disk and not stack.enter_context(small_disk(home)):
                print(f"{fault.name:34} left out: no right to mount a disk")
                continue
            print_row(fault, stack.enter_context(VirtualMic()), home, Path(folder))


def print_row(fault: Fault, mic: VirtualMic, home: Path, folder: Path) -> None:
    begun(home)
    with Terminal(folder, {"TRAINER_HOME": str(home), **mic.env}) as terminal:
        told = broken(fault, mic, home, terminal)
        terminal.press("C-q")
        terminal.until(lambda: terminal.ended, "the app's end", 30)
        if not mic.answers():
            mic.start()
        terminal.restart()
        terminal.shows("Go on", seconds=60)
        terminal.press("Enter")
        terminal.shows("Press space" if fault.before else "Your take is kept", seconds=60)
        kept = seconds_of(home)
        terminal.press("C-q")
        terminal.until(lambda: terminal.ended, "the app's end", 30)
    print(
        f"{fault.name:34}{told:9.2f} s{kept:6.1f} s  {'(no take yet)' if fault.before else 'yes'}", flush=True
    )


def broken(fault: Fault, mic: VirtualMic, home: Path, terminal: Terminal) -> float:
    """Seconds from the fault to its words on the screen."""
    terminal.shows("Go on", seconds=60)
    terminal.press("Enter")
    terminal.shows("Press space", seconds=60)
    if fault.before:
        with fault.breaks(mic, home):
            at = time.monotonic()
            terminal.press("Space")
            terminal.shows(fault.told)
            return time.monotonic() - at
    terminal.press("Space")
    terminal.shows("Space ends your reply")
    speaking = threading.Thread(target=spoken, args=[mic], daemon=True)
    speaking.start()
    time.sleep(SPOKEN)
    with fault.breaks(mic, home):
        at = time.monotonic()
        terminal.shows(fault.told)
        return time.monotonic() - at


def spoken(mic: VirtualMic) -> None:
    with contextlib.suppress(subprocess.SubprocessError):  # the server it plays to may be killed
        mic.play(demo().replies[0])


def begun(home: Path) -> None:
    """A profile with a practice in it that was left before its first reply."""
    paths = Paths(home / "config", home / "data", home / "cache")
    save(Config(name="Ana", role="rep", engine="pocketsphinx", speak=False), paths.settings)
    with Store.open(paths.database) as store:
        rep = store.add_person("Ana", "rep")
        consent.answer(store, rep, Config().keep_days, agreed=True)
        Session.start(store, load(demo().scenario), "A", rep, "warm-up", takes_folder=paths.takes)


def seconds_of(home: Path) -> float:
    with Store.open(home / "data" / "trainer.db") as store:
        (attempt,) = store.attempts()
        return max((take.seconds for take in store.attempt(attempt.attempt.id).takes), default=0.0)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """20 MB in memory, where mounting is allowed."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def unplugged(mic: VirtualMic, _: Path) -> Iterator[None]:
    mic.unplug()
    yield


@contextmanager
def full(_: VirtualMic, home: Path) -> Iterator[None]:
    filler = home / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    yield
    filler.unlink()


@contextmanager
def read_only(_: VirtualMic, home: Path) -> Iterator[None]:
    takes = home / "data" / "takes"
    takes.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(takes)], check=True)
    yield
    subprocess.run(["umount", "-l", str(takes)], check=True)


GONE = "The microphone has gone"
FAULTS = (
    Fault("the sound server is killed", unplugged, GONE),
    Fault("the sound server freezes", lambda mic, _: mic.frozen(), GONE),
    Fault("the microphone stalls", lambda mic, _: mic.stalled(), GONE),
    Fault("the disk fills up", full, "The disk takes no more", on_disk=True),
    Fault("the folder turns read-only", read_only, "can't be written", on_disk=True, before=True),
)


if __name__ == "__main__":
    main()
