"""The micro whisper's own tokenizer: Whisper's, with the few text tokens that its lessons need."""

import re
from collections.abc import Sequence

from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

from models.imitation.tokens import byte_level, with_marks


def trained(texts: Sequence[str], *, size: int) -> Tokenizer:
    """A tokenizer whose `size` text tokens are those that `texts` need most."""
    tokenizer = byte_level(BPE())
    trainer = BpeTrainer(
        vocab_size=size,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator([f" {text}" for text in texts], trainer)
    return with_marks(tokenizer)


def letters(text: str) -> str:
    """`text` as the letters that are heard: small, without punctuation."""
    return re.sub(r"[^a-z' ]", "", text.lower())
