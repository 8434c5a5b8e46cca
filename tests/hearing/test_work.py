import numpy as np

from models.activity import Stretch
from models.recogniser import Cuts
from models.sound import Beside
from scoring.transcript import Word
from trainer.hearing.pace import Pace
from trainer.hearing.reply import Heard
from trainer.hearing.work import Listen, Look, Work

FIRST, SECOND = Stretch(0.0, 5.0), Stretch(5.5, 7.0)
PACE = Pace(Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0))


def heard(stretch: Stretch, *, beside: bool = False) -> Heard:
    sound = Beside((), np.zeros(0), np.zeros(0)) if beside else None
    return Heard(stretch, (Word("well", 0.1, 0.3, 0.9),), sound)


def test_words_come_before_the_sound_beside_them_and_both_before_a_guess() -> None:
    work = Work()
    work.add([FIRST])
    work.pending = SECOND
    assert work.waiting == 5.0
    assert work.next(7.5, PACE) == Listen(FIRST)
    work.take_in(Listen(FIRST), one := heard(FIRST))
    assert work.next(7.5, PACE) == Look(one, 0)
    work.look_at(Look(one, 0), heard(FIRST, beside=True))
    assert work.next(7.5, PACE) == Listen(SECOND, guess=True)
    assert [word.start for word in work.firm] == [0.1]


def test_a_guess_that_was_right_is_neither_heard_nor_looked_at_again() -> None:
    work = Work()
    work.pending = SECOND
    guess = Listen(SECOND, guess=True)
    assert work.next(7.5, PACE) == guess
    work.take_in(guess, one := heard(SECOND))
    assert [word.start for word in work.tentative] == [5.6]
    assert work.next(7.6, PACE) == Look(one, None)
    work.look_at(Look(one, None), heard(SECOND, beside=True))
    work.pending, work.complete = None, True
    work.add([SECOND])
    assert work.next(7.7, PACE) is None
    assert (work.tentative, work.share) == ((), 1.0)
    assert [word.start for word in work.firm] == [5.6]


def test_a_guess_that_was_wrong_is_heard_anew() -> None:
    work = Work()
    work.take_in(Listen(SECOND, guess=True), heard(SECOND, beside=True))
    longer = Stretch(SECOND.start, 10.0)
    work.add([longer])
    assert work.next(10.5, PACE) == Listen(longer)
