from collections.abc import Iterator

import pytest

from tests.virtual_mic.fixture import virtual_mic
from tests.virtual_mic.server import VirtualMic
from trainer.audio import devices

__all__ = ["virtual_mic"]


@pytest.fixture(scope="module")
def _own_devices(virtual_mic: VirtualMic) -> Iterator[VirtualMic]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in virtual_mic.env.items():
            patch.setenv(name, value)
        if not devices.microphones():
            pytest.skip("ALSA does not lead to PulseAudio here (libasound2-plugins)")
        yield virtual_mic


@pytest.fixture
def sound(_own_devices: VirtualMic) -> VirtualMic:
    """The virtual microphone, plugged in, as the one that this very process finds."""
    if not _own_devices.answers():
        _own_devices.start()
    return _own_devices
