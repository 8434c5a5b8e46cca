"""A reply cut into clauses, with or without punctuation, and what each clause is as an act of speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scoring import wording as w
from scoring.speech_acts import acts_of
from scoring.tokens import Token, tokens

Act = Literal[
    "statement", "open", "closed", "invitation", "rhetorical", "tag", "reported", "refused", "answered"
]

LONGEST = 45
"""Words after which a clause ends whatever comes: nobody speaks longer ones, and time stays linear."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of one act of speech. `head` is where the question itself begins (0 for what is none).

    `sentence` counts the sentences as the marks show them; `asked` tells that a question mark ended it.
    """

    tokens: tuple[Token, ...]
    act: Act
    head: int
    sentence: int
    asked: bool

    @property
    def words(self) -> tuple[str, ...]:
        """Its words in plain form."""
        return tuple(token.word for token in self.tokens)

    @property
    def live(self) -> bool:
        """Whether it is a real question or an invitation, put to the prospect."""
        return self.act in ("open", "closed", "invitation")


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a reply in order; together they hold every word but hesitations and softeners."""
    found, last = tokens(text)
    lean = _lean(found)
    cut = _cut(lean, last)
    typed = [_typed(part, asked, sentence) for part, asked, sentence in cut]
    return _answered(tuple(typed))


def _lean(found: Sequence[Token]) -> list[Token]:
    """Without hesitations, softeners and immediate repetitions; their marks go to the word after them."""
    kept: list[Token] = []
    mark = ""
    for token in found:
        mark = max(mark, token.mark, key=_RANK.__getitem__)
        repeated = kept and mark == "" and kept[-1].word == token.word and token.word in w.REPEATED
        if token.word in w.DROPPED or repeated:
            continue
        kept.append(Token(token.word, token.start, token.end, mark))
        mark = ""
    return kept


_RANK = {"": 0, ",": 1, ".": 2, "?": 3}


def _cut(found: Sequence[Token], last: str) -> list[tuple[tuple[Token, ...], bool, int]]:
    """Parts with whether a question mark ends them and the number of their sentence."""
    parts: list[tuple[tuple[Token, ...], bool, int]] = []
    words = [token.word for token in found]
    start = sentence = 0
    for at in range(1, len(found) + 1):
        mark = found[at].mark if at < len(found) else last
        strong = at == len(found) or mark in (".", "?")
        if not strong and at - start < LONGEST and not _begins(words, start, at, mark == ","):
            continue
        parts.append((tuple(found[start:at]), mark == "?", sentence))
        sentence += strong
        start = at
    return parts


def _begins(words: list[str], start: int, at: int, comma: bool) -> bool:
    """Whether a new clause begins at `at` inside one that began at `start`."""
    if question_at(words, start, at, comma):
        return not _leads_in(words, start, at)
    return _statement_at(words, start, at, comma)


def _leads_in(words: list[str], start: int, at: int) -> bool:
    """Whether what stands before a question only leads into it ("if ...", "on your side", "and")."""
    lead = _after_fillers(words, start, at)
    return at == lead or words[lead] in w.LEADS or at - lead < 2


def _after_fillers(words: list[str], start: int, end: int) -> int:
    at = start
    while at < end and words[at] in w.DISCOURSE:
        at += 1
    return at


def question_at(words: list[str], start: int, at: int, comma: bool) -> bool:
    """Whether a question begins at `at`: a question word with its verb, or verb before subject."""
    fresh = at == start or comma or _after_fillers(words, start, at) == at
    before = words[at - 1] if at > start else ""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    later = words[at + 2] if at + 2 < len(words) else ""
    if word in w.WH:
        return _wh_question(words, at, fresh=fresh, before=before)
    if word in w.AUX and after == "not" and later in w.SUBJECTS:
        return fresh or before not in w.PRONOUNS
    if word not in w.AUX or after not in w.SUBJECTS:
        return False
    if fresh:
        return not (word in ("have", "had", "do", "should", "were") and after not in w.PRONOUNS)
    return _inverted(words, start, at, before, after, later)


def _inverted(words: list[str], start: int, at: int, before: str, after: str, later: str) -> bool:  # noqa: PLR0913
    word = words[at]
    if before in w.PRONOUNS | w.WH | w.AUX | {"not", "to", "so", "nor", "neither", "than", "as", "thing"}:
        return False
    if at - 2 >= start and words[at - 2] in w.WH:
        return False
    if after not in w.PRONOUNS:
        return False
    if word in w.BE:
        clear = not (after == "that" and later in w.PRONOUNS | {"the", "your", "our", "people"})
        return clear and later not in ("'s", "is", "are") and has_verb(words, start, at)
    return not (
        word in ("do", "have", "has", "can", "will") and after in ("that", "this", "it") and word != "does"
    )


def _wh_question(words: list[str], at: int, *, fresh: bool, before: str) -> bool:
    word = words[at]
    rest = words[at + 1 : at + 7]
    if before in w.EMBEDDING and not fresh:
        return False
    verb = next((n for n, one in enumerate(rest) if one in w.AUX or one in w.CLITICS), None)
    if word in ("when", "where", "which") or (word == "who" and not fresh):
        if word == "who" and rest[:1] and rest[0] in ("else", "besides"):
            return True
        if verb is None or (word == "who" and before not in w.SIDES and verb != 0):
            return word == "which" and fresh and verb is not None
        if word in ("when", "where"):
            return verb == 0 and len(rest) > 1 and rest[1] in w.SUBJECTS | {"the"} or (fresh and verb == 0)
        return rest[0] not in ("is", "means", "was") or (fresh and rest[0] == "is")
    if word == "who":
        return True if fresh else before in w.SIDES
    if word in ("how", "what") and rest and rest[0] in w.PRONOUNS and not (verb == 0):
        return False
    if verb is not None and verb <= 4:
        return True
    return fresh and bool(rest) and rest[0] not in w.PRONOUNS


def has_verb(words: list[str], start: int, end: int) -> bool:
    """Whether there is probably a verb between the two."""
    return any(
        word in w.AUX or word in w.CLITICS or word in w.VERBS or word.endswith(("ed", "s")) and n > 0
        for n, word in enumerate(words[start:end])
    )


def _statement_at(words: list[str], start: int, at: int, comma: bool) -> bool:
    """Whether a statement begins at `at`: a subject and its verb after something that is whole."""
    word, before = words[at], words[at - 1]
    after = words[at + 1] if at + 1 < len(words) else ""
    if comma and (word in w.JOINERS or word in w.PRONOUNS or word in w.OPENERS):
        return True
    if at - start < 2:
        return False
    if word in ("but", "because", "however", "anyway") or (
        word in ("so", "and") and after in w.PRONOUNS | w.WH | w.AUX | w.OPENERS
    ):
        return True
    if word in w.OPENERS and (after in w.OPENING.get(word, ())):
        return before not in w.BINDING and before not in w.AUX and before not in w.WH
    if word in w.PRONOUNS and after in w.FINITE:
        return (
            before not in w.BINDING
            and before not in w.AUX
            and before not in w.WH
            and before not in w.PRONOUNS
            and has_verb(words, start, at)
        )
    return False


def _typed(part: tuple[Token, ...], asked: bool, sentence: int) -> Clause:
    words = [token.word for token in part]
    act, head = _act(words, part, asked)
    return Clause(tokens=part, act=act, head=head, sentence=sentence, asked=asked)


def _act(words: list[str], part: tuple[Token, ...], asked: bool) -> tuple[Act, int]:
    hits = acts_of(words)
    head = next(
        (at for at in range(len(words)) if question_at(words, 0, at, part[at].mark == "," or at == 0)), None
    )
    for act in ("refused", "reported", "rhetorical", "tag"):
        if act in hits and (act != "tag" or head is None or hits["tag"] <= head):
            return act, head or 0  # type: ignore[return-value]
    if "invitation" in hits:
        return "invitation", hits["invitation"]
    if "ask" in hits:
        return "closed", hits["ask"]
    if head is None:
        return ("closed", 0) if asked else ("statement", 0)
    if "open" in hits and "short" not in hits:
        return "open", head
    return "closed", head


def _answered(typed: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Marks questions that the clause after them answers."""
    made = []
    for at, clause in enumerate(typed):
        after = typed[at + 1] if at + 1 < len(typed) else None
        answered = (
            clause.live and after is not None and not after.live and w.is_answer(clause.words, after.words)
        )
        made.append(
            Clause(clause.tokens, "answered", clause.head, clause.sentence, clause.asked)
            if answered
            else clause
        )
    return tuple(made)
