import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.coaching.six_weeks import SECRET, SixWeeks
from trainer.coaching.brief import Brief
from trainer.pages.html import html


class Elements(HTMLParser):
    """The elements of a page and their attributes; every one that is opened is closed."""

    EMPTY = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


def test_it_needs_nothing_from_elsewhere(page: str) -> None:
    elements = Elements(page)
    assert elements.named("script", "link", "iframe", "img", "object", "a", "form") == []
    for _, attributes in elements.found:
        for name in ("src", "href", "action", "poster"):
            assert (attributes.get(name) or "data:").startswith("data:")
    assert "url(" not in page
    assert "@import" not in page


def test_the_recordings_are_in_it_and_begin_where_the_evidence_is(page: str, ana: Brief) -> None:
    assert ana.holding_back is not None
    sounds = [one["src"] or "" for one in Elements(page).named("audio")]
    assert len(sounds) == len(ana.holding_back.quotes) == 2
    for sound, quote in zip(sounds, ana.holding_back.quotes, strict=True):
        assert sound.startswith("data:audio/mpeg;base64,")
        assert quote.second is not None
        assert 0 <= quote.second - float(sound.rpartition("#t=")[2]) <= 0.5


def test_charts_say_in_words_what_they_show(page: str) -> None:
    drawn = Elements(page).named("svg")
    assert len(drawn) > 8
    assert all(one["role"] == "img" and one["aria-label"] for one in drawn)


def test_nothing_of_a_warm_up_is_in_it(page: str) -> None:
    assert "parrot" not in page
    assert SECRET not in page


def test_what_people_wrote_stays_words(ana: Brief, world: SixWeeks) -> None:
    nasty = '<script>alert("x")</script>'
    assert ana.last_step is not None
    given = replace(
        ana,
        rep=replace(ana.rep, name=f"{nasty} Ruiz"),
        last_step=replace(ana.last_step, text=nasty),
        business=tuple(replace(one, measure=f'{nasty}" onload="x') for one in ana.business),
    )
    page = html(given, world.takes)
    elements = Elements(page)
    assert elements.named("script") == []
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]


def test_a_recording_that_is_gone_is_said_to_be(ana: Brief, tmp_path: Path) -> None:
    page = html(ana, tmp_path)
    assert Elements(page).named("audio") == []
    assert "The recording is no longer there; its words and scores are kept." in page


@pytest.mark.parametrize("what", ["typed", "nothing"])
def test_less_to_show_is_still_a_page(what: str, ana: Brief, nobody: Brief, world: SixWeeks) -> None:
    held = ana.holding_back
    assert held is not None
    typed = tuple(replace(one, second=None, file=None, take_id=None) for one in held.quotes)
    given = nobody if what == "nothing" else replace(ana, holding_back=replace(held, quotes=typed))
    page = html(given, world.takes)
    Elements(page)
    assert "None" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).replace(
        "default-src 'none'", ""
    )
    assert ("Typed, so there is nothing to hear." in page) == (what == "typed")
