"""Questions in the terminal, each of which may have been answered by an option already."""

import sys
from collections.abc import Mapping
from typing import Any

import typer

LEAST, MOST = 2, 120
"""Characters of a short text in a scenario's file."""


class Asking:
    """Answers that were given as options, else from the terminal, else (`silent`) what is suggested."""

    def __init__(self, where: str, *, silent: bool) -> None:
        """BadInputError where there is nobody to ask; `where` names the command in it."""
        self.silent = silent
        if not silent and not sys.stdin.isatty():
            from trainer.errors import BadInputError

            raise BadInputError(
                f"{where}: this is no terminal to ask in; give what you want as options, and --yes."
            )

    def text(self, question: str, suggestion: str, given: str | None, *, most: int = MOST) -> str:
        """One line of text of at most so many characters; asked again until it is one."""
        from trainer.commands.output import note
        from trainer.errors import BadInputError

        while True:
            answer = given
            if answer is None:
                answer = suggestion if self.silent else typer.prompt(question, default=suggestion, err=True)
            answer = " ".join(answer.split())
            if LEAST <= len(answer) <= most:
                return answer
            wrong = "short" if len(answer) < LEAST else "long"
            trouble = f"{answer[:40]!r} is too {wrong}; write {LEAST} to {most} characters."
            if given is not None:
                raise BadInputError(trouble)
            note(trouble)

    def one_of(self, question: str, choices: Mapping[str, str], given: str | None, option: str) -> Any:
        """One of the choices, by its word or its number; the first is suggested."""
        from trainer.commands.output import note
        from trainer.errors import BadInputError

        words = list(choices)
        if given is not None:
            if given not in words:
                raise BadInputError(f"{option} {given}: choose one of {', '.join(words)}.")
            return given
        if self.silent:
            return words[0]
        note(question)
        for number, (word, about) in enumerate(choices.items(), 1):
            note(f"  {number}  {word:<{max(map(len, words))}}  {about}".rstrip())
        while True:
            answer = typer.prompt("Number or word", default=words[0], err=True).strip().lower()
            if answer in words:
                return answer
            if answer.isdecimal() and 0 < int(answer) <= len(words):
                return words[int(answer) - 1]
            note(f"There is no {answer!r} in the list.")
