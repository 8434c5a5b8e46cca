from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.named import Named
from models.recogniser import Cuts
from scoring.transcript import Word
from trainer.errors import BadInputError
from trainer.team_names import team_names


class Listener:
    engine, model, rough, drafts = "fake", "m", False, True
    cuts = Cuts(pause=0.4, padding=0.2, enough=5.0, longest=15.0)

    def __init__(self) -> None:
        self.told: tuple[tuple[str, ...], bool] | None = None
        self.warm = False

    def warm_up(self) -> None:
        self.warm = True

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        self.told = (tuple(hotwords), draft)
        return [Word("yes", 0.0, 0.1, 0.9)]


def test_a_line_is_a_name(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("# products\nZoominfo\n\n  Acme   Cloud \nZoominfo\n", encoding="utf-8")
    assert team_names(file) == ("Zoominfo", "Acme Cloud")
    assert team_names(tmp_path / "none.txt") == ()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"fine\n" + b"x" * 70, "line 2"), (b"\xff\xfe", "UTF-8"), (b"", "")],
)
def test_a_broken_list_is_named_with_its_line(tmp_path: Path, content: bytes, complaint: str) -> None:
    file = tmp_path / "names.txt"
    file.write_bytes(content)
    if not complaint:
        assert team_names(file) == ()
        return
    with pytest.raises(BadInputError, match=complaint):
        team_names(file)


def test_too_many_names_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("\n".join(f"name {n}" for n in range(201)), encoding="utf-8")
    with pytest.raises(BadInputError, match="201 names"):
        team_names(file)


def test_the_scenario_s_names_come_first_and_none_twice() -> None:
    listener = Listener()
    named = Named(listener, ("Zoominfo", "Acme"))
    named.warm_up()
    assert listener.warm
    assert (named.engine, named.cuts, named.drafts) == ("fake", Listener.cuts, True)
    assert named.words(np.zeros(10, np.float32), hotwords=("Acme", "pilot"), draft=True)[0].text == "yes"
    assert listener.told == (("Acme", "pilot", "Zoominfo"), True)
