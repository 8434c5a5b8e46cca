"""A tokenizer like that of Whisper's English models: byte pairs, then the marks, then the times."""

import json
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE

LANGUAGES = 99
TIMES = 1501  # <|0.00|> to <|30.00|>
WHISPER_TOKENS = 50_256
"""Text tokens of the English models; the marks and the times come on top, 51 864 in all."""
_MARKS = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
_NOT_SPEECH = [*'"#()*+/:;<=>@[\\]^_`{|}~', "<<", ">>", "--", "---", "((", "))", "[[", "]]", "♪", "♪♪"]


def made_up(size: int = WHISPER_TOKENS) -> Tokenizer:
    """A tokenizer of true size that can spell any text and has words nobody says for the rest."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"Ġw{number}" for number in range(size - len(letters))]
    vocabulary = {token: number for number, token in enumerate([*letters, *words])}
    return with_marks(byte_level(BPE(vocab=vocabulary, merges=[])))


def mark(tokenizer: Tokenizer, name: str) -> int:
    """The number of `<|name|>`; KeyError if the tokenizer has no such mark."""
    found: int | None = tokenizer.token_to_id(f"<|{name}|>")
    if found is None:
        raise KeyError(name)
    return found


def not_speech(tokenizer: Tokenizer) -> list[int]:
    """Tokens that are no speech (brackets, notes): faster-whisper and the weights' config suppress them."""
    found = {tokenizer.encode(text, add_special_tokens=False).ids[0] for text in (" -", " '")}
    for symbol in _NOT_SPEECH:
        for text in (symbol, f" {symbol}"):
            numbers = tokenizer.encode(text, add_special_tokens=False).ids
            if len(numbers) == 1:
                found.add(numbers[0])
    marks = ("startoftranscript", *(name for name in _MARKS if name != "notimestamps"))
    return sorted(found | {mark(tokenizer, name) for name in marks})


def save(tokenizer: Tokenizer, path: Path) -> None:
    """Writes tokenizer.json without blanks."""
    content = json.loads(tokenizer.to_str())
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def byte_level(model: BPE) -> Tokenizer:
    """A tokenizer that splits as Whisper's does and has no marks yet."""
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def with_marks(tokenizer: Tokenizer) -> Tokenizer:
    """The same tokenizer, with Whisper's marks and times behind its text tokens."""
    # faster-whisper finds them by name; the languages are only counted on to be there.
    names = ["endoftext", "startoftranscript", "en", *(f"x{n}" for n in range(1, LANGUAGES)), *_MARKS]
    tokenizer.add_special_tokens(
        [AddedToken(f"<|{name}|>", special=True, normalized=False) for name in names]
    )
    times = [AddedToken(f"<|{n * 0.02:.2f}|>", special=False, normalized=False) for n in range(TIMES)]
    tokenizer.add_tokens(times)
    return tokenizer
