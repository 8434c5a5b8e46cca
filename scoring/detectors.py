"""One detector a move: patterns in clauses of the right act of speech, and what must or mustn't go along."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from scoring.clauses import ACTS, Act, Clause
from scoring.language import data, language
from scoring.matching import Hit, Patterns
from scoring.rubric import MoveId

OPENING = 4
"""Clauses from the reply's beginning in which a paraphrase is one: further on it is the rep's own talk."""

MOVES: tuple[MoveId, ...] = get_args(MoveId)

_ACTS: dict[str, frozenset[Act]] = {
    "statement": frozenset({"statement"}),
    "open": frozenset({"open", "invitation"}),
    "closed": frozenset({"closed"}),
    "live": frozenset({"open", "closed", "invitation"}),
    "said": frozenset({"statement", "open", "closed", "invitation", "rhetorical", "tag", "answered"}),
    "performed": frozenset({"statement", "open", "closed", "invitation", "tag"}),
    "any": frozenset(get_args(Act)),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to make a move: `say` holds in a clause of these acts, `along` holds in scope, `veto` does not.

    It must hold `least` times in the scope. An `opening` rule holds before the first question only, a `firm`
    one even beside a move that its own yields to.
    The numbers are groups of the pattern index; None where the rule has no such part.
    """

    acts: frozenset[Act]
    say: int | None
    along: tuple[int, ...]
    near: bool
    least: int
    firm: bool
    opening: bool
    veto: int | None
    veto_after: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A move that was made: the clause's number and the place of the words that show it."""

    clause: int
    hit: Hit
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Detectors:
    """All moves' rules over one index of patterns."""

    patterns: Patterns
    rules: dict[str, tuple[Rule, ...]]
    yields: dict[str, tuple[str, ...]]
    wanted: dict[Act, frozenset[int]]
    gates: dict[str, Rule]
    looked_for: dict[Act, frozenset[int]]

    def find(self, clauses: Sequence[Clause]) -> dict[str, tuple[Found, ...]]:
        """Where each move is made, in the order of the reply; a move that is not made has none."""
        return self._found(clauses, self._held(clauses, self.wanted))

    def evidence(
        self, clauses: Sequence[Clause]
    ) -> tuple[dict[str, tuple[Found, ...]], dict[str, tuple[int, ...]]]:
        """What `find` gives, and the clauses in which a move could be made though no rule holds.

        Its act is one that can make it and no veto holds; only for the moves that have "alike" in their file.
        """
        held = self._held(clauses, self.looked_for)
        found = self._found(clauses, held)
        return found, {move: tuple(self._open(move, clauses, held, found)) for move in self.gates}

    def _held(self, clauses: Sequence[Clause], wanted: Mapping[Act, frozenset[int]]) -> "Held":
        return [self.patterns.find(clause.words, wanted[clause.act]) for clause in clauses]

    def _found(self, clauses: Sequence[Clause], held: "Held") -> dict[str, tuple[Found, ...]]:
        found = {move: _all(rules, clauses, held) for move, rules in self.rules.items()}
        return {move: tuple(self._kept(move, places, found)) for move, places in found.items()}

    def _open(
        self, move: str, clauses: Sequence[Clause], held: "Held", found: Mapping[str, Sequence[Found]]
    ) -> Iterator[int]:
        gate, taken = self.gates[move], self._taken(move, found)
        for at, clause in enumerate(clauses):
            if clause.act in gate.acts and at not in taken and _holds(gate, clauses, held, at) is not None:
                yield at

    def _taken(self, move: str, found: Mapping[str, Sequence[Found]]) -> set[int]:
        """The clauses that make a move which this one yields to."""
        return {place.clause for other in self.yields.get(move, ()) for place in found[other]}

    def _kept(self, move: str, places: Sequence[Found], found: dict[str, list[Found]]) -> list[Found]:
        """Without those in clauses that make a move which this one yields to: one question, one topic."""
        taken = self._taken(move, found)
        return [place for place in places if place.firm or place.clause not in taken]


Held = Sequence[dict[int, tuple[Hit, ...]]]


def _all(rules: Sequence[Rule], clauses: Sequence[Clause], held: Held) -> list[Found]:
    """The first rule that holds in each clause; "opening" rules look no further than the first question."""
    found = []
    asked = False
    for at, clause in enumerate(clauses):
        for rule in rules:
            if clause.act not in rule.acts or (rule.opening and (asked or at >= OPENING)):
                continue
            hit = _holds(rule, clauses, held, at)
            if hit is not None:
                found.append(Found(at, hit, rule.firm))
                break
        asked = asked or clause.live
    return found


def _holds(rule: Rule, clauses: Sequence[Clause], held: Held, at: int) -> Hit | None:
    here = held[at]
    whole = Hit(0, len(clauses[at].tokens))
    hits = (whole,) if rule.say is None else here.get(rule.say, ())
    if not hits or (rule.veto is not None and rule.veto in here):
        return None
    if rule.veto_after is not None and at + 1 < len(held) and rule.veto_after in held[at + 1]:
        return None
    scope = held[max(0, at - 1) : at + 2] if rule.near else (here,)
    if rule.least > 1 and sum(_apart(one.get(rule.say or 0, ())) for one in scope) < rule.least:
        return None
    if not all(any(group in one for one in scope) for group in rule.along):
        return None
    return hits[0]


def _apart(hits: Sequence[Hit]) -> int:
    """How many of the hits do not overlap, counted from the left."""
    count = end = 0
    for hit in hits:
        if hit.start >= end:
            count, end = count + 1, hit.end
    return count


@lru_cache(maxsize=1)
def detectors() -> Detectors:
    """The detectors of all fourteen moves, read once."""
    patterns = Patterns()
    files: dict[str, dict[str, Any]] = {move: data(f"{move}.yaml") for move in MOVES}
    rules = {move: _rules(patterns, found) for move, found in files.items()}
    gates = {move: _gate(patterns, found) for move, found in files.items() if "alike" in found}
    ruled = [rule for made in rules.values() for rule in made]
    return Detectors(
        patterns,
        rules=rules,
        yields={move: tuple(found.get("yields_to", ())) for move, found in files.items()},
        wanted={act: _wanted(ruled, act) for act in ACTS},
        gates=gates,
        looked_for={act: _wanted([*ruled, *gates.values()], act) for act in ACTS},
    )


def _wanted(rules: Sequence[Rule], act: Act) -> frozenset[int]:
    """The groups of patterns that can matter in a clause of that act."""
    made: set[int | None] = set()
    for rule in rules:
        made.add(rule.veto_after)
        if act in rule.acts:
            made |= {rule.say, rule.veto}
        if act in rule.acts or rule.near:
            made |= set(rule.along)
    return frozenset(number for number in made if number is not None)


def _rules(patterns: Patterns, found: dict[str, Any]) -> tuple[Rule, ...]:
    vetoes = found.get("vetoes", [])
    after = found.get("vetoes_after", [])
    return tuple(_rule(patterns, one, vetoes, after) for one in found["rules"])


def _gate(patterns: Patterns, found: dict[str, Any]) -> Rule:
    """What holds in a clause of the acts in which the move may be told by meaning, where no veto does."""
    return _rule(patterns, {"acts": found["alike"]}, found.get("vetoes", []), found.get("vetoes_after", []))


def _rule(patterns: Patterns, one: dict[str, Any], vetoes: list[str], after: list[str]) -> Rule:
    def group(written: list[str]) -> int | None:
        return patterns.add(s for p in written for s in language().sequences(p)) if written else None

    unguarded = one.get("unguarded", False)
    along = [[part] if isinstance(part, str) else part for part in one.get("along", [])]
    return Rule(
        acts=_ACTS[one.get("acts", "statement")],
        say=group(one.get("say", [])),
        along=tuple(number for part in along if (number := group(part)) is not None),
        near=one.get("near", False),
        least=one.get("least", 1),
        firm=one.get("firm", False),
        opening=one.get("opening", False),
        veto=group([*one.get("veto", []), *([] if unguarded else vetoes)]),
        veto_after=group([] if unguarded else after),
    )
