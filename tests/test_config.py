from pathlib import Path

import pytest

from trainer.config import Config, load, save
from trainer.errors import BadInputError


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "config.toml"
    config = Config(name="Zoë", role="manager", speak=False, end_pause=1.2, keymap={"library": "b"})
    save(config, file)
    assert load(file) == config
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Config()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name = ", "Mend that line"),
        ("nmae = 'Ana'", "nmae: there is no such setting"),
        ("role = 'boss'", "role: must be one of rep, manager"),
        ("engine = 3", "engine: must be one of auto"),
        ("speak = 'yes'", "speak: must be true or false"),
        ("preroll = 1", "preroll: must be true or false"),
        ("window = 'half'", "window: must be one of full, short"),
        ("end_pause = true", "end_pause: must be 0"),
        ("end_pause = '1.2'", "end_pause: must be 0"),
        ("end_pause = 0.2", "or 0.5 to 5.0 seconds"),
        ("coaching_minutes = 'an hour'", "coaching_minutes: must be a whole number of minutes"),
        ("coaching_minutes = true", "coaching_minutes: must be a whole number of minutes"),
        ("coaching_minutes = -5", "0 to 2400"),
        ("name = 7", "name: must be a text"),
        (f"name = '{'a' * 81}'", "name: is longer than 80"),
        ("keymap = 'x'", "keymap: must be a table"),
        ("[keymap]\nlibrary = 1", "keymap: must be a table"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, complaint: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadInputError) as raised:
        load(file)
    assert str(file) in str(raised.value)
    assert complaint in str(raised.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInputError, match="can't be read"):
        load(file)


def test_settings_that_can_not_be_written_are_named(tmp_path: Path) -> None:
    in_the_way = written(tmp_path, "")
    with pytest.raises(BadInputError, match="can't be written"):
        save(Config(), in_the_way / "config.toml")
