"""Where a question begins: a question word with its verb, or a verb before its subject."""

from itertools import pairwise

from scoring import wording as w


def question_at(words: list[str], start: int, at: int, *, fresh: bool) -> bool:
    """Whether a question begins at `at` in a clause that began at `start`.

    `fresh` tells that something ended just before (a mark, a joining word, nothing but "so" and "well").
    """
    before = words[at - 1] if at > start else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    later = words[at + 2] if at + 2 < len(words) else ""
    if words[at] in w.WH:
        return _asks(words, at, before, fresh=fresh, led=words[start] in w.LEADS)
    if words[at] not in w.AUX:
        return False
    if after == "not" and later in w.SUBJECTS:
        return fresh or (later != "i" and before not in w.PRONOUNS | w.WH)
    if after in w.TIMES and words[at] in ("would", "does", "will", "is"):
        return True
    if after not in w.SUBJECTS:
        return fresh and after not in w.BARE_VERBS and _named_subject(words, at)
    if fresh:
        return not (words[at] in ("have", "had", "do", "should", "were") and after not in w.PRONOUNS)
    return _inverted(words, start, at, before, after, later)


def _named_subject(words: list[str], at: int) -> bool:
    """ "does Tuesday work", "is price the problem", "would thursday at noon be better"."""
    return (
        words[at] in ("does", "did", "would", "will", "is", "are", "was", "could", "can")
        and len(words) - at >= 3
    )


def _inverted(words: list[str], start: int, at: int, before: str, after: str, later: str) -> bool:
    word = words[at]
    if before in w.PRONOUNS or before in w.WH or before in w.AUX or before in w.NO_SUBJECT_BEFORE:
        return False
    if after not in w.PRONOUNS and not (after == "your" and word in ("does", "did")):
        return False
    if at - 2 >= start and words[at - 2] in w.WH:
        return False
    if word in w.BE:
        if any(one in w.WH and two in w.PRONOUNS for one, two in pairwise(words[start:at])):
            return False
        clause_follows = after == "that" and later in w.PRONOUNS | {"the", "your", "our", "people"}
        return not clause_follows and later not in ("'s", "is", "are", "got") and has_verb(words, start, at)
    if word in ("do", "have", "has", "can", "will") and after in ("that", "this", "it"):
        return word == "has"
    return True


def _asks(words: list[str], at: int, before: str, *, fresh: bool, led: bool) -> bool:  # noqa: PLR0911
    word = words[at]
    rest = words[at + 1 : at + 8]
    if not rest:
        return fresh and at == 0
    if before in w.EMBEDDING and not fresh:
        return before in w.BEFORE_WH and _turned(rest)
    verb = next((n for n, one in enumerate(rest) if one in w.AUX or one in w.CLITICS), None)
    if word in ("when", "where"):
        return verb == 0 and len(rest) > 1 and (rest[1] in w.SUBJECTS or fresh)
    if word == "who":
        return _who(rest, before, fresh=fresh, led=led)
    if word == "which":
        return (
            rest[0] not in ("means", "was") and (rest[0] not in ("is", "are") or fresh) and verb is not None
        )
    if word in ("whose", "whom"):
        return fresh
    if rest[0] in w.PRONOUNS and verb != 0:
        return False
    if verb is not None and verb <= 5 and not (verb > 0 and rest[verb - 1] in w.PRONOUNS):
        return True
    return fresh and rest[0] not in w.PRONOUNS and rest[0] not in w.NO_VERB_AFTER_WH


def _turned(rest: list[str]) -> bool:
    """Whether a verb stands before its subject soon after the question word ("which month can you")."""
    pairs = list(pairwise(rest[:5]))
    verb = next((n for n, (one, two) in enumerate(pairs) if one in w.AUX and two in w.SUBJECTS), None)
    return verb is not None and not any(one in w.PRONOUNS for one in rest[:verb])


def _who(rest: list[str], before: str, *, fresh: bool, led: bool) -> bool:
    if fresh or rest[0] in ("else", "besides"):
        return True
    return (before in w.SIDES or led) and (rest[0] in w.AUX or rest[0] in w.CLITICS or rest[0].endswith("s"))


def has_verb(words: list[str], start: int, end: int) -> bool:
    """Whether there is probably a verb between the two."""
    return any(
        word in w.AUX or word in w.CLITICS or word in w.VERBS or (n > 0 and word.endswith(("ed", "s")))
        for n, word in enumerate(words[start:end])
    )
