import math

import pytest
from textual.color import Color
from textual.content import Content
from textual.theme import Theme

from scoring.scorecard import Evidence
from scoring.transcript import Transcript, Word
from trainer.app.themes import OURS
from trainer.app.widgets.meter import BARS, bar
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.spoken import spoken


def test_a_row_is_as_wide_as_it_may_be_and_never_wider() -> None:
    row = Row(
        cell("left", width=6), cell("a long middle that gives way", width=REST), cell("right", right=True)
    )
    for width in (20, 40, 90):
        assert row.fitted(width).cell_length == width
    assert "…" in row.fitted(24).plain
    assert row.fitted(60).plain.endswith("right")


def test_a_narrow_row_leaves_out_what_asks_for_room() -> None:
    row = Row(cell("what", width=REST), cell("aside", from_width=50))
    assert "aside" in row.fitted(50).plain
    assert "aside" not in row.fitted(49).plain


def test_columns_share_the_rest() -> None:
    one, two = Row(cell("a", width=-1), cell("b", width=-3)).fitted(42).plain.split("b")[0], 12
    assert len(one) == two


@pytest.mark.parametrize(
    ("dbfs", "shown"), [(-math.inf, BARS[0]), (-57, BARS[0]), (-12, BARS[-1]), (0, BARS[-1])]
)
def test_the_bar_of_a_level(dbfs: float, shown: str) -> None:
    assert bar(dbfs) == shown


def test_louder_is_never_lower() -> None:
    heights = [BARS.index(bar(level)) for level in range(-70, 1)]
    assert heights == sorted(heights)


def test_evidence_is_marked_where_it_stands_and_not_by_colour_alone() -> None:
    heard = Transcript.typed("it is a real gap today")
    content = spoken(heard, [Evidence("a real gap", 6, 16, None, None)])
    (span,) = [span for span in content.spans if "underline" in str(span.style)]
    assert content.plain[span.start : span.end] == "a real gap"


def test_an_unsure_word_is_italic() -> None:
    words = [Word("their", 0, 1, 0.9), Word("quote", 1, 2, 0.2)]
    content = spoken(Transcript.from_words(words, engine="e", model="m", seconds=2))
    (span,) = content.spans
    assert "italic" in str(span.style)
    assert content.plain[span.start : span.end] == "quote"


def test_wide_characters_do_not_break_columns() -> None:
    row = Row(cell("日本語日本語日本語", width=9), cell("x", width=REST))
    assert row.fitted(30).cell_length == 30
    assert Content(row.fitted(30).plain).cell_length == 30


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (part / 255 for part in Color.parse(colour).rgb)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_all_text_is_readable_on_its_background(theme: Theme) -> None:
    colours = {**theme.to_color_system().generate(), **theme.variables}

    def contrast(front: str, back: str) -> float:
        light, dark = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    texts = ("foreground", "text-muted", "primary", "success", "warning", "error")
    pairs = [(text, back) for text in texts for back in ("background", "surface", "panel")]
    pairs += [("foreground", "evidence"), ("foreground", "evidence-playing")]
    low = {pair: round(contrast(*pair), 1) for pair in pairs if contrast(*pair) < 4.5}  # WCAG 2.2, 1.4.3
    assert not low
