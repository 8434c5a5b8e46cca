"""The committed clips: `python -m tests.models.micro_whisper.making.clips` writes them again.

Sentences the micro whisper knows, by espeak-ng in voices it never heard, with the times of their words; and
two by flite that pocketsphinx hears right.
"""

import json
import subprocess
from pathlib import Path

import soundfile

from tests.models.micro_whisper.making.speech import RATE, Espeak, Spoken, joined
from trainer.audio.reading import read

FOLDER = Path(__file__).parents[2] / "clips"
KNOWN = {
    "team": (["Um, can you tell me more about your team?"], "en-us+f5", 175),
    "budget": (["Let me ask you a question about your budget."], "en+m6", 175),
    "concern": (["I hear you, the price is a concern."], "en-us+Alex", 160),
    "saved": (["One of our customers saved ten hours a week."], "en-gb-x-rp+steph", 175),
    "two": (
        ["That makes sense, thank you for sharing that.", "How many people are on your team?"],
        "en-us+john",
        170,
    ),
}

CLEAR = {
    "company": ("how many people in your company use the old system every day", "slt"),
    "changes": ("what happens to your team if nothing changes before the end of the year", "rms"),
}


def main() -> None:
    """Writes each clip as FLAC and one JSON file with what is said in them."""
    FOLDER.mkdir(exist_ok=True)
    espeak = Espeak()
    told = {}
    for name, (sentences, voice, rate) in KNOWN.items():
        parts = [espeak.say(sentence, voice=voice, rate=rate) for sentence in sentences]
        told[name] = _written(name, sentences, joined(parts, [0.3, *[0.8] * (len(parts) - 1), 0.4]))
    for name, (text, voice) in CLEAR.items():
        _write_flite(name, text, voice)
        told[name] = {"text": text}
    (FOLDER / "clips.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _written(name: str, sentences: list[str], clip: Spoken) -> dict[str, object]:
    soundfile.write(FOLDER / f"{name}.flac", clip.samples * 0.5, RATE, subtype="PCM_16")
    starts = [round(word.start, 3) for word in clip.words]
    return {"text": " ".join(sentences), "starts": starts}


def _write_flite(name: str, text: str, voice: str) -> None:
    wav = FOLDER / f"{name}.wav"
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(wav)], check=True)
    samples = read(wav).samples
    wav.unlink()
    soundfile.write(FOLDER / f"{name}.flac", samples, RATE, subtype="PCM_16")


if __name__ == "__main__":
    main()
