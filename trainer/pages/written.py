"""The brief as text for a terminal and as Markdown."""

import re
import textwrap
from collections.abc import Iterator

from trainer.coaching.brief import Brief
from trainer.pages.outline import heading, outline
from trainer.pages.wording import about

WIDTH = 80


def plain(brief: Brief, *, width: int = WIDTH) -> str:
    """For a terminal of that width."""
    return "\n".join(_plain(brief, width)) + "\n"


def _plain(brief: Brief, width: int) -> Iterator[str]:
    yield heading(brief)
    yield "=" * len(heading(brief))
    for section in outline(brief):
        yield ""
        yield section.title.upper()
        for sentence in section.says:
            yield textwrap.fill(sentence, width)
        for item in section.items:
            yield textwrap.fill(item, width, initial_indent="- ", subsequent_indent="  ")
        for quote in section.quotes:
            yield textwrap.fill(f"“{quote.text}”", width, initial_indent="  ", subsequent_indent="  ")
            yield textwrap.fill(quote.place, width, initial_indent="    ", subsequent_indent="    ")
    yield ""
    yield textwrap.fill(about(brief), width)


def markdown(brief: Brief) -> str:
    """As CommonMark; nothing that somebody said or named becomes a mark of its own."""
    return "\n".join(_markdown(brief)) + "\n"


def _markdown(brief: Brief) -> Iterator[str]:
    yield f"# {_escaped(heading(brief))}"
    for section in outline(brief):
        yield f"\n## {_escaped(section.title)}\n"
        yield "\n\n".join(_escaped(sentence) for sentence in section.says)
        if section.items:
            yield "\n" + "\n".join(f"- {_escaped(item)}" for item in section.items)
        for quote in section.quotes:
            yield f"\n> “{_escaped(quote.text)}”\n>\n> {_escaped(quote.place)}"
    yield f"\n---\n\n{_escaped(about(brief))}"


def _escaped(text: str) -> str:
    """One line in which CommonMark's own signs stand for themselves."""
    text = re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d+)([.)])|^([-+=])", _at_the_start, text)


def _at_the_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"
