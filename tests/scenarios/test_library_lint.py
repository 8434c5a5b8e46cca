from models.embedding.static import StaticEmbedder
from scenarios.lint import check_all


def test_the_linter_finds_nothing_in_the_library() -> None:
    assert [str(one) for one in check_all(embedder=StaticEmbedder())] == []


def test_it_finds_nothing_by_patterns_alone_either() -> None:
    assert [str(one) for one in check_all()] == []
