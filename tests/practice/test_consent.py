import pytest

from trainer.config import Config
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


def test_the_words_say_what_leaves_the_machine() -> None:
    told = {leaves: " ".join(consent.wording(90, leaves)) for leaves in ("nothing", "words", "recordings")}
    assert "nothing is sent anywhere" in told["nothing"]
    assert "nothing is sent anywhere" not in told["words"] + told["recordings"]
    assert "recordings stay here" in told["words"]
    assert "the recordings, encrypted, to your team's storage" in told["recordings"]
    assert all("warm-up is yours alone" in one for one in told.values())


@pytest.mark.parametrize(
    ("team", "place", "leaves"),
    [("", "", "nothing"), ("", "/shared", "nothing"), ("pg", "", "words"), ("pg", "/shared", "recordings")],
)
def test_what_leaves_follows_the_settings(team: str, place: str, leaves: str) -> None:
    assert consent.sent(Config(team=team, recordings=place)) == leaves


def test_who_agreed_before_there_was_a_team_is_asked_anew(store: Store, ana: Person) -> None:
    consent.answer(store, ana, 90, agreed=True)
    assert consent.given(store, ana, 90, "words") is None
    assert consent.given(store, ana, 90, "recordings") is None
