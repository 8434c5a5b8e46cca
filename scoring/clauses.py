"""A reply cut into clauses, with or without punctuation, and what each clause is as an act of speech."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, get_args

from scoring import wording as w
from scoring.heads import has_verb, question_at
from scoring.speech_acts import acts_of
from scoring.tokens import Token, tokens

Act = Literal[
    "statement", "open", "closed", "invitation", "rhetorical", "tag", "reported", "refused", "answered"
]
ACTS: tuple[Act, ...] = get_args(Act)

LONGEST = 45
"""Words after which a clause ends whatever comes: nobody speaks longer ones, and time stays linear."""

MOST_WORDS = 3000
"""Words of a reply that are judged: five minutes, the longest recording, hold a third of it."""

SHORT_TAG = 3
"""Words up to which a question can be a tag: "were they", "is it not"."""

WORDS_A_SENTENCE = 40
"""A text with fewer words than this to a full stop has its punctuation; without, clauses are guessed."""


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
    """The clauses of a reply in order; together they hold all its words (the first 3000) but hesitations."""
    found, last = tokens(text)
    cut = _cut(_lean(found)[:MOST_WORDS], last)
    typed = [_typed(part, asked, sentence) for part, asked, sentence in cut]
    return _answered(_reported(_declared(typed)))


_RANK = {"": 0, ",": 1, ".": 2, "?": 3}


def _lean(found: Sequence[Token]) -> list[Token]:
    """Without hesitations, softeners and immediate repetitions; their marks go to the word after them."""
    kept: list[Token] = []
    mark = ""
    for token in found:
        mark = max(mark, token.mark, key=_RANK.__getitem__)
        repeated = kept and mark == "" and kept[-1].word == token.word and token.word in w.REPEATED
        if token.word in w.DROPPED or repeated:
            continue
        kept.append(replace(token, mark=mark))
        mark = ""
    return kept


def _cut(found: Sequence[Token], last: str) -> list[tuple[tuple[Token, ...], bool, int]]:
    """Parts with whether a question mark ends their sentence and the number of it."""
    strong = sum(token.mark in (".", "?") for token in found[1:]) + (last in (".", "?"))
    marked = strong * WORDS_A_SENTENCE >= len(found)
    words = [token.word for token in found]
    parts: list[tuple[tuple[Token, ...], bool, int]] = []
    start = sentence = waiting = 0
    for at in range(1, len(found) + 1):
        mark = found[at].mark if at < len(found) else last
        ended = at == len(found) or mark in (".", "?")
        if not ended and at - start < LONGEST and not _begins(words, start, at, mark == ",", marked):
            continue
        parts.append((tuple(found[start:at]), False, sentence))
        start = at
        if ended:
            parts[waiting:] = [(part, mark == "?", number) for part, _, number in parts[waiting:]]
            sentence, waiting = sentence + 1, len(parts)
    return parts


def _begins(words: list[str], start: int, at: int, comma: bool, marked: bool) -> bool:
    """Whether a new clause begins at `at` inside one that began at `start`."""
    joined = words[at - 1] in w.JOINERS
    if marked and not comma and not joined and words[at] not in w.JOINERS:
        return False
    if joined and not comma:
        return False
    first = at + (words[at] in w.JOINERS)
    if first < len(words) and question_at(words, start, first, fresh=comma or first > at):
        return not _leads_in(words, start, at)
    if words[at] == "or":
        return False
    return _statement_at(words, start, at, comma)


def _leads_in(words: list[str], start: int, at: int) -> bool:
    """Whether what stands before a question only leads into it ("if ...", "on your side", "and")."""
    lead = start
    while lead < at and words[lead] in w.DISCOURSE:
        lead += 1
    if lead == at or at - lead < 2:
        return True
    return words[lead] in w.LEADS and not any(
        question_at(words, start, one, fresh=one == lead) for one in range(lead, at)
    )


def _statement_at(words: list[str], start: int, at: int, comma: bool) -> bool:
    """Whether a statement begins at `at`: a subject and its verb after something that is whole."""
    word, before = words[at], words[at - 1]
    after = words[at + 1] if at + 1 < len(words) else ""
    if (
        comma
        and not _contrast(words, start, at)
        and (word in w.JOINERS or word in w.PRONOUNS or word in w.OPENERS)
    ):
        return True
    bound = before in w.BINDING or before in w.AUX or before in w.WH
    if at - start < 3 or bound or _contrast(words, start, at):
        return False
    if word in ("but", "because", "however"):
        return True
    if word in ("so", "and"):
        return after in w.PRONOUNS | w.WH | w.AUX | w.OPENERS
    if _asking(words, start, at):
        return after in w.AFTER_A_QUESTION.get(word, ())
    if after in w.OPENING.get(word, ()):
        return has_verb(words, start, at)
    pronoun = word in w.PRONOUNS and before not in w.PRONOUNS
    return pronoun and after in w.FINITE and has_verb(words, start, at)


def _contrast(words: list[str], start: int, at: int) -> bool:
    """Whether two halves belong together: "it is not the price, it is the training"."""
    after = words[at + 1 : at + 2]
    return (
        words[at] in ("it", "you", "that", "they", "this")
        and bool(after)
        and after[0] in w.CLITICS | w.BE
        and "not" in words[max(start, at - 10) : at]
        and words[start] not in ("i", "we")
    )


def _asking(words: list[str], start: int, at: int) -> bool:
    """Whether the clause so far is a question: what follows a noun in it hangs on that noun."""
    lead = start
    while lead < at - 1 and words[lead] in w.DISCOURSE:
        lead += 1
    return any(question_at(words, start, one, fresh=one <= lead) for one in range(start, min(at, start + 12)))


def _typed(part: tuple[Token, ...], asked: bool, sentence: int) -> Clause:
    words = [token.word for token in part]
    head = _head(words, part)
    act = _act(words, head)
    return Clause(tokens=part, act=act, head=head or 0, sentence=sentence, asked=asked)


def _head(words: list[str], part: tuple[Token, ...]) -> int | None:
    lead = 0
    while lead < len(words) - 1 and words[lead] in w.DISCOURSE:
        lead += 1
    for at in range(len(words)):
        fresh = at <= lead or part[at].mark == "," or words[at - 1] in w.JOINERS
        if question_at(words, 0, at, fresh=fresh):
            return at
    return None


def _act(words: list[str], head: int | None) -> Act:
    hits = acts_of(words)
    whole = len(words)
    if "refused" in hits:
        return "refused"
    if "reported" in hits and (head is not None or "wh" in hits) and hits["reported"] <= (head or whole):
        return "reported"
    if "rhetorical" in hits:
        return "rhetorical"
    if "tag" in hits and (head is None or whole <= SHORT_TAG):
        return "tag"
    if hits.get("leave", -1) == head:
        return "statement"
    if "invitation" in hits:
        return "invitation"
    if head is None:
        return "closed" if "ask" in hits else "statement"
    opened = words[head] in ("what", "how", "why") and hits.get("short", -1) < head
    return "open" if opened or hits.get("open", -1) >= head else "closed"


def _declared(typed: Sequence[Clause]) -> list[Clause]:
    """A sentence that a question mark ends and in which nothing else asks is a closed question."""
    made: list[Clause] = []
    for _, group in groupby(typed, key=lambda clause: clause.sentence):
        sentence = list(group)
        asks = any(clause.act not in ("statement",) for clause in sentence)
        if sentence[0].asked and not asks:
            sentence = [replace(clause, act="closed") for clause in sentence]
        made += sentence
    return made


def _reported(typed: Sequence[Clause]) -> list[Clause]:
    """A question right after "he asked me" is his."""
    made: list[Clause] = []
    for clause in typed:
        before = made[-1] if made else None
        his = before is not None and before.sentence == clause.sentence and "says" in acts_of(before.words)
        made.append(replace(clause, act="reported") if his and clause.live else clause)
    return made


def _answered(typed: Sequence[Clause]) -> tuple[Clause, ...]:
    """Marks questions that the clause after them answers."""
    made = list(typed)
    for at, clause in enumerate(typed[:-1]):
        after = typed[at + 1]
        if clause.act in ("open", "closed") and not after.live and w.is_answer(clause.words, after.words):
            made[at] = replace(clause, act="answered")
    return tuple(made)
