import pytest

from trainer.practice.word_errors import word_error_rate


@pytest.mark.parametrize(
    ("heard", "before", "rate"),
    [
        ("What are you comparing us with?", "what are you comparing us with", 0.0),
        ("what are they comparing us with", "what are you comparing us with", 1 / 6),
        ("are you comparing us with", "what are you comparing us with", 1 / 6),
        ("so what are you comparing us with", "what are you comparing us with", 1 / 6),
        ("it’s a gap", "it's a gap", 0.0),
        ("", "a gap", 1.0),
        ("a gap", "", 1.0),
        ("", "", 0.0),
    ],
)
def test_words_replaced_left_out_and_put_in_count_alike(heard: str, before: str, rate: float) -> None:
    assert word_error_rate(heard, before) == pytest.approx(rate)
