"""A team's own scenarios: files in a folder of the profile."""

from pathlib import Path

import pytest

from scenarios.headings import file_of, origin_of
from scenarios.loader import LIBRARY, ScenarioError, all_scenarios, headings, ids, load, usable
from scenarios.shelves import use
from scoring.rubrics_library import load_rubric, text_of
from scoring.transcript import Transcript
from tests.library.conftest import Trainer
from tests.scenarios.small import SMALL
from trainer.coaching.rules import rubric_of, rule_of, skills
from trainer.coaching.template import load_template
from trainer.library.shelves import use_shelves_of
from trainer.paths import Paths
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.coaching.plans import Step


def put(paths: Paths, name: str, text: str = SMALL) -> Path:
    """A file among a profile's own scenarios, which are looked at anew."""
    file = paths.scenarios / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    use_shelves_of(paths)
    return file


def test_one_is_found_by_its_id_and_stands_after_the_library(paths: Paths) -> None:
    file = put(paths, "small.yaml")
    assert ids()[-1] == "small"
    assert (headings()[-1].title, headings()[-1].origin) == ("Too dear", "own")
    assert load("SMALL").file == file
    assert all_scenarios()[-1].id == "small"
    assert origin_of("small") == "own"
    assert origin_of("price-20-percent") == ""


def test_a_file_that_came_just_now_is_found_by_its_id(paths: Paths) -> None:
    put(paths, "small.yaml")
    assert "other" not in ids()
    (paths.scenarios / "team").mkdir()
    (paths.scenarios / "team" / "o.yml").write_text(SMALL.replace("id: small", "id: other"), encoding="utf-8")
    assert file_of("other") == paths.scenarios / "team" / "o.yml"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "hello", "a.yaml:1: neither a scenario (no line 'forms:') nor a rubric (no line"),
        ("b.yaml", SMALL.replace("title:", "titel:"), "b.yaml:1: 'title' is missing or wrong; write"),
        ("c.yaml", SMALL.replace("start: first", "start: fist"), "c.yaml:16: there is no turn 'fist'"),
        (
            "d.yaml",
            SMALL.replace("id: small", "id: price-20-percent"),
            "'price-20-percent' is taken by the lib",
        ),
        ("e.yaml", SMALL.replace("id: small", "id: [small"), "e.yaml:2: did not find expected"),
        ("f.yaml", SMALL.replace("Ada", "\udcff").encode("utf-8", "surrogateescape").decode("latin-1"), ""),
    ],
)
def test_a_broken_file_is_named_and_keeps_nothing_else_from_working(
    paths: Paths, name: str, text: str, said: str
) -> None:
    put(paths, "good.yaml", SMALL.replace("id: small", "id: good"))
    put(paths, name, text)
    found, faults = usable()
    assert "good" in [one.id for one in found]
    assert load("price-20-percent").file == LIBRARY / "price-20-percent.yaml"
    if said:
        (fault,) = faults
        assert said in str(fault)


def test_of_two_with_one_id_the_first_stays_and_the_other_is_told_where_it_is(paths: Paths) -> None:
    first = put(paths, "a.yaml")
    put(paths, "b.yaml")
    (fault,) = usable()[1]
    assert str(fault).endswith(
        f"the id 'small' is taken by {first.as_posix()}; give this scenario another id"
    )
    assert load("small").file == first


def test_a_rubric_beside_it_and_hidden_files_are_no_scenarios(paths: Paths) -> None:
    put(paths, "own-price.yaml", text_of("price-objection").replace("id: price-objection", "id: own-price"))
    put(paths, ".small.yaml.swp.yaml", "half written")
    put(paths, "small.yaml", SMALL.replace("rubric: price-objection", "rubric: own-price.yaml"))
    assert usable()[1] == ()
    assert load_rubric(load("small").rubric).id == "own-price"


def test_without_a_folder_there_is_only_the_library(paths: Paths) -> None:
    assert not paths.scenarios.exists()
    assert all(file_of(one).parent == LIBRARY for one in ids())  # type: ignore[union-attr]
    put(paths, "small.yaml")
    use(tuple)
    with pytest.raises(ScenarioError, match="there is no scenario 'small'"):
        load("small")


def test_the_command_lists_it_with_where_it_is_from_and_names_what_is_broken(
    paths: Paths, trainer: Trainer
) -> None:
    put(paths, "small.yaml")
    put(paths, "broken.yaml", "hello")
    code, out, err = trainer("scenarios", "list")
    assert code == 0
    (line,) = [one for one in out.splitlines() if one.startswith("small ")]
    assert line.endswith("own")
    assert "broken.yaml:1: neither a scenario" in err


def test_checking_all_checks_ones_own_and_what_is_left_out(paths: Paths) -> None:
    from scenarios.judging import Judge
    from scenarios.lint import reports

    put(paths, "small.yaml")
    put(paths, "broken.yaml", "hello")
    found = reports([], Judge())
    first = next(found)
    assert first.errors == 1
    assert "broken.yaml:1: error: neither a scenario" in str(first.findings[0])
    assert ids()[-1] == "small"


def test_it_can_be_assigned_and_scored_by_its_id(paths: Paths, trainer: Trainer) -> None:
    put(paths, "small.yaml")
    assert trainer("assign", "Ana", "small")[1].startswith("Ana: Too dear, to reach 80")
    code, out, err = trainer(
        "score", "--text", "What are you comparing us with?", "--scenario", "small", "--turn", "first"
    )
    assert code == 0, err
    assert "Find out what lies under the price" in out


def test_a_practice_of_one_is_taken_up_where_it_was_left(paths: Paths) -> None:
    put(paths, "small.yaml")
    with Store.open(paths.database) as store:
        ana = store.add_person("Ana", "rep")
        begun = Session.start(store, load("small"), "A", ana, "assessed", takes_folder=paths.takes)
        begun.judge(Transcript.typed("I see. What are you comparing us with?"))
        begun.go_on()
        again = Session.resume(store, begun.attempt.id, takes_folder=paths.takes)
        assert (again.scenario.id, again.position) == ("small", 1)


def test_a_skill_of_ones_own_has_its_own_rule_and_its_place_in_a_plan(paths: Paths, tmp_path: Path) -> None:
    own = text_of("price-objection").replace("price-objection", "our-price", 2).replace(": 80", ": 70")
    put(paths, "our-price.yaml", own)
    text = SMALL.replace("price-objection", "our-price").replace(
        "rubric: our-price", "rubric: our-price.yaml"
    )
    put(paths, "small.yaml", text)
    assert "our-price" in skills()
    assert rule_of("our-price").score == 70
    plan = tmp_path / "plan.yaml"
    plan.write_text("title: Ours\nsteps:\n  - skill: our-price\n    weeks: 2\n", encoding="utf-8")
    assert load_template(str(plan)).steps == (Step("our-price", 70, 2),)
    (paths.scenarios / "small.yaml").unlink()
    use_shelves_of(paths)
    assert rubric_of("our-price") is None
    assert "our-price" not in skills()
