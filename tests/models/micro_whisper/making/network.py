"""Whisper's architecture in PyTorch, with the names that its parameters have elsewhere."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.imitation.folder import DECODER_POSITIONS, MELS, POSITIONS, Dimensions, sinusoids

LETTERS = "abcdefghijklmnopqrstuvwxyz' "
"""What the encoder alone must be able to spell while it learns (0 stands for none of them)."""


class Attention(nn.Module):  # type: ignore[misc]
    """Many-headed attention of `x` to `memory`; `bias` is added before the softmax."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj, self.v_proj = nn.Linear(width, width), nn.Linear(width, width)
        self.k_proj, self.out_proj = nn.Linear(width, width, bias=False), nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor | None = None, causal: bool = False) -> Tensor:
        queries, keys, values = (
            self._split(self.q_proj(x)),
            self._keys(memory),
            self._split(self.v_proj(memory)),
        )
        mixed = functional.scaled_dot_product_attention(
            queries, keys, values, attn_mask=bias, is_causal=causal
        )
        return self.out_proj(mixed.transpose(1, 2).reshape(x.shape))

    def looked_at(self, x: Tensor, memory: Tensor, bias: Tensor | None) -> Tensor:
        """How much each position of `x` looks at each of `memory`: batch, heads, x, memory."""
        queries, keys = self._split(self.q_proj(x)), self._keys(memory)
        weights = (queries @ keys.transpose(-1, -2)) * queries.shape[-1] ** -0.5
        return (weights if bias is None else weights + bias).float().softmax(-1)

    def _keys(self, memory: Tensor) -> Tensor:
        return self._split(self.k_proj(memory))

    def _split(self, x: Tensor) -> Tensor:
        return x.view(len(x), -1, self.heads, x.shape[-1] // self.heads).transpose(1, 2)


class Layer(nn.Module):  # type: ignore[misc]
    """A layer of the encoder, or with `cross` one of the decoder."""

    def __init__(self, width: int, heads: int, dropout: float, *, cross: bool) -> None:
        super().__init__()
        self.self_attn, self.self_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)
        if cross:
            self.encoder_attn, self.encoder_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.final_layer_norm, self.dropout = nn.LayerNorm(width), nn.Dropout(dropout)

    def encode(self, x: Tensor, bias: Tensor | None) -> Tensor:
        normed = self.self_attn_layer_norm(x)
        return self._out(x + self.dropout(self.self_attn(normed, normed, bias)))

    def decode(self, x: Tensor, memory: Tensor, bias: Tensor | None) -> tuple[Tensor, Tensor]:
        """The next x, and the x that asked the memory."""
        normed = self.self_attn_layer_norm(x)
        x = x + self.dropout(self.self_attn(normed, normed, causal=True))
        asking = self.encoder_attn_layer_norm(x)
        return self._out(x + self.dropout(self.encoder_attn(asking, memory, bias))), asking

    def _out(self, x: Tensor) -> Tensor:
        return x + self.dropout(self.fc2(functional.gelu(self.fc1(self.final_layer_norm(x)))))


class Encoder(nn.Module):  # type: ignore[misc]
    """Pictures of sound to what the decoder asks."""

    def __init__(self, size: Dimensions, dropout: float) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, size.width, 3, padding=1)
        self.conv2 = nn.Conv1d(size.width, size.width, 3, stride=2, padding=1)
        fixed = torch.from_numpy(sinusoids(POSITIONS, size.width))
        self.embed_positions = nn.Embedding.from_pretrained(fixed)
        layers = (Layer(size.width, size.heads, dropout, cross=False) for _ in range(size.layers[0]))
        self.layers, self.layer_norm = nn.ModuleList(layers), nn.LayerNorm(size.width)

    def forward(self, mel: Tensor, padding: int) -> tuple[Tensor, Tensor | None]:
        """`mel` alone with `padding` 0; else as if silence filled it up to 30 s, in few positions.

        The silence is stood for by `padding` positions of it that weigh as much as all would: log(step).
        """
        x = self._pictured(mel)
        positions, length = self.embed_positions.weight, x.shape[1]
        x, bias = x + positions[:length], None
        if padding and length + padding < POSITIONS:
            step = (POSITIONS - length) / padding
            places = (
                (length + (torch.arange(padding) + torch.rand(padding)) * step)
                .long()
                .clamp(max=POSITIONS - 1)
            )
            silence = self._pictured(mel.new_zeros(1, MELS, 16))[:, 4:5]
            x = torch.cat([x, (silence + positions[places]).expand(len(x), -1, -1)], dim=1)
            weight = torch.zeros(length + padding)
            weight[length:] = math.log(step)
            bias = weight.view(1, 1, 1, -1).to(x.dtype)
        for layer in self.layers:
            x = layer.encode(x, bias)
        return self.layer_norm(x), bias

    def _pictured(self, mel: Tensor) -> Tensor:
        return functional.gelu(self.conv2(functional.gelu(self.conv1(mel)))).transpose(1, 2)


class Decoder(nn.Module):  # type: ignore[misc]
    """What was said so far to what comes next."""

    def __init__(self, size: Dimensions, dropout: float) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(size.vocabulary, size.width)
        nn.init.normal_(self.embed_tokens.weight, std=0.05)
        self.embed_positions = nn.Embedding(DECODER_POSITIONS, size.width)
        self.embed_positions.weight.data = 0.1 * torch.from_numpy(sinusoids(DECODER_POSITIONS, size.width))
        layers = (Layer(size.width, size.heads, dropout, cross=True) for _ in range(size.layers[1]))
        self.layers, self.layer_norm = nn.ModuleList(layers), nn.LayerNorm(size.width)

    def forward(self, said: Tensor, memory: Tensor, bias: Tensor | None) -> tuple[Tensor, Tensor]:
        """The logits of each next token, and where its last layer looked in the memory."""
        x = self.embed_tokens(said) + self.embed_positions.weight[: said.shape[1]]
        asking = x
        for layer in self.layers:
            x, asking = layer.decode(x, memory, bias)
        looked = self.layers[-1].encoder_attn.looked_at(asking, memory, bias)
        return functional.linear(self.layer_norm(x), self.embed_tokens.weight), looked


class MicroWhisper(nn.Module):  # type: ignore[misc]
    """Encoder, decoder, and the spelling that only training uses."""

    def __init__(self, size: Dimensions, *, dropout: float = 0.05) -> None:
        super().__init__()
        self.model = nn.Module()
        self.model.encoder, self.model.decoder = Encoder(size, dropout), Decoder(size, dropout)
        self.spelling = nn.Linear(size.width, len(LETTERS) + 1)
