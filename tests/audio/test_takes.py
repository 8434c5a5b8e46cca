import hashlib
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.child import environment, python, run_python
from tests.audio.fakes import speech
from trainer.audio import takes
from trainer.audio.errors import AudioError, TakeError
from trainer.audio.takes import TakeWriter, kept_take, recover
from trainer.errors import TrainerError

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


def left_over(folder: Path, take_id: str, data: bytes) -> Path:
    """What a killed process leaves: raw samples that nobody holds a lock on."""
    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / f"{take_id}.raw"
    raw.write_bytes(data)
    return raw


def test_a_take_is_on_disk_before_write_returns(tmp_path: Path) -> None:
    take = TakeWriter(tmp_path, "t")
    said = speech(0.1)
    take.write(said[:512])
    take.write(said[512:])
    assert (tmp_path / "t.raw").read_bytes() == said.astype("<i2").tobytes()
    assert take.seconds == 0.1


def test_a_whole_take_is_flac_and_the_raw_samples_are_gone(tmp_path: Path) -> None:
    take, said = TakeWriter(tmp_path, "t"), speech(1.5)
    take.write(said)
    kept = take.finish()
    samples, rate = soundfile.read(kept.file, dtype="int16")
    assert np.array_equal(samples, said)
    assert rate == 16_000
    assert (kept.id, kept.file, kept.seconds) == ("t", tmp_path / "t.flac", 1.5)
    assert kept.sha256 == hashlib.sha256(kept.file.read_bytes()).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["t.flac"]


def test_a_kept_take_is_told_again_from_its_file(tmp_path: Path) -> None:
    take = TakeWriter(tmp_path, "t")
    take.write(speech(1.0))
    kept = take.finish()
    assert kept_take(kept.file) == kept
    with pytest.raises(AudioError, match=r"nothing\.flac"):
        kept_take(tmp_path / "nothing.flac")


@posix
def test_takes_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "takes" / "attempt"
    take = TakeWriter(folder, "t")
    assert stat.S_IMODE(take.raw.stat().st_mode) == 0o600
    take.write(speech(0.1))
    assert stat.S_IMODE(take.finish().file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_a_take_never_replaces_another(tmp_path: Path) -> None:
    first = TakeWriter(tmp_path, "t")
    first.write(speech(0.2))
    with pytest.raises(TakeError, match="one of that name"):
        TakeWriter(tmp_path, "t")
    kept = first.finish()
    with pytest.raises(TakeError, match="one of that name"):
        TakeWriter(tmp_path, "t")
    assert kept_take(kept.file) == kept


def test_nothing_said_is_no_take(tmp_path: Path) -> None:
    take = TakeWriter(tmp_path, "t")
    with pytest.raises(TakeError, match="Nothing was recorded"):
        take.finish()
    assert not list(tmp_path.iterdir())


def test_abandoning_never_removes_what_was_said(tmp_path: Path) -> None:
    take = TakeWriter(tmp_path, "t")
    take.write(speech(0.2))
    take.abandon()
    assert recover(tmp_path)[0].seconds == 0.2


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TakeError, match="file"):
        TakeWriter(tmp_path / "file" / "takes", "t")


def test_leftovers_become_kept_takes_oldest_first(tmp_path: Path) -> None:
    said = speech(1.0)
    old = left_over(tmp_path / "a", "old", said.tobytes())
    left_over(tmp_path / "b", "new", said[:8000].tobytes() + b"\x01")  # killed within a sample
    os.utime(old, (1, 1))
    kept = recover(tmp_path)
    assert [(take.file, take.seconds) for take in kept] == [
        (tmp_path / "a" / "old.flac", 1.0),
        (tmp_path / "b" / "new.flac", 0.5),
    ]
    assert np.array_equal(soundfile.read(kept[0].file, dtype="int16")[0], said)
    assert not list(tmp_path.rglob("*.raw"))
    assert recover(tmp_path) == []


def test_a_process_killed_between_the_flac_and_the_raw_leaves_one_take(tmp_path: Path) -> None:
    said = speech(0.5)
    left_over(tmp_path, "t", said.tobytes())
    soundfile.write(tmp_path / "t.flac", said, 16_000)
    (tmp_path / "t.flac.new").write_bytes(b"half a file")
    assert [take.seconds for take in recover(tmp_path)] == [0.5]
    assert [path.name for path in tmp_path.iterdir()] == ["t.flac"]


def test_a_take_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    take, said = TakeWriter(tmp_path, "t"), speech(0.4)
    take.write(said[:3200])
    assert recover(tmp_path) == []
    take.write(said[3200:])
    assert take.finish().seconds == 0.4


WRITER = """
import sys
from pathlib import Path
from tests.audio.fakes import speech
from trainer.audio.takes import TakeWriter
take = TakeWriter(Path(sys.argv[1]), "t")
take.write(speech(0.5))
print("spoken", flush=True)
sys.stdin.read()
print(take.finish().seconds)
"""


def test_a_take_that_another_process_writes_is_left_alone(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        python(WRITER, tmp_path), env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with writer:
        assert writer.stdout
        assert writer.stdout.readline() == "spoken\n"
        assert recover(tmp_path) == []
        assert writer.communicate()[0] == "0.5\n"
    assert recover(tmp_path, known={"t"}) == []


def test_an_empty_leftover_is_taken_away_once_it_is_old(tmp_path: Path) -> None:
    raw = left_over(tmp_path, "t", b"")
    assert recover(tmp_path) == []
    assert raw.exists()  # it may be about to be written to
    os.utime(raw, (time.time() - 2 * takes.EMPTY_FOR,) * 2)
    assert recover(tmp_path) == []
    assert not raw.exists()


def test_recovery_goes_on_after_a_take_that_cannot_be_kept(tmp_path: Path) -> None:
    left_over(tmp_path, "a", speech(0.2).tobytes())
    left_over(tmp_path, "b", speech(0.2).tobytes())
    (tmp_path / "a.flac").mkdir()  # a name that can't be replaced
    trouble: list[TrainerError] = []
    assert [take.id for take in recover(tmp_path, on_trouble=trouble.append)] == ["b"]
    assert "a.raw" in str(trouble[0])
    assert (tmp_path / "a.raw").exists()


def test_a_kept_take_that_nobody_noted_is_found(tmp_path: Path) -> None:
    for take_id in ("noted", "not noted"):
        take = TakeWriter(tmp_path, take_id)
        take.write(speech(0.2))
        take.finish()
    left_over(tmp_path, "left over", speech(0.3).tobytes())
    found = recover(tmp_path, known={"noted"})
    assert [take.id for take in found] == ["not noted", "left over"]


def test_a_missing_folder_has_nothing_to_recover(tmp_path: Path) -> None:
    assert recover(tmp_path / "takes") == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.audio.fakes import speech
from trainer.audio.errors import TakeError
from trainer.audio.takes import TakeWriter
folder, limit = Path(sys.argv[1]), 64_000
take = TakeWriter(folder, "t")
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
loud = speech(2.5, loudness=1.0)  # noise that FLAC can't make smaller
try:
    for at in range(0, len(loud), 512):
        take.write(loud[at : at + 512])
except TakeError as error:
    print("write:", error)
try:
    take.finish()
except TakeError as error:
    print("finish:", error)
print(take.raw.stat().st_size, (folder / "t.flac").exists())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print("room again:", take.finish().seconds)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes to stand for a full disk")
def test_when_the_disk_takes_no_more_what_was_said_stays_and_can_be_kept_later(tmp_path: Path) -> None:
    lines = run_python(FULL_DISK, tmp_path).splitlines()
    assert lines[0].startswith("write:")
    assert "make room" in lines[0]
    assert "2.0 s up to here are kept" in lines[0]
    assert lines[1].startswith("finish:")
    assert "t.raw" in lines[1]
    assert lines[2:] == ["64000 False", "room again: 2.0"]


def test_an_old_empty_take_that_is_being_opened_is_left_alone(tmp_path: Path) -> None:
    """As when the clock jumps while a microphone wakes up."""
    writer = TakeWriter(tmp_path, "a")
    os.utime(writer.raw, (0, 0))
    assert recover(tmp_path) == []
    writer.write(speech(0.2))
    assert writer.finish().seconds == pytest.approx(0.2)


def test_a_kept_take_that_cannot_be_read_keeps_nothing_back(tmp_path: Path) -> None:
    (tmp_path / "a.flac").write_bytes(b"not a recording")
    left_over(tmp_path, "b", speech(0.2).tobytes())
    trouble: list[TrainerError] = []
    assert [take.id for take in recover(tmp_path, known=[], on_trouble=trouble.append)] == ["b"]
    assert "a.flac" in str(trouble[0])
