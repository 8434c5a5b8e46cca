from textual.app import App, ComposeResult
from textual.widgets import Static

from trainer.app.widgets.chart import Chart


async def drawn(chart: Chart, width: int = 40) -> list[str]:
    class Page(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(chart)

    app = Page()
    async with app.run_test(size=(width, 10)):
        return [line.text.rstrip() for line in app.screen._compositor.render_strips()]


async def test_bars_the_target_as_a_line_and_each_score_below() -> None:
    lines = await drawn(Chart([20, None, 79, 100], 80, first="1 Nov", last="Wed"))
    assert lines[:7] == [
        "  80 ▁▁▁▁▁▁▁▁▁▁▁▁███▁",
        "             ▒▒▒ ███",
        "             ▒▒▒ ███",
        "             ▒▒▒ ███",
        "   0 ▒▒▒     ▒▒▒ ███",
        "     20   –  79  100",
        "     1 Nov       Wed",
    ]


async def test_only_the_newest_fit_a_narrow_place() -> None:
    lines = await drawn(Chart(list(range(10, 90, 10)), 80), width=18)
    assert lines[5].split() == ["60", "70", "80"]


async def test_a_target_within_a_line_is_drawn_in_its_middle() -> None:
    lines = await drawn(Chart([50], 90))
    assert lines[0].startswith("  90 ╌╌╌")


async def test_what_is_well_below_the_target_does_not_touch_it() -> None:
    lines = await drawn(Chart([63, 3], 80))
    assert lines[1] == ""
    assert lines[2].split() == ["▒▒▒"]
    assert lines[4].split() == ["0", "▒▒▒", "▒▒▒"]
