"""Makes the micro whisper: `python -m tests.models.micro_whisper.making FOLDER [MINUTES]`.

Wants PyTorch (`pip install torch`) and libespeak-ng beside what the project needs.
"""

import sys
from pathlib import Path

import numpy as np

from models.imitation.folder import Dimensions, Floats, write
from tests.models.micro_whisper.making import tokens
from tests.models.micro_whisper.making.lessons import SENTENCES, Amounts, lessons
from tests.models.micro_whisper.making.targets import target
from tests.models.micro_whisper.making.training import GUIDED_HEADS, trained

WIDTH, HEADS, LAYERS = 128, 4, (3, 2)
TEXT_TOKENS = 900


def main() -> None:
    """Teaches it and writes it."""
    folder = Path(sys.argv[1])
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 22.0
    dice = np.random.default_rng(1)
    capitals = sorted({word.capitalize() for sentence in SENTENCES for word in sentence.split()})
    tokenizer = tokens.trained([*SENTENCES, *capitals], size=TEXT_TOKENS)
    size = Dimensions(WIDTH, HEADS, LAYERS, tokenizer.get_vocab_size())
    learnt = [target(lesson, tokenizer) for lesson in lessons(Amounts(), dice)]
    print(f"{len(learnt)} lessons", flush=True)  # noqa: T201
    state = trained(learnt, tokenizer, size, minutes=minutes, dice=dice).state_dict()

    def weights(name: str, *shape: int) -> Floats:
        found: Floats = state[name].float().numpy().copy()
        assert found.shape == shape, (name, found.shape, shape)
        return found

    write(folder, weights, size, tokenizer, [[LAYERS[1] - 1, head] for head in range(GUIDED_HEADS)])


if __name__ == "__main__":
    main()
