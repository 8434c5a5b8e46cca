"""The scorer's verdicts beside people's labels, and how well the two agree."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scoring.agreement import Counts, kappa, spearman
from scoring.published import Standing
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript
from trainer.commands.labelled import MOVES, Labelled, Question
from trainer.practice.meaning import embedder

FAULTS = frozenset({"uses_hedging", "interrupts_or_argues"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled reply with its scorecard."""

    reply: Labelled
    card: Scorecard

    def said(self, question: Question) -> bool | None:
        """The scorer's answer to what a person was asked; None where it could not tell."""
        if question.label in self.reply.criteria:
            return next(one.met for one in self.card.criteria if one.id == question.label)
        return self.card.moves[question.move]


@dataclass(frozen=True, slots=True)
class Row:
    """One move or criterion: the scorer against the labels, and two people where two read the replies.

    `unsure` counts the replies that the scorer could not assess; they are in no other figure.
    """

    name: str
    scorer: Standing
    people: Standing | None
    unsure: int

    def as_json(self) -> dict[str, Any]:
        """All figures, rounded to three places."""
        return {
            "id": self.name,
            **figures(self.scorer),
            "not_assessable": self.unsure,
            "people": figures(self.people) if self.people else None,
        }


@dataclass(frozen=True, slots=True)
class Quality:
    """Rank correlations with the quality people gave, over n replies; None where not defined.

    `score` and `length` are over the `scored` replies that have one, `moves` (made less faults) and `words`
    over all. `length` and `words` are the bare number of words: what any score has to beat.
    """

    n: int
    scored: int
    score: float | None
    length: float | None
    moves: float | None
    words: float | None


def judge(replies: Sequence[Labelled], progress: Callable[[float], None] = lambda _: None) -> list[Judged]:
    """Scores every reply as a typed one."""
    found = []
    for number, one in enumerate(replies, 1):
        turn = TurnContext(id=one.turn, prompt=one.prompt, criteria=one.criteria)
        card = score(Transcript.typed(one.text), turn, one.rubric, embedder=embedder())
        found.append(Judged(one, card))
        progress(number / len(replies))
    return found


def rows(judged: Sequence[Judged]) -> list[Row]:
    """One row a move or criterion that was looked for."""
    asked = {question.name: question for one in judged for question in one.reply.questions}
    order = sorted(asked, key=lambda name: (*MOVES, asked[name].move).index(asked[name].move))
    return [
        _row(name, [(one, asked[name]) for one in judged if asked[name] in one.reply.questions])
        for name in order
    ]


def overall(judged: Sequence[Judged]) -> Row:
    """All decisions together. Its interval takes them as independent, and is a little too narrow for that."""
    return _row("all", [(one, question) for one in judged for question in one.reply.questions])


def by_move(judged: Sequence[Judged]) -> dict[str, Standing]:
    """The agreement of each move; a criterion against a fault counts as its move, turned round."""
    found = {}
    for move in MOVES:
        pairs = [
            (made, (question.label in one.reply.labels) == question.wanted)
            for one in judged
            for question in one.reply.questions
            if question.move == move and (made := one.card.moves[move]) is not None
        ]
        if pairs:
            found[move] = standing(pairs)
    return found


def quality(judged: Sequence[Judged]) -> Quality | None:
    """How the score goes with the quality that people gave; None where they gave none."""
    rated = [(one, one.reply.quality) for one in judged if one.reply.quality is not None]
    if not rated:
        return None
    marks = [mark for _, mark in rated]
    scored = [
        (one.card.score, len(one.reply.text.split()), mark)
        for one, mark in rated
        if one.card.score is not None
    ]
    made = [{move for move, verdict in one.card.moves.items() if verdict} for one, _ in rated]
    return Quality(
        n=len(rated),
        scored=len(scored),
        score=spearman([value for value, _, _ in scored], [mark for _, _, mark in scored]),
        length=spearman([words for _, words, _ in scored], [mark for _, _, mark in scored]),
        moves=spearman([len(moves - FAULTS) - len(moves & FAULTS) for moves in made], marks),
        words=spearman([len(one.reply.text.split()) for one, _ in rated], marks),
    )


def scores(judged: Sequence[Judged]) -> tuple[int, float | None] | None:
    """How many replies get a score both here and from a person's labels, and Spearman of the two.

    A person's score is the met share of the weight of what they judged. None where no label is a criterion.
    """
    pairs = [
        (one.card.score, labelled)
        for one in judged
        if one.card.score is not None and (labelled := _labelled_score(one.reply)) is not None
    ]
    if not any(question.label in one.reply.criteria for one in judged for question in one.reply.questions):
        return None
    return len(pairs), spearman([mine for mine, _ in pairs], [theirs for _, theirs in pairs])


def _labelled_score(reply: Labelled) -> float | None:
    if reply.rubric is None:
        return None
    weights = {
        question.label: reply.rubric.criterion(question.label).weight
        for question in reply.questions
        if question.label in reply.criteria
    }
    met = sum(weight for label, weight in weights.items() if label in reply.labels)
    return met / sum(weights.values()) if weights else None


def standing(pairs: Iterable[tuple[bool, bool]]) -> Standing:
    """The figures of (verdict, label) pairs."""
    verdicts, labels = zip(*pairs, strict=True)
    counts, beyond_chance = Counts.of(verdicts, labels), kappa(verdicts, labels)
    return Standing(
        n=counts.n,
        made=counts.hits + counts.misses,
        precision=counts.precision,
        recall=counts.recall,
        f1=counts.f1,
        kappa=beyond_chance.value if beyond_chance else None,
        low=beyond_chance.low if beyond_chance else None,
        high=beyond_chance.high if beyond_chance else None,
    )


def figures(one: Standing) -> dict[str, Any]:
    """A standing's fields, rounded to three places."""
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(one).items()}


def _row(name: str, asked: Sequence[tuple[Judged, Question]]) -> Row:
    pairs = [
        (said, question.label in one.reply.labels)
        for one, question in asked
        if (said := one.said(question)) is not None
    ]
    people = [
        (question.label in one.reply.people[1], question.label in one.reply.people[0])
        for one, question in asked
        if one.reply.people
    ]
    return Row(
        name=name,
        scorer=standing(pairs) if pairs else Standing(0, 0, None, None, None, None, None, None),
        people=standing(people) if people else None,
        unsure=len(asked) - len(pairs),
    )
