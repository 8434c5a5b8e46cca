"""A microphone and a loudspeaker made of software: a private PulseAudio server, no hardware, no root.

    play/say -> [sink vmic_feed] -> its monitor -> [source vmic] -> ALSA "default" = PortAudio's microphone
    PortAudio's loudspeaker = ALSA "default" -> [sink vspk] -> its monitor -> capture

It is reached through a socket in a folder of its own and touches no setting of system or user, so several run
side by side. What is played while nobody records is lost, as with a real microphone.
"""

import contextlib
import ctypes.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MICROPHONE_RATE = 16_000
LOUDSPEAKER_RATE = 48_000
PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec", "espeak-ng")

# norewinds=1 keeps the null sink's buffer at 50 ms. Without it, it is 2 s, and recordings start late.
SETUP = """\
.fail
load-module module-native-protocol-unix socket={folder}/socket auth-anonymous=1
load-module module-null-sink sink_name=vmic_feed format=s16le rate={feed} channels=1 norewinds=1
load-module module-remap-source source_name=vmic master=vmic_feed.monitor channels=1 \
channel_map=mono master_channel_map=mono
load-module module-null-sink sink_name=vspk format=s16le rate={speaker} channels=1 norewinds=1
set-default-sink vspk
set-default-source vmic
"""

# Ends the server when its own standard input ends, which it does however the tests end. Until then nobody
# waits for the server, so its process id can't come to mean another process.
KEEPER = """
"$@" >"$0/log" 2>&1 &
echo $!
read -r _
kill -CONT $! 2>/dev/null
kill -KILL $! 2>/dev/null
wait
rm -rf "$0"
"""


def why_not() -> str:
    """Why this machine can't have the virtual microphone, "" where it can."""
    if not sys.platform.startswith("linux"):
        return "the virtual microphone needs Linux"
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        return f"the virtual microphone needs {', '.join(missing)}"
    if not ctypes.util.find_library("portaudio"):
        return "PortAudio is not installed (libportaudio2)"
    return ""


class VirtualMic:
    """Start it before a program loads PortAudio, and give that program `env`. A context manager."""

    def __init__(self) -> None:
        # Not in pytest's own folders: a socket's path has at most 107 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="vmic-"))
        self.env = {"PULSE_SERVER": f"unix:{self.folder}/socket", "PULSE_COOKIE": f"{self.folder}/cookie"}
        self._keeper: subprocess.Popen[str] | None = None
        self._pid = 0

    def __enter__(self) -> "VirtualMic":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Plugs the devices in, again too after `unplug`."""
        if self._keeper:
            self._end_keeper()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        setup = self.folder / "setup.pa"
        text = SETUP.format(folder=self.folder, feed=MICROPHONE_RATE, speaker=LOUDSPEAKER_RATE)
        setup.write_text(text, encoding="utf-8")
        server = ["pulseaudio", "-n", "-F", str(setup), "--daemonize=no", "--use-pid-file=no"]
        server += ["--exit-idle-time=-1", "--resample-method=speex-float-5", "--log-target=stderr"]
        homes = ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH")
        self._keeper = subprocess.Popen(
            ["sh", "-c", KEEPER, str(self.folder), *server],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=os.environ | dict.fromkeys(homes, str(self.folder)),
        )
        assert self._keeper.stdout
        self._pid = int(self._keeper.stdout.readline())
        until(self.answers, lambda: (self.folder / "log").read_text(encoding="utf-8", errors="replace"))

    def stop(self) -> None:
        """Ends everything and leaves nothing."""
        if self._keeper:
            self._end_keeper()

    def play(self, file: Path) -> None:
        """Plays a WAV, FLAC or OGG file into the microphone, to its end; 16 kHz mono arrives bit for bit."""
        self._run("paplay", "--device=vmic_feed", str(file))

    def say(self, text: str) -> None:
        """Speaks into the microphone, in espeak-ng's voice."""
        speech = self.folder / "speech.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "165", "-w", speech, "--", text], check=True)
        self.play(speech)

    @contextlib.contextmanager
    def capture(self, file: Path) -> Iterator[None]:
        """Records into a WAV file what programs play meanwhile."""
        file.touch()
        how = ["--format=s16le", f"--rate={LOUDSPEAKER_RATE}", "--channels=1", "--latency-msec=20"]
        command = ["parec", "--device=vspk.monitor", *how, "--file-format=wav", str(file)]
        with subprocess.Popen(command, env=os.environ | self.env) as recording:
            try:
                until(lambda: file.stat().st_size > 100)  # more than the header
                yield
            finally:
                recording.terminate()  # parec completes the header

    def unplug(self) -> None:
        """The sound server dies, and both devices with it."""
        os.kill(self._pid, signal.SIGKILL)
        until(lambda: not self.answers())

    @contextlib.contextmanager
    def stalled(self) -> Iterator[None]:
        """The microphone is there and delivers nothing."""
        self._run("pactl", "suspend-source", "vmic", "1")
        yield
        self._run("pactl", "suspend-source", "vmic", "0")

    @contextlib.contextmanager
    def muted(self) -> Iterator[None]:
        """The microphone delivers digital silence."""
        self._run("pactl", "set-source-mute", "vmic", "1")
        yield
        self._run("pactl", "set-source-mute", "vmic", "0")

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """The sound server answers nobody any more."""
        os.kill(self._pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._pid, signal.SIGCONT)

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, timeout=60, env=os.environ | self.env)

    def answers(self) -> bool:
        """Whether the devices are plugged in."""
        asked = subprocess.run(
            ["pactl", "get-default-source"], capture_output=True, check=False, env=os.environ | self.env
        )
        return asked.returncode == 0

    def _end_keeper(self) -> None:
        assert self._keeper
        self._keeper.communicate()  # closes its standard input, and waits
        self._keeper = None


def until(true: Callable[[], object], state: Callable[[], str] = str, seconds: float = 20) -> None:
    """Waits for something outside this process; AssertionError with `state` when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{true} did not come true. {state()}"
        time.sleep(0.01)
