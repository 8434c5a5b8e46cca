"""The brief in words, section by section, for every form that is only text."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.coaching.brief import Brief
from trainer.coaching.trend import sparkline
from trainer.pages import wording


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the rep, and where they are from."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: sentences, then a list, then quotes."""

    title: str
    says: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    quotes: tuple[Said, ...] = ()


def heading(brief: Brief) -> str:
    """The page's title."""
    return f"Brief: {brief.rep.name}"


def outline(brief: Brief) -> tuple[Section, ...]:
    """The sections in the order in which the talk goes; those with nothing to say are left out."""
    parts = (
        Section(
            "When", (wording.session(brief), wording.since(brief), f"Sessions: {wording.cadence(brief)}")
        ),
        *_last_step(brief),
        Section("Practice", (wording.practice(brief),)),
        *_focus(brief),
        Section("What got better", (wording.better(brief),), tuple(_changes(brief))),
        *_holding_back(brief),
        *_awareness(brief),
        *_business(brief),
        *([Section("What comes", items=coming)] if (coming := wording.due(brief)) else []),
    )
    return tuple(parts)


def _last_step(brief: Brief) -> Iterator[Section]:
    if step := brief.last_step:
        yield Section("Last time's next step", (f"“{step.text}”", wording.last_step(brief)))


def _focus(brief: Brief) -> Iterator[Section]:
    if brief.focus:
        scores = [point.score for point in brief.points]
        line = f"{sparkline(scores)}  {scores[0]} → {scores[-1]}" if len(scores) > 1 else ""
        yield Section(f"Focus: {brief.focus.title}", (wording.focus(brief), *([line] if line else [])))


def _changes(brief: Brief) -> Iterator[str]:
    """What went up, then what went down; what stayed is left out."""
    told = [one for one in brief.changes if one.told]
    for one in sorted(told, key=lambda one: not one.better):
        if one.now.share != one.before.share:
            shares = f"{wording.share(one.before)} → {wording.share(one.now)}"
            yield f"{one.says}: {shares} ({wording.direction(one)})"


def _holding_back(brief: Brief) -> Iterator[Section]:
    held = brief.holding_back
    if held is None:
        yield Section("What holds back", (wording.holding_back(brief),))
        return
    trust = wording.trust(brief)
    yield Section(
        "The one thing that holds back",
        (f"{held.says}.", wording.holding_back(brief), *([trust] if trust else [])),
        quotes=tuple(Said(one.text, wording.place(one, brief)) for one in held.quotes),
    )
    yield Section("A question to ask", (held.question,))


def _awareness(brief: Brief) -> Iterator[Section]:
    if not brief.focus:
        return
    quotes = tuple(
        Said(one.text, f"{wording.first_name(brief)} after {wording.title_of(one.scenario)}")
        for one in brief.thoughts
    )
    title = f"How {wording.first_name(brief)} judged their own replies"
    yield Section(title, wording.awareness(brief), quotes=quotes)


def _business(brief: Brief) -> Iterator[Section]:
    if brief.business:
        items = tuple(
            f"{one.measure}: {wording.business(one)}" + (f" {wording.early(one)}" if one.too_early else "")
            for one in brief.business
        )
        yield Section("Business figures", (wording.NO_CAUSE,), items)
