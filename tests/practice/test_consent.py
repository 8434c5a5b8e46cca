from trainer.practice import consent
from trainer.store import Store
from trainer.store.records import Person


def test_other_words_are_asked_about_anew(store: Store, ana: Person) -> None:
    assert consent.given(store, ana, 90) is None
    consent.answer(store, ana, 90, agreed=True)
    assert consent.given(store, ana, 90) is True
    assert consent.given(store, ana, 0) is None


def test_the_words_say_when_recordings_go() -> None:
    assert any("after 30 days" in one for one in consent.wording(30))
    assert any("until you ask" in one for one in consent.wording(0))
