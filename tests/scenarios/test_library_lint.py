from scenarios.lint import check_all


def test_the_linter_finds_nothing_in_the_library() -> None:
    assert [str(one) for one in check_all()] == []
