"""The Whisper models that can be fetched, all English, in CTranslate2's format."""

from dataclasses import dataclass

FILES = ("model.bin", "config.json", "tokenizer.json")
"""Without any of these, or a `vocabulary.*`, a folder is no model."""
DEFAULT = "base.en"


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model on the hub: its repository, what it takes in bytes (roughly), and whom it suits."""

    name: str
    repository: str
    bytes: int
    note: str


MODELS = {
    model.name: model
    for model in (
        KnownModel("tiny.en", "Systran/faster-whisper-tiny.en", 78_000_000, "quickest, misses words"),
        KnownModel("base.en", "Systran/faster-whisper-base.en", 148_000_000, "the usual choice"),
        KnownModel("small.en", "Systran/faster-whisper-small.en", 486_000_000, "better on accents and noise"),
        KnownModel(
            "distil-small.en",
            "Systran/faster-distil-whisper-small.en",
            335_000_000,
            "nearly small.en, quicker",
        ),
        KnownModel(
            "medium.en", "Systran/faster-whisper-medium.en", 1_531_000_000, "best; wants a graphics card"
        ),
    )
}
"""By name, as faster-whisper knows them. All are under the MIT licence."""


def is_wanted(file: str) -> bool:
    """Whether `file` of a repository is part of the model (the rest is pictures and read-me files)."""
    return file in (*FILES, "preprocessor_config.json") or is_vocabulary(file)


def is_vocabulary(file: str) -> bool:
    """Whether `file` is the vocabulary: a text or a JSON file, depending on the converter."""
    return file in ("vocabulary.txt", "vocabulary.json")


def missing(files: set[str]) -> list[str]:
    """What `files` lack to be a model."""
    lacking = [file for file in FILES if file not in files]
    return lacking if any(map(is_vocabulary, files)) else [*lacking, "vocabulary.json"]
