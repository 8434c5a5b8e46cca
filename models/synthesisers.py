"""The speech synthesisers of each system, each run as a process of its own.

The text goes in through standard input or a file, never through a command line: it may hold anything.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Literal, Self

Gender = Literal["female", "male"]
_TIMEOUT = 60.0  # seconds; a line of the prospect takes a fraction of one


class VoiceError(Exception):
    """A synthesiser that failed; its lines are shown all the same."""


class _Synthesiser:
    """A program found on this machine."""

    name: str
    programs: tuple[str, ...]
    female = male = ""

    def __init__(self, program: str) -> None:
        self._program = program

    @classmethod
    def find(cls) -> Self | None:
        """This synthesiser, if the machine has it."""
        found = filter(None, map(shutil.which, cls.programs))
        return next(map(cls, found), None)

    def render(self, text: str, gender: Gender, path: Path) -> None:
        """Writes `text`, spoken, to the WAV file `path`; VoiceError if it can't."""
        raise NotImplementedError

    def _voice(self, gender: Gender) -> str:
        return self.female if gender == "female" else self.male


class Espeak(_Synthesiser):
    """espeak-ng: robotic, clear, on every Linux."""

    name = "espeak-ng"
    programs = ("espeak-ng", "espeak")
    female, male = "en-us+f3", "en-us+m3"

    def render(self, text: str, gender: Gender, path: Path) -> None:
        """See `Voice`."""
        # 165 words a minute; 1 is UTF-8. A file, because through a pipe it writes a wrong length.
        options = ["-v", self._voice(gender), "-s", "165", "-b", "1", "-w", str(path), "--stdin"]
        _run([self._program, *options], text)


class Flite(_Synthesiser):
    """flite: a little more natural, fewer voices."""

    name = "flite"
    programs = ("flite",)
    female, male = "slt", "rms"

    def render(self, text: str, gender: Gender, path: Path) -> None:
        """See `Voice`."""
        lines = path.with_suffix(".txt")
        lines.write_text(text, encoding="utf-8")
        try:
            _run([self._program, "-voice", self._voice(gender), "-f", str(lines), "-o", str(path)])
        finally:
            lines.unlink()


class Say(_Synthesiser):
    """The voices of macOS; those named here come with every version."""

    name = "macOS say"
    programs = ("say",)
    female, male = "Samantha", "Fred"

    def render(self, text: str, gender: Gender, path: Path) -> None:
        """See `Voice`."""
        form = ["--file-format=WAVE", "--data-format=LEI16@22050"]
        _run([self._program, "-v", self._voice(gender), "-o", str(path), *form, "-f", "-"], text)


class WindowsSpeech(_Synthesiser):
    """The voices of Windows, through the speech library of its own PowerShell."""

    name = "Windows speech"
    programs = ("powershell.exe",)
    _SCRIPT = """
        $ErrorActionPreference = 'Stop'
        Add-Type -AssemblyName System.Speech
        $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
        $voice.SelectVoiceByHints($env:TRAINER_VOICE)
        $voice.SetOutputToWaveFile($env:TRAINER_WAV)
        $voice.Speak([IO.File]::ReadAllText($env:TRAINER_TEXT, [Text.Encoding]::UTF8))
        $voice.Dispose()
    """

    def render(self, text: str, gender: Gender, path: Path) -> None:
        """See `Voice`."""
        lines = path.with_suffix(".txt")
        lines.write_text(text, encoding="utf-8")
        told = {"TRAINER_VOICE": gender, "TRAINER_WAV": str(path), "TRAINER_TEXT": str(lines)}
        try:
            _run([self._program, "-NoProfile", "-NonInteractive", "-Command", self._SCRIPT], environment=told)
        finally:
            lines.unlink()


def _run(command: list[str], text: str = "", environment: dict[str, str] | None = None) -> None:
    try:
        subprocess.run(
            command,
            input=text.encode(),
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_TIMEOUT,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise VoiceError(f"{command[0]} failed: {said or f'exit {error.returncode}'}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VoiceError(f"{command[0]} can't be run ({error}).") from error
