import sys
from pathlib import Path

import pytest
import soundfile

from models import voice
from models.synthesisers import Espeak, Flite, Say, VoiceError, WindowsSpeech

LINE = 'He said: "20 % — it\'s a lot"; $(id) `id` -v loud\nand then?'

PROGRAM = """#!{python}
import os, shutil, sys
here = os.path.dirname(os.path.abspath(__file__))
told = sys.stdin.buffer.read().decode()
args = sys.argv[1:]
file = args[args.index("-f") + 1] if "-f" in args else os.environ.get("TRAINER_TEXT", "-")
if file != "-":
    told = open(file, encoding="utf-8").read()
with open(os.path.join(here, "log"), "a", encoding="utf-8") as log:
    log.write(repr((args, told, os.environ.get("TRAINER_VOICE"))) + chr(10))
{body}
"""
SPEAKS = """
wav = os.environ.get("TRAINER_WAV") or args[args.index("-o" if "-o" in args else "-w") + 1]
shutil.copy(os.path.join(here, "sound.wav"), wav)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts with a first line")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    soundfile.write(folder / "sound.wav", [0.1] * 800, 16_000)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def install(folder: Path, name: str, body: str = SPEAKS) -> None:
    (folder / name).write_text(PROGRAM.format(python=sys.executable, body=body), encoding="utf-8")
    (folder / name).chmod(0o755)


def calls(folder: Path) -> list[tuple[list[str], str, str | None]]:
    log = folder / "log"
    return [eval(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []  # noqa: S307


def test_a_machine_without_a_voice_stays_silent(programs: Path, tmp_path: Path) -> None:
    assert voice.find() is None
    assert voice.spoken(LINE, "female", tmp_path / "cache") is None


@posix
@pytest.mark.parametrize(
    ("platform", "there", "best"),
    [
        ("linux", ["flite", "espeak-ng"], "espeak-ng"),
        ("linux", ["flite"], "flite"),
        ("linux", ["espeak"], "espeak-ng"),
        ("darwin", ["say", "espeak-ng"], "macOS say"),
        ("darwin", ["espeak-ng"], "espeak-ng"),
    ],
)
def test_the_best_voice_of_each_system(
    programs: Path, monkeypatch: pytest.MonkeyPatch, platform: str, there: list[str], best: str
) -> None:
    for name in there:
        install(programs, name)
    monkeypatch.setattr(sys, "platform", platform)
    found = voice.find()
    assert found is not None
    assert found.name == best


@posix
@pytest.mark.parametrize(
    ("kind", "program", "female", "male"),
    [
        (Espeak, "espeak-ng", "en-us+f3", "en-us+m3"),
        (Flite, "flite", "slt", "rms"),
        (Say, "say", "Samantha", "Fred"),
        (WindowsSpeech, "powershell.exe", "female", "male"),
    ],
)
def test_each_program_gets_the_text_whole_and_the_voice_asked_for(
    programs: Path, tmp_path: Path, kind: type[Espeak], program: str, female: str, male: str
) -> None:
    install(programs, program)
    synthesiser = kind.find()
    assert synthesiser is not None
    for gender in ("female", "male"):
        synthesiser.render(LINE, gender, tmp_path / f"{gender}.wav")
        assert soundfile.info(tmp_path / f"{gender}.wav").frames == 800
    (first, said, asked), (second, _, asked_then) = calls(programs)
    assert said == LINE
    assert not any("id" in argument and "$(" in argument for argument in first)
    assert female in (*first, asked)
    assert male in (*second, asked_then)
    assert {path.name for path in tmp_path.iterdir()} == {"bin", "female.wav", "male.wav"}


@posix
def test_a_line_is_rendered_once_for_each_voice(programs: Path, tmp_path: Path) -> None:
    install(programs, "espeak-ng")
    cache = tmp_path / "cache"
    first = voice.spoken("Good morning.", "female", cache)
    assert first is not None
    assert soundfile.info(first).frames == 800
    assert voice.spoken("Good  morning.", "female", cache) == first
    assert len(calls(programs)) == 1
    other = voice.spoken("Good morning.", "male", cache)
    assert other not in (None, first)
    assert len(list(cache.iterdir())) == 2


@posix
def test_commands_for_the_synthesiser_are_taken_out(programs: Path, tmp_path: Path) -> None:
    install(programs, "espeak-ng")
    voice.spoken("One [[slnc 9000]] two.", "female", tmp_path / "cache")
    assert calls(programs)[0][1] == "One slnc 9000 two."


@posix
@pytest.mark.parametrize(
    "body",
    [
        "sys.exit('no voice')",
        "",
        SPEAKS.replace("shutil.copy", "(lambda _, wav: open(wav, 'wb').close())"),
        SPEAKS.replace("shutil.copy", "(lambda _, wav: open(wav, 'wb').write(b'RIFF'))"),
    ],
    ids=["fails", "writes nothing", "writes 0 bytes", "writes rubbish"],
)
def test_a_synthesiser_that_fails_leaves_no_file(programs: Path, tmp_path: Path, body: str) -> None:
    install(programs, "espeak-ng", body)
    assert voice.spoken(LINE, "female", tmp_path / "cache") is None
    assert list((tmp_path / "cache").iterdir()) == []


@posix
def test_a_synthesiser_that_hangs_is_given_up(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(programs, "espeak-ng", "import time; time.sleep(60)")
    monkeypatch.setattr("models.synthesisers._TIMEOUT", 0.5)
    assert voice.spoken(LINE, "female", tmp_path / "cache") is None


@posix
def test_what_the_program_said_is_in_the_error(programs: Path, tmp_path: Path) -> None:
    install(programs, "espeak-ng", "sys.exit('no such voice')")
    found = Espeak.find()
    assert found is not None
    with pytest.raises(VoiceError, match="no such voice"):
        found.render(LINE, "female", tmp_path / "x.wav")


def test_a_cache_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    if voice.find() is None:
        pytest.skip("this machine has no synthesiser")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert voice.spoken(LINE, "female", tmp_path / "file" / "cache") is None


@posix
def test_nothing_to_say_makes_no_file(programs: Path, tmp_path: Path) -> None:
    install(programs, "espeak-ng")
    assert voice.spoken(" \n", "female", tmp_path / "cache") is None
    assert calls(programs) == []


@pytest.mark.parametrize("kind", [Espeak, Flite, Say, WindowsSpeech])
def test_the_real_program_speaks_in_two_voices(tmp_path: Path, kind: type[Espeak]) -> None:
    synthesiser = kind.find()
    if synthesiser is None:
        pytest.skip(f"{kind.programs[0]} is not on this machine")
    lengths = []
    for gender in ("female", "male"):
        synthesiser.render("Twenty percent is twenty percent.", gender, tmp_path / f"{gender}.wav")
        lengths.append(soundfile.info(tmp_path / f"{gender}.wav").duration)
    assert all(1.0 < length < 5.0 for length in lengths)
    assert (tmp_path / "female.wav").read_bytes() != (tmp_path / "male.wav").read_bytes()
