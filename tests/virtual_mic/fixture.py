"""Import `virtual_mic` into a conftest.py to have it."""

from collections.abc import Iterator

import pytest

from tests.virtual_mic.server import VirtualMic, why_not


@pytest.fixture(scope="module")
def virtual_mic() -> Iterator[VirtualMic]:
    """A microphone and a loudspeaker made of software. A program under test gets `virtual_mic.env`."""
    if reason := why_not():
        pytest.skip(reason)
    with VirtualMic() as mic:
        yield mic
