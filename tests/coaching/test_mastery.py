from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from trainer.coaching.mastery import Rule, Standing, override_rate, standing
from trainer.store.coaching.ledger import Entry, EntryKind

DAY = date(2025, 11, 10)
RULE = Rule()


def entry(kind: EntryKind, after: int, **facts: object) -> Entry:
    written = datetime.combine(DAY + timedelta(days=after), time(12), UTC)
    return Entry(f"{kind}-{after}", "ana", "price", kind, "mo", written, None, "", facts, "", "")


def tried(day: int, score: int | None, form: str, *, new: bool = False) -> Entry:
    """An attempt's entry; `day` counts from the first."""
    when = (DAY + timedelta(days=day)).isoformat()
    return entry("attempt", day, score=score, scenario="price", form=form, new_form=new, day=when)


ROW = [tried(0, 84, "A", new=True), tried(0, 81, "B", new=True), tried(1, 82, "A")]
READY = [*ROW, tried(6, 88, "C", new=True)]


def state(*entries: Entry, rule: Rule = RULE) -> Standing:
    return standing(entries, rule)


def test_nothing_yet_says_all_that_it_takes() -> None:
    now = state()
    assert now.state == "not begun"
    assert now.missing == (
        "3 passes in a row",
        "in 2 forms",
        "a form that is new or unmet for 3 weeks",
        "on 2 days",
    )


def test_three_passes_on_two_forms_and_days_wait_for_the_retest() -> None:
    now = state(*ROW)
    assert (now.state, now.retest_from) == ("waiting for the retest", DAY + timedelta(days=6))


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (ROW[:2], ("1 more pass in a row", "another day")),
        ([tried(0, 84, "A", new=True), tried(1, 84, "A"), tried(2, 84, "A")], ("another form",)),
        (
            [tried(0, 84, "A"), tried(1, 84, "B"), tried(2, 84, "A")],
            ("a form that is new or unmet for 3 weeks",),
        ),
        ([tried(0, 84, "A", new=True), tried(0, 84, "B"), tried(0, 84, "A")], ("another day",)),
    ],
)
def test_what_is_missing_is_said(row: list[Entry], missing: tuple[str, ...]) -> None:
    now = state(*row)
    assert (now.state, now.missing) == ("practising", missing)


def test_more_passes_make_up_for_what_a_row_lacks() -> None:
    same_day = [tried(0, 84, "A", new=True), tried(0, 84, "B"), tried(0, 84, "A")]
    assert state(*same_day, tried(1, 80, "A")).state == "waiting for the retest"


def test_a_pass_before_its_day_is_no_retest() -> None:
    assert state(*ROW, tried(5, 90, "C")).state == "waiting for the retest"
    assert state(*ROW, tried(6, 90, "C")).state == "ready for sign-off"


@pytest.mark.parametrize("before", [ROW[:2], ROW, READY])
def test_a_fail_ends_the_row(before: list[Entry]) -> None:
    now = state(*before, tried(9, 79, "A"))
    assert (now.state, now.row, now.retest) == ("practising", (), None)


def test_what_could_not_be_judged_neither_helps_nor_harms() -> None:
    assert state(ROW[0], tried(0, None, "B"), *ROW[1:]).row == state(*ROW).row


def test_the_managers_word_stands() -> None:
    assert state(*READY, entry("signed off", 7)).state == "mastered"
    assert state(entry("declared mastered", 0)).state == "mastered"
    back = state(*READY, entry("sent back", 7))
    assert (back.state, back.row) == ("practising", ())
    assert state(*READY, entry("signed off", 7), entry("declared not mastered", 8)).state == "practising"


def test_a_failed_review_reopens_and_a_pass_closes_again() -> None:
    mastered = [*READY, entry("signed off", 7)]
    lapsed = state(*mastered, tried(20, 60, "A"))
    assert (lapsed.state, lapsed.missing) == ("to refresh", ("one pass",))
    assert lapsed.mastered_at == state(*mastered).mastered_at
    assert state(*mastered, tried(20, 60, "A"), tried(21, 85, "A")).state == "mastered"


def test_a_rubric_may_ask_for_less() -> None:
    easy = replace(RULE, passes=1, forms=1, new_forms=0, days=1, retest_after=1, score=70)
    assert state(tried(0, 70, "A"), tried(1, 71, "A"), rule=easy).state == "ready for sign-off"


def test_overrides_are_counted_of_all_decisions() -> None:
    said = [entry("signed off", 1), entry("declared mastered", 2), entry("sent back", 3), ROW[0]]
    assert override_rate(said, "mo") == (1, 3)
    assert override_rate(said, "another") == (0, 0)
