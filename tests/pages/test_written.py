from dataclasses import replace
from datetime import timedelta

from tests.coaching.six_weeks import SECRET
from trainer.coaching.brief import Brief
from trainer.pages.written import markdown, plain


def test_the_text_fits_a_terminal_and_says_it_in_the_talks_order(ana: Brief) -> None:
    text = plain(ana)
    assert max(len(line) for line in text.splitlines()) <= 80
    order = [
        "LAST TIME'S NEXT STEP", "WHAT GOT BETTER", "THE ONE THING THAT HOLDS BACK", "A QUESTION TO ASK",
        "HOW ANA JUDGED", "BUSINESS FIGURES", "WHAT COMES",
    ]  # fmt: skip
    places = [text.index(title) for title in order]
    assert places == sorted(places)


def test_every_form_has_the_step_the_quotes_and_the_question(ana: Brief) -> None:
    assert ana.holding_back is not None
    for text in (plain(ana), markdown(ana)):
        flat = " ".join(text.replace("\\", "").split())
        assert "Kept: 100 reached, 80 was the target, in 3 attempts." in flat
        assert ana.holding_back.question in flat
        assert "turn 2 · from 0:0" in flat
        assert "says nothing about what caused what" in flat
        assert "too early to look for a direction before 8 weeks" in flat
        assert SECRET not in flat


def test_a_rep_who_has_not_begun_gets_whole_sentences(nobody: Brief) -> None:
    text = plain(nobody)
    assert "No assessed attempt; none was assigned." in text
    assert "Sessions: none so far" in text
    assert "None" not in text


def test_what_people_wrote_makes_no_marks_in_markdown(ana: Brief) -> None:
    assert ana.last_step is not None
    step = replace(ana.last_step, text="# Call [them](http://x.example) <b>*now*</b>\n- at once")
    text = markdown(replace(ana, last_step=step))
    assert r"“\# Call \[them\](http://x.example) \<b\>\*now\*\</b\> - at once”" in text


def test_what_is_late_says_by_how_much(ana: Brief) -> None:
    asked = ana.practice.asked[0]
    assert asked.due is not None
    late = replace(ana, open=(asked,), made_at=ana.made_at + timedelta(days=1))
    assert "to reach 80, due Wed 26 Nov, 2 days late" in " ".join(plain(late).split())
