"""Nobody speaks and nothing is heard: by the engines as they are used, no text left out for what it says."""

import pytest

from models.alignment.decoder import there
from models.sphinx import Sphinx
from models.whisper import Whisper
from tests.models.conftest import MICRO
from tests.models.sounds import NAMES, sound
from trainer.hearing.reply import hear


@pytest.fixture(scope="module")
def micro() -> Whisper:
    return Whisper(MICRO)


@pytest.fixture(scope="module")
def sphinx() -> Sphinx:
    return Sphinx()


def test_there_are_at_least_twenty_such_recordings() -> None:
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_whisper_hears_no_words(micro: Whisper, name: str) -> None:
    assert hear(sound(name), micro).words == ()


@pytest.mark.skipif(not there(), reason="there is no build of pocketsphinx for this processor")
@pytest.mark.parametrize("name", NAMES)
def test_pocketsphinx_hears_no_words(sphinx: Sphinx, name: str) -> None:
    assert hear(sound(name), sphinx).words == ()
