"""Weights written as the folder that CTranslate2 and faster-whisper read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.imitation import tokens

Floats = NDArray[np.float32]
Weights = Callable[..., Floats]
"""`weights(name, *shape)`: a parameter by the name it has in Hugging Face's Whisper."""
POSITIONS = 1500  # of the encoder: 30 s
DECODER_POSITIONS = 448
MELS = 80
_PREPROCESSOR = {
    "chunk_length": 30,
    "feature_size": MELS,
    "hop_length": 160,
    "n_fft": 400,
    "n_samples": 480_000,
    "nb_max_frames": 3000,
    "sampling_rate": 16_000,
}


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The size of a Whisper; `layers` of encoder and decoder."""

    width: int
    heads: int
    layers: tuple[int, int]
    vocabulary: int


def write(
    folder: Path, weights: Weights, size: Dimensions, tokenizer: Tokenizer, alignment_heads: list[list[int]]
) -> None:
    """Writes model.bin (int8), config.json, vocabulary.json, tokenizer.json and preprocessor_config.json."""
    spec = whisper_spec.WhisperSpec(size.layers[0], size.heads, size.layers[1], size.heads)
    _encoder(spec.encoder, weights, size)
    _decoder(spec.decoder, weights, size)
    by_number = sorted(tokenizer.get_vocab(with_added_tokens=True).items(), key=lambda one: one[1])
    spec.register_vocabulary([token for token, _ in by_number])
    first = tokenizer.encode(" ", add_special_tokens=False).ids[0]
    spec.config.suppress_ids = tokens.not_speech(tokenizer)
    spec.config.suppress_ids_begin = [first, tokens.mark(tokenizer, "endoftext")]
    english = tokens.mark(tokenizer, "en")
    spec.config.lang_ids = list(range(english, english + tokens.LANGUAGES))
    spec.config.alignment_heads = alignment_heads
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokens.save(tokenizer, folder / "tokenizer.json")
    for name in ("config.json", "vocabulary.json"):
        _write_json(folder / name, json.loads((folder / name).read_text(encoding="utf-8")))
    _write_json(folder / "preprocessor_config.json", _PREPROCESSOR)


def sinusoids(length: int, width: int) -> Floats:
    """Whisper's fixed positions."""
    steps = np.exp(-np.log(10_000) / (width // 2 - 1) * np.arange(width // 2))
    angles = np.arange(length)[:, None] * steps[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def _encoder(spec: Any, weights: Weights, size: Dimensions) -> None:
    name, width = "model.encoder.", size.width
    for conv, channels in (("conv1", MELS), ("conv2", width)):
        getattr(spec, conv).weight = weights(f"{name}{conv}.weight", width, channels, 3)
        getattr(spec, conv).bias = weights(f"{name}{conv}.bias", width)
    spec.position_encodings.encodings = weights(f"{name}embed_positions.weight", POSITIONS, width)
    _norm(spec.layer_norm, f"{name}layer_norm", weights, width)
    for number in range(size.layers[0]):
        _layer(spec.layer[number], f"{name}layers.{number}.", weights, width)


def _decoder(spec: Any, weights: Weights, size: Dimensions) -> None:
    name, width = "model.decoder.", size.width
    embedding = weights(f"{name}embed_tokens.weight", size.vocabulary, width)
    first = spec.embeddings[0] if isinstance(spec.embeddings, list) else spec.embeddings
    first.weight = spec.projection.weight = embedding  # tied, and saved once
    spec.position_encodings.encodings = weights(f"{name}embed_positions.weight", DECODER_POSITIONS, width)
    _norm(spec.layer_norm, f"{name}layer_norm", weights, width)
    for number in range(size.layers[1]):
        layer, prefix = spec.layer[number], f"{name}layers.{number}."
        _layer(layer, prefix, weights, width)
        _fused(layer.attention.linear[0], f"{prefix}encoder_attn", "q", weights, width)
        _fused(layer.attention.linear[1], f"{prefix}encoder_attn", "kv", weights, width)
        _linear(layer.attention.linear[2], f"{prefix}encoder_attn.out_proj", weights, (width, width))
        _norm(layer.attention.layer_norm, f"{prefix}encoder_attn_layer_norm", weights, width)


def _layer(spec: Any, name: str, weights: Weights, width: int) -> None:
    _fused(spec.self_attention.linear[0], f"{name}self_attn", "qkv", weights, width)
    _linear(spec.self_attention.linear[1], f"{name}self_attn.out_proj", weights, (width, width))
    _norm(spec.self_attention.layer_norm, f"{name}self_attn_layer_norm", weights, width)
    _linear(spec.ffn.linear_0, f"{name}fc1", weights, (4 * width, width))
    _linear(spec.ffn.linear_1, f"{name}fc2", weights, (width, 4 * width))
    _norm(spec.ffn.layer_norm, f"{name}final_layer_norm", weights, width)


def _fused(spec: Any, name: str, parts: str, weights: Weights, width: int) -> None:
    spec.weight = np.concatenate([weights(f"{name}.{part}_proj.weight", width, width) for part in parts])
    biases = [_bias(f"{name}.{part}_proj", part, weights, width) for part in parts]
    spec.bias = np.concatenate(biases)


def _bias(name: str, part: str, weights: Weights, width: int) -> Floats:
    return np.zeros(width, np.float32) if part == "k" else weights(f"{name}.bias", width)  # keys have none


def _linear(spec: Any, name: str, weights: Weights, shape: tuple[int, int]) -> None:
    spec.weight, spec.bias = weights(f"{name}.weight", *shape), weights(f"{name}.bias", shape[0])


def _norm(spec: Any, name: str, weights: Weights, width: int) -> None:
    spec.gamma, spec.beta = weights(f"{name}.weight", width), weights(f"{name}.bias", width)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
