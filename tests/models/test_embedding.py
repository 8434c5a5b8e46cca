import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.embedding.choose import embedder
from models.embedding.onnx import OnnxEmbedder
from models.embedding.static import TABLE, StaticEmbedder
from scoring.embedder import ONE, Embedder, unit_rows

TINY = Path(__file__).parent / "tiny_embedder"
LARGER = os.environ.get("SENTENCE_MODEL")
MONEY, BUDGET, BOSS = (
    "how much money do you have for this",
    "what is your budget",
    "who else has to approve it",
)


def likeness(one: Embedder, left: str, right: str) -> float:
    rows = one.embed([left, right])
    return int(rows[0] @ rows[1]) / ONE**2


def test_what_means_the_same_is_nearer_than_what_does_not() -> None:
    static = StaticEmbedder()
    assert likeness(static, MONEY, BUDGET) > likeness(static, MONEY, BOSS) + 0.05
    assert likeness(static, "who decides", "who decides") == pytest.approx(1, abs=0.01)


def test_the_order_of_words_counts() -> None:
    static = StaticEmbedder()
    assert likeness(static, "is it settled", "it is settled") < 0.95


def test_vectors_are_whole_numbers_that_stay_the_same() -> None:
    row = StaticEmbedder().embed(["What would it take, by Friday at 10:30?"])[0]
    assert row.dtype == np.int64
    assert row.shape == (512,)
    assert row[:4].tolist() == [7039, 5419, 1439, 919]
    assert int((row * np.arange(512)).sum()) == -3_386_387


def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    static = StaticEmbedder()
    among = static.embed([BOSS, MONEY, BUDGET])
    assert (among[1] == static.embed([MONEY])[0]).all()


@pytest.mark.parametrize("text", ["", " \n", "🙂🙂", "\0\1", "不知道", "zzxqj", "word " * 50_000])
def test_any_text_has_a_vector_of_length_one_or_none(text: str) -> None:
    row = StaticEmbedder().embed([text])[0].astype(float)
    assert np.linalg.norm(row) == pytest.approx(ONE, rel=0.01) or not row.any()


def test_no_texts_have_no_rows() -> None:
    assert StaticEmbedder().embed([]).shape == (0, 512)


def test_numbers_in_digits_are_one_word() -> None:
    assert likeness(StaticEmbedder(), "it saves 20 hours", "it saves 3,500 hours") == pytest.approx(
        1, abs=0.01
    )


def test_the_fingerprint_changes_with_the_table(tmp_path: Path) -> None:
    shutil.copytree(TABLE, tmp_path / "table")
    same = StaticEmbedder(tmp_path / "table").fingerprint
    assert same == StaticEmbedder().fingerprint
    scales = np.load(tmp_path / "table" / "scales.npy")
    scales[7] += 1
    np.save(tmp_path / "table" / "scales.npy", scales)
    assert StaticEmbedder(tmp_path / "table").fingerprint != same


def test_the_table_takes_at_most_8_megabytes_and_its_licence_goes_along() -> None:
    assert sum(file.stat().st_size for file in TABLE.iterdir()) <= 8_000_000
    assert "Apache License" in (TABLE / "LICENSE").read_text(encoding="utf-8")


def test_long_sums_keep_their_direction() -> None:
    long, short = unit_rows(np.array([[3 << 40, 4 << 40], [3, 4]]))
    assert long.tolist() == short.tolist() == [round(0.6 * ONE), round(0.8 * ONE)]
    assert unit_rows(np.zeros((1, 2), np.int64)).tolist() == [[0, 0]]


def test_nothing_is_read_before_the_first_text() -> None:
    code = (
        "import sys; from pathlib import Path; from models.embedding.choose import embedder;"
        "embedder(Path('nowhere')); assert not {'onnxruntime', 'tokenizers', 'spacy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_a_larger_model_the_table_is_used(tmp_path: Path) -> None:
    (tmp_path / "base.en").mkdir()
    assert isinstance(embedder(tmp_path), StaticEmbedder)
    assert isinstance(embedder(tmp_path / "missing"), StaticEmbedder)


def test_a_larger_model_is_used_where_one_was_added(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    found = embedder(tmp_path)
    assert isinstance(found, OnnxEmbedder)
    assert found.fingerprint.startswith("tiny-1-")
    assert likeness(found, "the money", "the budget") > 0.7
    assert likeness(found, "the money", "who decides") < 0.5


def test_a_larger_model_gives_whole_numbers_of_length_one() -> None:
    rows = OnnxEmbedder(TINY).embed(["money", "when the boss decides"])
    assert rows.dtype == np.int64
    assert np.linalg.norm(rows.astype(float), axis=1) == pytest.approx([ONE, ONE], rel=0.01)


@pytest.mark.skipif(not LARGER, reason="SENTENCE_MODEL names no folder with model.onnx and tokenizer.json")
def test_a_real_sentence_model_tells_meaning_apart() -> None:
    model = OnnxEmbedder(Path(str(LARGER)))
    assert likeness(model, MONEY, BUDGET) > likeness(model, MONEY, BOSS) + 0.2
