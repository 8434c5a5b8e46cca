import sys

import pytest

from trainer.audio import devices, portaudio
from trainer.audio.devices import Device
from trainer.audio.errors import AudioDeviceError


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Device]]:
    """What PortAudio lists."""
    found: dict[str, list[Device]] = {"input": [], "output": []}
    monkeypatch.setattr(portaudio, "look_again", lambda: None)
    monkeypatch.setattr(portaudio, "devices", lambda kind: found[kind])
    return found


def test_the_microphone_that_the_system_would_choose_is_named(listed: dict[str, list[Device]]) -> None:
    listed["input"] = [Device("Webcam", False), Device("Headset", True)]
    status = devices.status()
    assert status.ok
    assert (status.portaudio, status.microphones, status.loudspeaker) == (True, 2, False)
    assert status.message == "Microphone: Headset."


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "freebsd14"])
def test_no_microphone_is_told_with_the_mend(
    listed: dict[str, list[Device]], monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    listed["output"] = [Device("Loudspeaker", True)]
    status = devices.status()
    assert not status.ok
    assert (status.portaudio, status.loudspeaker) == (True, True)
    assert "No microphone. Plug one in" in status.message
    assert "typed" in status.message


def test_portaudio_that_is_missing_is_told_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    monkeypatch.setattr(sys, "platform", "linux")
    status = devices.status()
    assert not status.portaudio
    assert not status.ok
    assert "libportaudio2" in status.message
    with pytest.raises(AudioDeviceError, match="PortAudio"):
        devices.microphones()


@pytest.mark.parametrize(("platform", "where"), [("darwin", "System Settings"), ("win32", "desktop apps")])
def test_a_microphone_that_the_system_forbids_is_told_where_to_allow_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, where: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert where in devices.no_access()
