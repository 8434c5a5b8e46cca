from typing import Any

from textual.style import Style
from textual.visual import RenderOptions

from scoring.bands import Band, Bands
from scoring.clauses import clauses
from scoring.delivery import delivery
from scoring.transcript import FilledPause, Sound, Transcript, Word
from trainer.app.widgets.delivered import delivered

TEXT = "Um we save our customers maybe ten hours a week. What would you like to change first about it then?"


def figures(*, seconds: float = 0.4, sound: Sound | None = None) -> dict[str, Any]:
    words = [Word(one, n * seconds, (n + 0.9) * seconds, 0.9) for n, one in enumerate(TEXT.split())]
    said = Transcript(TEXT, tuple(words), "e", "m", 60.0, sound=sound)
    return delivery(said, clauses(TEXT))


def lines(found: dict[str, Any], *, bands: Bands | None = None, explained: bool = False) -> list[str]:
    visual = delivered(found, bands or Bands(), explained=explained)
    options = RenderOptions(lambda _name: Style(), {})
    return [strip.text.rstrip() for strip in visual.render_strips(78, None, Style(), options)]


def test_a_reply_as_usual_is_one_line() -> None:
    assert lines(figures()) == ["151 wpm · 1 filler · answered after 0.0 s · 1 open question"]


def test_what_is_far_from_usual_is_said_once_with_the_band() -> None:
    assert lines(figures(seconds=0.25))[1:] == ["→ Fast: 241 words a minute; 110 to 190 is usual."]
    own = Bands(pace_wpm=Band(at_most=300, source="Our best callers"))
    assert lines(figures(seconds=0.25), bands=own)[1:] == []


def test_what_is_found_in_the_sound_is_called_a_least_and_an_estimate() -> None:
    sound = Sound((FilledPause(1, 2), FilledPause(3, 4)), pitch_range=7.4, loudness_range=14.2)
    plain, *told = lines(figures(sound=sound), explained=True)
    assert "at least 3 fillers" in plain
    text = "\n".join(told)
    assert "1 (um), at least 2 more um or uh in the sound (estimated)" in text
    assert "Bortfeld" in text
    assert "pitch over 7 semitones, level over 14 dB" in text


def test_a_typed_reply_has_no_figures_of_time() -> None:
    found = delivery(Transcript.typed("We can do that."), clauses("We can do that."))
    text = "\n".join(lines(found, explained=True))
    assert "Pace" not in text
    assert "Pauses" not in text
    assert "at most 4 words without one" in text


def test_a_card_from_before_these_figures_can_still_be_shown() -> None:
    old = {"words": 3, "pace_wpm": None, "fillers": {"items": ["um"]}}
    assert lines(old) == ["3 words · no question"]
    assert any("Fillers" in line for line in lines(old, explained=True))
