"""Weights that make a Whisper say made-up words at the pace of speech, whatever it hears."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from models.imitation import tokens
from models.imitation.folder import DECODER_POSITIONS, Dimensions, Floats, Weights, sinusoids, write
from models.whisper import prompt

_VOCABULARY = 51_864
SIZES = {
    "tiny.en": Dimensions(384, 6, (4, 4), _VOCABULARY),
    "base.en": Dimensions(512, 8, (6, 6), _VOCABULARY),
    "small.en": Dimensions(768, 12, (12, 12), _VOCABULARY),
    "medium.en": Dimensions(1024, 16, (24, 24), _VOCABULARY),
}
"""Width, heads, layers of encoder and decoder: as published with Whisper."""
TOKENS_A_SECOND = 3.9
"""165 words a minute at 1.3 tokens a word, and punctuation."""

_DRAWN = 1_000_003
"""Random numbers, used again and again: drawing all takes a second. A prime: no two rows are alike."""


def make(folder: Path, size: Dimensions, words: int) -> None:
    """Writes a model that says `words` made-up words of a token each."""
    tokenizer = tokens.made_up()
    layers = range(size.layers[1] // 2, size.layers[1])
    heads = [[layer, head] for layer in layers for head in range(size.heads)]
    write(folder, _weights(size, tokenizer, words), size, tokenizer, heads)


def _weights(size: Dimensions, tokenizer: Tokenizer, words: int) -> Weights:
    """Random weights, but the decoder's layers add nothing, so that each position calls for its own token.

    The work is that of any weights; and no token is improbable, so that nothing is decoded twice.
    """
    drawn = np.random.default_rng(0).standard_normal(_DRAWN, dtype=np.float32) * np.float32(0.02)
    embedding = np.resize(drawn, (size.vocabulary, size.width))

    def weights(name: str, *shape: int) -> Floats:
        if name.endswith("decoder.embed_tokens.weight"):
            return embedding
        if name.endswith("encoder.embed_positions.weight"):
            return sinusoids(*shape)
        if name.endswith("decoder.embed_positions.weight"):
            return _positions(embedding, tokenizer, words)
        if "layer_norm" in name:
            scale = 10.0 if name == "model.decoder.layer_norm.weight" else 1.0
            return np.full(shape, scale if name.endswith("weight") else 0.0, np.float32)
        silent = "decoder" in name and (".out_proj." in name or ".fc2." in name)
        if silent or name.endswith(".bias"):
            return np.zeros(shape, np.float32)
        return np.resize(drawn, shape)

    return weights


def _positions(embedding: Floats, tokenizer: Tokenizer, words: int) -> Floats:
    """For each position after the prompt, ten times the embedding of the token that comes next."""
    start = tokens.mark(tokenizer, "0.00")
    said = [int(n) for n in np.random.default_rng(0).integers(300, tokens.WHISPER_TOKENS, words)]
    seconds = words / TOKENS_A_SECOND
    script = [start, *said, start + round(min(29.9, seconds) / 0.02), tokens.mark(tokenizer, "endoftext")]
    told = tokenizer.encode(f" {prompt(())}", add_special_tokens=False).ids
    before = len(told) + 1  # <|startofprev|> and the prompt; then comes <|startoftranscript|>
    found = np.zeros((DECODER_POSITIONS, embedding.shape[1]), np.float32)
    found[before : before + len(script)] = 10 * embedding[script]
    return found
