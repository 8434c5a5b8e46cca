from scoring.hashes import content_hash, scorer_hash
from scoring.rubric import Criterion


def test_the_order_of_keys_does_not_matter_and_content_does() -> None:
    assert content_hash({"a": 1, "b": [2]}) == content_hash({"b": [2], "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})


def test_models_hash_like_their_json() -> None:
    one = Criterion(id="a", move="probes_need", weight=1, says="abc", tip="abc", model_answer="abc")
    assert content_hash(one) == content_hash(one.model_dump(mode="json"))


def test_the_scorer_has_one_hash() -> None:
    assert scorer_hash() == scorer_hash()
    assert len(scorer_hash()) == 64
