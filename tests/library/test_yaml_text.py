from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.yaml_source import parse
from trainer.library.playbook import plain
from trainer.library.yaml_text import yaml_text

TEXT = st.text(max_size=300).map(plain) | st.sampled_from(
    [
        "no",
        "Yes",
        "null",
        "~",
        "1",
        "1.5",
        "2026-01-01",
        "a: b",
        "- a",
        "# a",
        "a #b",
        "'a",
        "%a",
        "[a",
        "a,b",
    ]
)
KEY = st.sampled_from(["id", "says", "next", "made"])
VALUE = TEXT | st.integers() | st.booleans() | st.lists(TEXT, max_size=4)
INNER = st.dictionaries(KEY, VALUE, min_size=1)
WHOLE = st.dictionaries(KEY, VALUE | INNER | st.lists(INNER, min_size=1, max_size=3), min_size=1)


@given(WHOLE)
def test_what_is_written_is_read_as_it_was(value: dict[str, Any]) -> None:
    assert parse(yaml_text(value).encode(), "x").data == value


def test_it_looks_as_people_write_it() -> None:
    text = (
        "Find out what is behind the price before you answer it, show what the difference buys, "
        "and leave with a step."
    )
    made = yaml_text(
        {
            "id": "a-b",
            "goal": text,
            "minutes": 4,
            "made": ["x_y", "a b"],
            "turns": [{"id": "no", "go": "end"}],
        }
    )
    assert made == (
        "id: a-b\n"
        "goal: >-\n"
        "  Find out what is behind the price before you answer it, show what the difference buys, and leave\n"
        "  with a step.\n"
        "minutes: 4\n"
        'made: [x_y, "a b"]\n'
        "turns:\n"
        '  - id: "no"\n'
        "    go: end\n"
    )
