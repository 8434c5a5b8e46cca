"""A team's playbook made into drafts that can be checked and practised at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from scenarios.lint import check_file
from scenarios.loader import load
from scenarios.rubric_lint import check_rubric
from scoring.hashes import content_hash
from scoring.rubric import Rubric
from scoring.score import TurnContext, score
from scoring.transcript import Transcript
from tests.library.conftest import Trainer
from trainer.library.errors import PlaybookError
from trainer.library.hotwords import names_in
from trainer.library.playbook import labelled, part_of
from trainer.library.playbook_file import LARGEST, read_playbook
from trainer.library.wording import PLAIN
from trainer.paths import Paths
from trainer.practice.meaning import embedder
from trainer.practice.session import Session
from trainer.store import Store
from trainer.team_names import team_names

BOOKS = Path(__file__).parent / "playbooks"


def imported(trainer: Trainer, name: str, out: Path) -> Any:
    code, shown, err = trainer("playbook", "import", str(BOOKS / name), "--out", str(out), "--json")
    assert code == 0, err
    return json.loads(shown)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("What good looks like", "good"),
        ("3. HOW TO RESPOND:", "good"),
        ("Do's", "good"),
        ("Don'ts", "avoid"),
        ("What not to say", "avoid"),
        ("Proof points", "proof"),
        ("Case studies", "proof"),
        ("What the buyer says", "objection"),
        ("Customer says", "objection"),
        ("Common objections", "objection"),
        ("Objection handling", "objection"),
        ("Talk track", "phrases"),
        ("Names and products", "names"),
        ("Who says it", "persona"),
        ("Background", "situation"),
        ("Pricing", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_a_heading_says_what_follows_whatever_it_is_called(heading: str, part: str | None) -> None:
    assert part_of(heading) == part


def test_a_label_before_a_text_is_a_heading_too() -> None:
    assert labelled("Proof: a third fewer stops") == ("proof", "a third fewer stops")
    assert labelled("Don't - run them down") == ("avoid", "run them down")
    assert labelled("By the way: it rains") is None


def test_a_tidy_playbook_finds_its_places(trainer: Trainer, tmp_path: Path) -> None:
    found = imported(trainer, "tidy.md", tmp_path / "out")
    assert [(one["id"], one["rubric"], one["forms"]) for one in found["drafts"]] == [
        ("your-price-is-too-high", "price-objection", ["A", "B"]),
        ("is-our-data-safe-with-you", "is-our-data-safe-with-you-rubric", ["A"]),
    ]
    assert [(one["line"], one["text"]) for one in found["unplaced"]] == [
        (3, "How we answer what we hear most often. Owner: sales enablement."),
        (18, "Smile when you dial"),
        (28, "We are worth it."),
    ]
    price = load(tmp_path / "out" / "your-price-is-too-high.yaml")
    first = price.form("A").turn("objection")
    assert first.says == "Your price is too high."
    assert first.exemplars[0].startswith("That's a real gap, and I'd stop at it too.")
    assert first.counter_examples == ("You get what you pay for, and the others are just cheap.",)
    assert "Harbour Plumbing had a third fewer breakdowns" in price.form("A").situation
    assert set(price.hotwords) >= {"Fleetwise Pulse", "Harbour Plumbing", "RoadMate"}
    data = load(tmp_path / "out" / "is-our-data-safe-with-you.yaml")
    assert data.form("A").persona.role == "Head of IT"
    assert "Smile when you dial" in (tmp_path / "out" / "your-price-is-too-high.yaml").read_text("utf-8")


def test_a_messy_playbook_finds_what_it_can_and_says_the_rest_by_line(
    trainer: Trainer, tmp_path: Path
) -> None:
    found = imported(trainer, "messy.md", tmp_path / "out")
    assert [(one["id"], one["rubric"]) for one in found["drafts"]] == [
        ("just-send-me-an-email", "brush-off"),
        ("we-already-have-a-supplier", "incumbent"),
        ("call-me-next-quarter-2", "timing-objection"),
        ("its-not-in-the-budget", "qualify-budget"),
        ("my-boss-has-to-see-it", "boss-objection"),
    ]
    assert [(one["line"], one["text"]) for one in found["unplaced"]] == [
        (4, "last updated in spring"),
        (9, "they always say this on Fridays"),
        (12, "see below"),
        (
            14,
            "Happy to. So that I send the right thing, what would you want to see in it "
            "before you'd talk again?",
        ),
        (26, "wear a tie"),
        (27, "~~Old stuff~~ ignore"),
        (31, "Colour"),
        (34, "nothing here"),
    ]
    assert found["names"] == ["SLA", "KwikVan"]
    mail = load(tmp_path / "out" / "just-send-me-an-email.yaml")
    assert "nine of ten of our mails" in mail.form("A").situation


def test_a_sheet_is_a_row_an_objection(trainer: Trainer, tmp_path: Path) -> None:
    found = imported(trainer, "sheet.csv", tmp_path / "out")
    assert [(one["id"], one["forms"]) for one in found["drafts"]] == [
        ("price", ["A", "B"]),
        ("features", ["A"]),
    ]
    assert [(one["line"], one["text"]) for one in found["unplaced"]][-1] == (4, "Nothing")


@pytest.mark.parametrize("name", ["tidy.md", "messy.md", "sheet.csv"])
def test_every_draft_has_warnings_alone_and_is_practised_to_its_end(
    trainer: Trainer, paths: Paths, tmp_path: Path, name: str
) -> None:
    found = imported(trainer, name, tmp_path)
    for one in found["drafts"]:
        file = tmp_path / f"{one['id']}.yaml"
        findings = check_file(file, embedder=embedder())
        assert {finding.severity for finding in findings} == {"warning"}, findings
        scenario = load(file)
        with Store.open(paths.database) as store:
            rep = store.person("Ana") or store.add_person("Ana", "rep")
            session = Session.start(store, scenario, "A", rep, "warm-up", takes_folder=paths.takes)
            while session.result is None:
                session.judge(Transcript.typed("I hear you. What is behind that? I'll send it by Thursday."))
                session.go_on()
            assert session.result.score.score is not None
    for one in found["files"]:
        if one.endswith("-rubric.yaml"):
            assert check_rubric(Path(one), embedder()).findings == ()


def test_the_names_are_a_list_the_recogniser_takes(trainer: Trainer, tmp_path: Path) -> None:
    imported(trainer, "tidy.md", tmp_path)
    assert team_names(tmp_path / "names.txt") == ("Fleetwise Pulse", "Harbour Plumbing", "RoadMate", "IT")


def test_nothing_that_is_there_is_overwritten(trainer: Trainer, tmp_path: Path) -> None:
    mine = tmp_path / "is-our-data-safe-with-you.yaml"
    mine.write_text("mine", encoding="utf-8")
    code, _, err = trainer("playbook", "import", str(BOOKS / "tidy.md"), "--out", str(tmp_path))
    assert (code, err) == (2, f"{mine}: is there already; name another folder with --out.\n")
    assert list(tmp_path.glob("*.yaml")) == [mine]
    assert mine.read_text("utf-8") == "mine"


def test_the_report_names_the_next_steps(trainer: Trainer, paths: Paths, tmp_path: Path) -> None:
    _, out, _ = trainer("playbook", "import", str(BOOKS / "tidy.md"), "--out", str(tmp_path))
    assert out.splitlines()[0] == f"2 drafts in {tmp_path}:"
    assert "line 18: “Smile when you dial”: names no move; give it examples in a rubric" in out
    assert out.splitlines()[-1] == f"and put what is finished, with its rubric, into {paths.scenarios}"


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.md", b"", "a.md:1: no objection found in it; begin each with a heading"),
        ("a.md", b"# Only\n\nwords\n", "a.md:1: no objection found"),
        ("a.md", b"a\0b", "a.md:1: not a text"),
        ("a.md", b"x\n\x81\x8d", "a.md:2: not UTF-8; save the file as UTF-8"),
        ("a.md", b"x" * (LARGEST + 1), "larger than 300 kB; split it"),
        (
            "a.md",
            "".join(f"## Objection: “No {n}”\n" for n in range(61)).encode(),
            "a.md:61: more than 60",
        ),
        ("a.csv", b"", "a.csv: nothing in it"),
        (
            "a.csv",
            b"Colour;Size\nred;3\n",
            "a.csv:1: no column for what the buyer says (there are: Colour, Size)",
        ),
        ("a.csv", b"Objection\n" + b"x" * 200_000, "a.csv:2: not CSV (field larger than field limit"),
        ("a.docx", b"x", "a.docx: neither Markdown nor CSV"),
    ],
)
def test_what_is_no_playbook_is_named_with_the_mend(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(PlaybookError) as caught:
        read_playbook(tmp_path / name)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sheet_as_windows_saves_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Objection,Proof\n“Zu teuer”,für Müller\n".encode("cp1252"))
    (play,) = read_playbook(tmp_path / "a.csv").plays
    assert (play.title, play.of("proof")[0].text) == ("Zu teuer", "für Müller")


def test_names_are_what_is_written_large_within_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    proof = "The Harbour Group runs on Pulse. We save them a day. ACME agrees."
    file.write_text(f"## Objection: “Too dear”\n### Proof\n- {proof}\n", encoding="utf-8")
    assert names_in(read_playbook(file)) == ("Harbour Group", "Pulse", "ACME")


@pytest.mark.parametrize("criterion", PLAIN, ids=lambda one: one.id)
def test_a_drafts_model_answers_meet_their_criteria(criterion: Any) -> None:
    rubric = Rubric(id="draft", skill="draft", title="Draft", criteria=(criterion,))
    turn = TurnContext("turn", "", (criterion.id,))
    card = score(Transcript.typed(criterion.model_answer), turn, rubric, embedder=embedder())
    assert card.criteria[0].met is True
    assert content_hash(rubric)
