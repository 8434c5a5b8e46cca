"""What there is to record with and to play on, and what to do where there is none."""

import sys
from dataclasses import dataclass

from trainer.audio import portaudio
from trainer.audio.errors import AudioDeviceError
from trainer.audio.portaudio import Device
from trainer.audio.waiting import in_time

__all__ = ["Device", "DeviceStatus", "microphones", "no_access", "status"]

NO_MICROPHONE = {
    "linux": "Plug one in; over ssh or in a container there is none.",
    "darwin": "Plug one in, and allow this terminal in System Settings > Privacy & Security > Microphone.",
    "win32": 'Plug one in, and switch on "Let desktop apps access your microphone" in Settings > Privacy.',
}

NO_ACCESS = {
    "linux": "Unmute it in the sound settings (or: pactl set-source-mute @DEFAULT_SOURCE@ 0).",
    "darwin": "Allow this terminal in System Settings > Privacy & Security > Microphone and start it again.",
    "win32": 'Switch on "Let desktop apps access your microphone" in Settings > Privacy > Microphone.',
}


LISTING_SECONDS = 5.0
"""PortAudio tries every device it lists, which takes a second where there are many."""


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """Whether PortAudio is there and answers, what it finds, and one line for the user."""

    portaudio: bool
    microphones: int
    loudspeaker: bool
    message: str

    @property
    def ok(self) -> bool:
        """Whether a reply can be recorded."""
        return self.microphones > 0


def microphones() -> list[Device]:
    """The microphones of the default sound interface as they are now; AudioDeviceError without PortAudio."""
    return in_time(_microphones, LISTING_SECONDS)


def status() -> DeviceStatus:
    """What can be recorded with and played on. Never fails."""
    try:
        found = microphones()
        loudspeaker = bool(in_time(lambda: portaudio.devices("output"), LISTING_SECONDS))
    except AudioDeviceError as error:
        return DeviceStatus(False, 0, False, str(error))
    if not found:
        mend = NO_MICROPHONE.get(sys.platform, "Plug one in.")
        return DeviceStatus(True, 0, loudspeaker, f"No microphone. {mend} Replies can be typed meanwhile.")
    chosen = next((each.name for each in found if each.default), found[0].name)
    return DeviceStatus(True, len(found), loudspeaker, f"Microphone: {chosen}.")


def no_access() -> str:
    """One line for a microphone that gives nothing but zeros."""
    return f"The microphone gives only silence: it is muted, or this terminal may not use it. {mute_mend()}"


def mute_mend() -> str:
    """What to do about that."""
    return NO_ACCESS.get(sys.platform, "Unmute it.")


def _microphones() -> list[Device]:
    portaudio.look_again()
    return portaudio.devices("input")
