"""Whether the buyer's lines can be followed by ear: short, plain, nothing that a voice stumbles on."""

import re
from collections.abc import Iterator

from scenarios.reading import reading
from scenarios.rules import Found
from scenarios.schema import Form, Scenario
from scenarios.structure import Fault, Place

LONGEST_LINE = 60
"""Words a buyer says in one go: some 25 seconds at 150 words a minute, then a rep would cut in."""

LONGEST_SENTENCE = 30
"""Words in one sentence that is to be heard, not read."""

HARDEST = 9.0
"""The highest Flesch-Kincaid grade of what a buyer says: grades 8 and 9, ages 13 to 15, are what plain
English for everybody is written for, and this is heard only once. Talk stays far below: the library's buyers
are at 0 to 3, their hardest line at 5."""

FEWEST_WORDS = 25
"""Words from which a line has a grade of its own; one long word makes a shorter one look hard."""

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|\b[\w-]+\.(?:com|net|org|io|eu|co|de|uk)\b")
_SHORTENED = re.compile(
    r"(?<![\w.])(e\.g\.|i\.e\.|etc\.?|approx\.?|vs\.?|incl\.?|excl\.?|asap|ASAP|FYI|fyi|w/o|w/|p\.a\.|"
    r"min\.|max\.|dept\.|qty|mgmt|yr|yrs|hrs|mths)(?![\w])"
)
_IN_FULL = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc": "and so on",
    "approx": "about",
    "vs": "against",
    "incl": "including",
    "excl": "without",
    "asap": "as soon as possible",
    "fyi": "just so you know",
    "w/o": "without",
    "w/": "with",
    "p.a.": "a year",
}
_RANGE = re.compile(r"\b\d[\d.,:]*\s?[-–—]\s?\d[\d.,:]*")
_SIZE = re.compile(r"\b\d[\d.,]*\s?(?:[kKmM]|bn|kg|km|min|hrs?|pcs|[xX])\b")
_MONEY = re.compile(r"[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?[€£¥]")
_SIGN = re.compile(r"(?<!\s)/(?!\s)|[&+=<>~^|\\_*#%°§@©®™²³½¼¾×÷{}\[\]→←•]|[\U0001F000-\U0001FAFF☀-➿]")
_SIGNS = {
    "&": "and",
    "%": "percent",
    "+": "plus",
    "/": "or",
    "@": "at",
    "=": "is",
    "#": "number",
    "~": "about",
}


def sayable_rules(scenario: Scenario) -> Iterator[Found]:
    """What of the buyer's lines is long, hard to follow or not to be spoken."""
    for name, form in scenario.forms.items():
        for line, at in lines(form, name):
            yield from _length(line, at)
            yield from _spoken(line, at)
        yield from _grades(form, name)


def lines(form: Form, name: str) -> Iterator[tuple[str, Place]]:
    """All that the buyer may say in a form, each with its place."""
    for index, turn in enumerate(form.turns):
        at: Place = ("forms", name, "turns", index)
        yield turn.says, (*at, "says")
        for position, branch in enumerate(turn.next):
            if branch.closing:
                yield branch.closing, (*at, "next", position, "closing")


def grade(form: Form) -> float:
    """The Flesch-Kincaid grade of all that the buyer may say in a form."""
    return reading(" ".join(line for line, _ in lines(form, ""))).grade


def _length(line: str, at: Place) -> Iterator[Found]:
    words = len(line.split())
    if words > LONGEST_LINE:
        yield _warning(at, f"a line of {words} words is long to listen to", f"keep it under {LONGEST_LINE}")
    sentences = line.replace("!", ".").replace("?", ".").split(".")
    longest = max(len(sentence.split()) for sentence in sentences)
    if longest > LONGEST_SENTENCE:
        yield _warning(
            at, f"a sentence of {longest} words is hard to say", "break it where the buyer breathes"
        )


def _grades(form: Form, name: str) -> Iterator[Found]:
    hard = False
    for line, at in lines(form, name):
        read = reading(line)
        if read.words >= FEWEST_WORDS and read.grade > HARDEST:
            hard = True
            what = f"this line is hard to follow by ear (reading grade {read.grade:.1f})"
            yield _warning(at, what, f"shorter sentences and words, to stay under {HARDEST:.0f}")
    if not hard and grade(form) > HARDEST:
        what = f"the buyer of form {name} is hard to follow by ear (reading grade {grade(form):.1f})"
        mend = f"shorter sentences and words, to stay under {HARDEST:.0f}"
        yield _warning(("forms", name, "turns"), what, mend)


def _spoken(line: str, at: Place) -> Iterator[Found]:
    """What a voice reads out wrongly; of what overlaps, the first kind is said."""
    taken: list[range] = []
    for pattern, mend in (
        (_ADDRESS, "say it as people do, or leave it out"),
        (_RANGE, "write 'ten to fifteen'"),
        (_MONEY, "write the sum in words, 'five thousand dollars'"),
        (_SIZE, "write it in words, 'five thousand', 'three times'"),
        (_SHORTENED, ""),
        (_SIGN, ""),
    ):
        for hit in pattern.finditer(line):
            if not any(hit.start() in one for one in taken):
                taken.append(range(hit.start(), hit.end()))
                found = hit.group()
                what = f"a voice can't say {found!r} as people do"
                yield _warning(at, what, mend or _in_words(found))


def _in_words(found: str) -> str:
    words = _IN_FULL.get(found.lower()) or _IN_FULL.get(found.lower().rstrip(".")) or _SIGNS.get(found)
    return f"write {words!r}" if words else "write it in words"


def _warning(place: Place, what: str, mend: str) -> Found:
    return Found("warning", Fault(place, what, mend))
