"""A playbook in Markdown: headings, lists, quotations and tables, as people write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from trainer.library.playbook import (
    Item,
    Part,
    Play,
    Playbook,
    is_quoted,
    labelled,
    part_of,
    plain,
    unquoted,
    without_number,
)
from trainer.library.playbook_rows import add_rows

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of text: a heading with its level, a list's item with its depth, a paragraph, a table."""

    kind: Literal["heading", "item", "text", "quote", "table"]
    level: int
    line: int
    text: str
    rows: tuple[tuple[Item, ...], ...] = ()


def read_markdown(text: str) -> Playbook:
    """The plays of a Markdown text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only playbooks need it

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    reader = _Reader()
    for block in _blocks(tokens):
        reader.take(block)
    return reader.done()


def _blocks(tokens: "Sequence[Token]") -> Iterator[_Block]:
    depth, quoted, heading, at = 0, 0, 0, 0
    while at < len(tokens):
        token = tokens[at]
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "blockquote_open":
                quoted += 1
            case "blockquote_close":
                quoted -= 1
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = 0
            case "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                yield _Block("table", 0, _line(token), "", tuple(_rows(tokens[at:end])))
                at = end
            case "inline":
                kind = "heading" if heading else "quote" if quoted else "item" if depth else "text"
                yield from _lines_of(token, kind, heading or depth)  # type: ignore[arg-type]
            case "fence" | "code_block":
                yield _Block("text", 0, _line(token), plain(token.content))
        at += 1


def _lines_of(
    token: "Token", kind: Literal["heading", "item", "text", "quote"], level: int
) -> Iterator[_Block]:
    """A paragraph, taken apart before each of its lines that begins with a label or is a quotation."""
    parts: list[tuple[int, list[str]]] = []
    for number, text in enumerate(_text_of(token).split("\n")):
        line = plain(text)
        if parts and not (labelled(line) or is_quoted(line)):
            parts[-1][1].append(line)
        else:
            parts.append((number, [line]))
    for number, lines in parts:
        yield _Block(kind, level, _line(token) + number, " ".join(lines).strip())


def _rows(tokens: "Sequence[Token]") -> Iterator[tuple[Item, ...]]:
    row: list[Item] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(Item(_line(token), plain(_text_of(token))))
        elif token.type == "tr_close":
            yield tuple(row)


def _text_of(token: "Token") -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _line(token: "Token") -> int:
    return token.map[0] + 1 if token.map else 1


class _Reader:
    """Goes through the blocks, and knows in which play and which part of it they are."""

    def __init__(self) -> None:
        self.book = Playbook()
        self.play: Play | None = None
        self.part: Part | None = None
        self.title: Item | None = None
        self.level = 0
        self.apart = False
        """Whether each quotation, or each item of this list, is a play of its own."""

    def done(self) -> Playbook:
        """All of it; a play in which nothing is said is a heading without a place."""
        self._leave_title()
        for play in [one for one in self.book.plays if not any(one.parts.values())]:
            self.book.plays.remove(play)
            self.book.leave(Item(play.line, play.title), "a heading with nothing under it")
        return self.book

    def take(self, block: _Block) -> None:
        """One more block."""
        if block.kind == "heading":
            self._heading(block)
        elif block.kind == "table":
            self._leave_title()
            for item in add_rows(self.book, block.rows):
                self.book.leave(item, "a table with no column for what the buyer says")
        elif block.text:
            self._text(block)

    def _heading(self, block: _Block) -> None:
        text = without_number(block.text)
        part, rest = labelled(text) or (part_of(text), "")
        if part is not None and not rest and (self.play or self.title or part in ("names", "objection")):
            if part == "objection" and self.play and block.level <= self.level:
                self.play = None  # a chapter of objections, and no part of the play before
            self.apart = part == "objection" and not (self.play or (self.title and self.level > 1))
            if self.title and part != "names" and not self.apart:
                self._begin(self.title, self.level)
            self.part = part
            return
        self._leave_title()
        self.play, self.part, self.apart = None, None, False
        item = Item(block.line, rest if part == "objection" and rest else text)
        if part == "objection" or is_quoted(text):
            self._begin(item, block.level)
            if self.play:
                self.play.add("objection", Item(item.line, unquoted(item.text)))
        else:
            self.title, self.level = item, block.level

    def _begin(self, title: Item, level: int) -> None:
        self.play = Play(unquoted(title.text), title.line)
        self.book.plays.append(self.play)
        self.title, self.level, self.part = None, level, None

    def _leave_title(self) -> None:
        """A heading whose play never began is a chapter's: nothing is lost with it."""
        self.title = None

    def _text(self, block: _Block) -> None:
        found = labelled(block.text)
        item = Item(block.line, unquoted(found[1] if found else block.text))
        if found:
            part: Part | None = found[0]
            if block.kind == "text" or not item.text:
                self.part = part
        elif self._opens(block):
            self._begin(item, 9)
            part, self.apart = "objection", True
        else:
            part = self.part or self._guess(block)
        self._place(part, item, block)

    def _opens(self, block: _Block) -> bool:
        """Whether this begins a play without a heading: an item of a list of objections, or a quotation where
        no heading but the whole file's says what it belongs to.
        """
        if self.apart and self.part == "objection":
            return block.kind != "item" or block.level == 1
        alone = self.play is None and (self.title is None or self.level == 1)
        return self.part is None and (alone or self.apart) and is_quoted(block.text) and block.kind != "quote"

    def _guess(self, block: _Block) -> Part | None:
        """Under a play's own heading, what is in quotation marks is what the buyer says."""
        known = self.play is not None and self.play.of("objection")
        headed = self.play is not None or (self.title is not None and self.level > 1)
        said = is_quoted(block.text) or block.kind == "quote"
        return "objection" if headed and said and not known else None

    def _place(self, part: Part | None, item: Item, block: _Block) -> None:
        if part == "names":
            if item.text:
                self.book.names.append(item)
            return
        if part is None:
            self.book.leave(Item(block.line, block.text), "no heading says what it is")
            return
        if self.play is None:
            if self.title is None and part != "objection":
                self.book.leave(Item(block.line, block.text), "no objection or heading before it")
                return
            was = self.part
            self._begin(self.title or item, self.level or 9)
            self.part = was
        if item.text and self.play:
            self.play.add(part, item)
