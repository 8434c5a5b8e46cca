"""Speaks the demonstration's replies with flite, a synthetic voice, into scenarios/demo/*.flac.

    python tests/scenarios/make_demo.py

Needs the program `flite` (Debian: apt-get install flite).
"""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from scenarios.demo import SAID, demo

VOICE = "rms"  # heard best by pocketsphinx of flite's five
SLOWER = 1.15
SILENCE = 0.3  # seconds before and after, as a person leaves them

with tempfile.TemporaryDirectory() as folder:
    spoken = Path(folder) / "reply.wav"
    for text, file in zip(SAID.values(), demo().replies, strict=True):
        stretch = f"duration_stretch={SLOWER}"
        subprocess.run(
            ["flite", "-voice", VOICE, "--setf", stretch, "-t", text, "-o", str(spoken)], check=True
        )
        samples, rate = soundfile.read(spoken, dtype="int16")
        soundfile.write(
            file, np.pad(samples, round(SILENCE * rate)), rate, subtype="PCM_16", compression_level=1.0
        )
