"""Takes of a process that is killed while it records or keeps them, at moments that nobody chose."""

import hashlib
import random
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.child import environment, python
from trainer.audio.takes import recover

KILLS = 10
MAY_BE_LOST = 8000
"""Samples: 0.5 s."""

BLOCKS_A_TAKE = 60

# Records takes of 1.9 s, four times as fast as one speaks, and tells: "said TAKE N" just before the device
# hands over a take's samples up to the N-th, "kept TAKE SHA-256" when it is whole.
SPEAKER = """
import itertools, os, sys, time
from pathlib import Path
import numpy as np
from tests.audio.fakes import FakeMicrophone
from trainer.audio.recorder import Recorder

def tell(*what):
    os.write(1, (" ".join(map(str, what)) + "\\n").encode())

for take in itertools.count():
    microphone = FakeMicrophone()
    recorder = Recorder("", Path(sys.argv[1]), f"take-{take}", opener=microphone)
    recorder.start()
    for at in range(0, int(sys.argv[2]) * 512, 512):
        tell("said", f"take-{take}", at + 512)
        microphone.speak(np.arange(at, at + 512).astype(np.int16))
        time.sleep(0.008)
    tell("kept", f"take-{take}", recorder.stop().sha256)
"""


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_process_loses_half_a_second_at_most(tmp_path: Path, seed: int) -> None:
    said, kept = killed_at_random(tmp_path, random.Random(seed))  # noqa: S311
    recovered = {take.id: take for take in recover(tmp_path, known=kept)}
    for take_id, samples in said.items():
        if take_id in kept:
            whole = (tmp_path / f"{take_id}.flac").read_bytes()
            assert hashlib.sha256(whole).hexdigest() == kept[take_id]
        elif samples > MAY_BE_LOST or take_id in recovered:
            found = soundfile.read(recovered[take_id].file, dtype="int16")[0]
            assert len(found) >= samples - MAY_BE_LOST
            assert np.array_equal(found, np.arange(len(found), dtype=np.int16))
    assert {path.suffix for path in tmp_path.iterdir() if path.stat().st_size} <= {".flac"}


def killed_at_random(folder: Path, chance: random.Random) -> tuple[dict[str, int], dict[str, str]]:
    """Samples said and hashes told, by take, of a speaker killed anywhere, or as it keeps its first take."""
    blocks = chance.choice([BLOCKS_A_TAKE, chance.randint(1, 2 * BLOCKS_A_TAKE)])
    said: dict[str, int] = {}
    kept: dict[str, str] = {}
    command = python(SPEAKER, folder, BLOCKS_A_TAKE)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as speaker:
        assert speaker.stdout
        for number, line in enumerate(speaker.stdout, start=1):
            what, take_id, value = line.split()
            if what == "said":
                said[take_id] = int(value)
            else:
                kept[take_id] = value
            if number == blocks:
                time.sleep(chance.uniform(0, 0.03))
                speaker.kill()
    return said, kept
