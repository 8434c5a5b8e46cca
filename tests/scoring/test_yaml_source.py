from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import YamlError
from scoring.yaml_source import MAX_BYTES, parse, read


def test_values_keep_their_lines() -> None:
    source = parse(b"id: x\nturns:\n  - id: a\n    says: hi\n  - id: b\n", "f.yaml")
    assert source.data == {"id": "x", "turns": [{"id": "a", "says": "hi"}, {"id": "b"}]}
    assert source.line_of(("turns", 0, "says")) == 4
    assert source.line_of(("turns", 1)) == 5
    assert source.where(("turns", 1, "missing")) == "f.yaml:5"
    assert source.line_of(()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "f:2: the key 'a' is given twice"),
        ("a: &x [1]\nb: *x\n", "f:1: anchors"),
        ("a: *x\n", "f:1: anchors"),
        ("a: [1\nb: 2\n", "f:2: "),
        ("a: !!python/name:os.system x\n", "f:1: a value of a kind"),
        ("a: 1\n---\nb: 2\n", "f:2: "),
        ("[" * 100, "nested too deeply"),
        ("a: 2024-99-99\n", "f:1: a value of a kind"),
        ("? [a]\n: b\n", "f:1: a key must be a word"),
    ],
)
def test_bad_yaml_is_one_line_with_its_place(text: str, said: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text.encode(), "f")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_too_large_not_utf8_and_missing_files_are_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(YamlError, match="larger than 256 kB"):
        read(big)
    with pytest.raises(YamlError, match=r"f:2: not UTF-8"):
        parse(b"a: 1\nb: \xff\n", "f")
    with pytest.raises(YamlError, match="can't be read"):
        read(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("says: Ask this: why\n", "f:1: .*; quote a text that holds a colon"),
        ("a: 1\n\tb: 2\n", "f:2: .*; "),
        ('a: "1\nb: 2\n', "f:.*; close the quotes"),
        ("a: [1\nb: 2\n", "f:2: .*brackets close"),
    ],
)
def test_what_people_get_wrong_most_comes_with_its_mend(text: str, mend: str) -> None:
    with pytest.raises(YamlError, match=mend):
        parse(text.encode(), "f")


@given(st.text(st.sampled_from("ab: -[]{}\"'\n#|>é😀1.&*?\t\x01")))
def test_what_is_read_without_the_parser_in_c_is_read_the_same_with_it(text: str) -> None:
    """The one in C is kinder to tabs and comments behind a bar; none of ours has tags or directives.

    Nothing at all stands on another line in each of them, and nobody points there.
    """

    def read_with(loader: object) -> tuple[object, object] | None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("scoring.yaml_source._LOADER", loader)
            try:
                found = parse(text.encode(), "f")
            except YamlError:
                return None
        return repr(found.data), found.lines if found.data is not None else None

    plain = read_with(yaml.SafeLoader)
    assert plain is None or read_with(getattr(yaml, "CSafeLoader", yaml.SafeLoader)) == plain


@given(st.text())
def test_any_text_is_data_or_a_yaml_error(text: str) -> None:
    try:
        parse(text.encode("utf-8", "surrogatepass"), "f")
    except YamlError as error:
        assert "\n" not in str(error)
