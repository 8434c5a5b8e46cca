import subprocess
import sys
from pathlib import Path

import pytest

from scoring.matching import Hit, Patterns
from scoring.patterns import Language, PatternError

ROOT = Path(__file__).parents[2]
LANGUAGE = Language(lists={"day": ("monday", "the first")}, forms={"go": ("goes", "went")})


def hits(pattern: str, text: str) -> list[str]:
    patterns = Patterns()
    patterns.add(LANGUAGE.sequences(pattern))
    words = text.split()
    return [" ".join(words[hit.start : hit.end]) for hit in patterns.find(words).get(0, ())]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("what|which day", "which day then", "which day"),
        ("send^ it", "we sent it", None),
        ("go^ home", "he went home", "went home"),
        ("walk^ home", "walking home", "walking home"),
        ("plan^", "planning", "planning"),
        ("on $day", "on monday", "on monday"),
        ("on $day", "on the first", "on the first"),
        ("what ~2 price", "what was the price", "what was the price"),
        ("what ~2 price", "what was then the price", None),
        ("what _ price", "what the price", "what the price"),
        ("(a b|c) d", "a b d", "a b d"),
        ("(a b|c)? d", "x d", "d"),
        ("so !we go", "so they go", "so they go"),
        ("so !we go", "so we go", None),
        ("< so", "so it is", "so"),
        ("< so", "and so", None),
        ("is >", "so it is", "is"),
        ("# percent", "up 37 percent", "37 percent"),
        ("don't go", "do not go", "do not go"),
        ("what 's it", "what 's it", "what 's it"),
        ("a|(b c) d", "b c d", "b c d"),
    ],
)
def test_notation(pattern: str, text: str, found: str | None) -> None:
    assert hits(pattern, text)[:1] == ([found] if found else [])


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("~3", "names no word"),
        ("a?", "names no word"),
        ("(a b", "not closed"),
        ("a) b", "not opened"),
        ("$nothing", "there is no list"),
        ("!(a b)", "only single words"),
        ("*", "is no word"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why(pattern: str, said: str) -> None:
    with pytest.raises(PatternError, match=said):
        LANGUAGE.sequences(pattern)


def test_only_wanted_groups_are_looked_for() -> None:
    patterns = Patterns()
    first = patterns.add(LANGUAGE.sequences("a"))
    second = patterns.add(LANGUAGE.sequences("b"))
    assert patterns.find(["a", "b"], frozenset({second})) == {second: (Hit(1, 2),)}
    assert set(patterns.find(["a", "b"])) == {first, second}


def test_words_that_no_pattern_names_do_not_fill_the_string_store() -> None:
    patterns = Patterns()
    patterns.add(LANGUAGE.sequences("what ~ price"))
    patterns.find(["what", "first", "price"])
    size = len(patterns.vocab.strings)
    patterns.find(["what", "qwertzuiop", "price"])
    assert len(patterns.vocab.strings) == size


def test_spacy_loads_without_its_command_line_and_keeps_it_importable() -> None:
    code = (
        "import sys\n"
        "from scoring.spacy_parts import parts\n"
        "parts()\n"
        "assert 'typer' not in sys.modules and 'spacy.cli' not in sys.modules\n"
        "import spacy.cli\n"
        "assert spacy.cli.download\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
