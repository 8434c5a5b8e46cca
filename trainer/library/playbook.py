"""What a playbook holds, whatever it was written in: plays, each with its parts, and what has no place."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["objection", "good", "proof", "phrases", "avoid", "persona", "situation", "names"]

_WORDS: tuple[tuple[Part, str], ...] = (
    (
        "avoid",
        r"avoid|don'?ts?|do not|never( say| do)?|what not to( say| do)?|pitfalls?|(common )?mistakes?|traps?"
        r"|bad (answers?|examples?|repl(y|ies))|what (does )?bad looks? like",
    ),
    (
        "objection",
        r"((the|their|common|typical|customer|buyer|prospect) )*"
        r"(objections?|concerns?|push-?backs?|worr(y|ies))( handling)?"
        r"|(what )?((the )?(buyers?|customers?|prospects?)|they|you|we)"
        r"( might| may| will| typically| usually)? (says?|hear|object|asks?)"
        r"|trigger( phrase)?s?|heard as|(if|when) they say|other wordings?",
    ),
    (
        "proof",
        r"proof( ?points?)?|evidence|facts?( and figures)?|figures|numbers|data( points?)?|roi|results?"
        r"|case stud(y|ies)|(customer )?(stories|story|references?)|success stor(y|ies)",
    ),
    (
        "phrases",
        r"((useful|key|sample|suggested|good|recommended) )*"
        r"(phrases?|phrasing|wordings?|scripts?|lines?|answers?|repl(y|ies)|talk ?tracks?|language)"
        r"|(what )?(to|you|we|reps?) say|say( this| it like this)?|try( saying)?|sounds like"
        r"|in (your|our) words|model answers?|example answers?|exemplars?",
    ),
    (
        "good",
        r"what (does )?good looks? like|good looks like|good|do'?s?"
        r"|how (to|we|you) (respond|handle|answer|react)( to it)?"
        r"|((our|the|best|recommended) )*"
        r"(responses?|approach|handling|strategy|practices?|steps|tactics?|moves)"
        r"|what to do|a good (answer|reply|rep)( does)?|goals?|criteria|checklist|coaching points?",
    ),
    (
        "persona",
        r"personas?|buyers?|who( says it| it is| you talk to)?|audience|roles?|stakeholders?|contacts?",
    ),
    (
        "situation",
        r"situation|context|background|setting|when( it comes| you hear (it|this))?|stage|scenario",
    ),
    (
        "names",
        r"((product|competitor|brand) )?names?|products?|competitors?|competition|glossary|vocabulary"
        r"|terms|hot ?words|key ?words|jargon|abbreviations?|acronyms",
    ),
)
"""How people call the parts. What to avoid comes before what to do: "do" begins both."""

_PARTS = tuple((part, re.compile(rf"(?:{words})", re.IGNORECASE)) for part, words in _WORDS)
_QUOTED = re.compile(r"[\"“”„«»'‘’]")
_NUMBER = re.compile(r"^\s*(?:[#*\-–•]+\s*|\(?\d{1,3}[.):]+\s*)*")

_UNSAID = {"Cc", "Cf", "Cn", "Co", "Cs", "So"}
"""Kinds of characters that nobody says: those that can't be seen, and pictures."""

LONGEST_LABEL = 48
"""Letters of a heading that still says what follows; a longer one is a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a playbook says, and the line it stands on."""

    line: int
    text: str


@dataclass(slots=True)
class Play:
    """One objection or topic with all that the playbook says of it."""

    title: str
    line: int
    parts: dict[Part, list[Item]] = field(default_factory=dict)

    def add(self, part: Part, item: Item) -> None:
        """One more thing of that kind, once."""
        known = self.parts.setdefault(part, [])
        if _key(item.text) not in (_key(one.text) for one in known):
            known.append(item)

    def of(self, part: Part) -> list[Item]:
        """All things of that kind, in the order of the file."""
        return self.parts.get(part, [])


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that found no place, and why."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 70 else self.text[:67] + "..."
        return f"line {self.line}: “{text}”: {self.why}"


@dataclass(slots=True)
class Playbook:
    """All of a file: `names` belong to every play."""

    plays: list[Play] = field(default_factory=list)
    names: list[Item] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def leave(self, item: Item, why: str) -> None:
        """Notes what has no place."""
        if item.text:
            self.unplaced.append(Unplaced(item.line, item.text, why))


def part_of(heading: str) -> Part | None:
    """Which part of a play a heading or a column announces, None for any other text."""
    if len(heading) > 3 * LONGEST_LABEL:
        return None
    text = plain(_NUMBER.sub("", heading)).strip(" :?!.*_-–—")
    text = re.sub(r"\s*\(.*\)$", "", text)
    if not text or len(text) > LONGEST_LABEL:
        return None
    for one in (text, re.split(r" and | & |, | / |/", text, maxsplit=1)[0]):
        for part, words in _PARTS:
            if words.fullmatch(one):
                return part
    return None


def labelled(text: str) -> tuple[Part, str] | None:
    """A text that begins with a label taken apart: "Proof: fewer stops" is ("proof", "fewer stops")."""
    for sign in (":", " – ", " - "):
        label, found, rest = text.partition(sign)
        if found and (part := part_of(label)):
            return part, rest.strip()
    return None


def _key(text: str) -> str:
    return text.lower().strip(" .!?…")


def plain(text: str) -> str:
    """Without what can't be seen or said: one line, single blanks, no signs that draw."""
    kept = (" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    seen = (letter for letter in kept if unicodedata.category(letter) not in _UNSAID)
    return " ".join("".join(seen).split())


def unquoted(text: str) -> str:
    """A quotation without its signs."""
    return text.strip().strip("\"“”„«»‘’'").strip()


def is_quoted(text: str) -> bool:
    """Whether a text is what somebody says."""
    return bool(_QUOTED.match(text.strip())) and len(text.strip()) > 3


def without_number(text: str) -> str:
    """Without "3." or "-" before it."""
    return _NUMBER.sub("", text, count=1).strip()
