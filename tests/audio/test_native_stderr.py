import os
import sys
import threading
from pathlib import Path

import pytest

from tests.audio.child import run_python
from trainer.audio.native_stderr import silenced

APART = """
import os, sys
from pathlib import Path
from trainer.audio.native_stderr import screen_apart, silenced
log = Path(sys.argv[1])
os.dup2(1, 2)  # the terminal
with screen_apart(log):
    os.write(2, b"from a native library\\n")
    with silenced():
        os.write(2, b"from another\\n")
    print("screen", file=sys.stderr)
    print("screen too", file=sys.__stderr__, flush=True)
os.write(2, b"put back\\n")
print("put back too", file=sys.stderr, flush=True)
"""


def native(text: str) -> None:
    os.write(2, text.encode())


def test_native_libraries_are_silenced_and_heard_again(capfd: pytest.CaptureFixture[str]) -> None:
    with silenced():
        native("inside")
        with silenced():
            native("deeper")
        native("still inside")
    native("outside")
    assert capfd.readouterr().err == "outside"


def test_it_is_silent_until_the_last_thread_is_out(capfd: pytest.CaptureFixture[str]) -> None:
    entered, leave = threading.Event(), threading.Event()

    def other() -> None:
        with silenced():
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with silenced():
        thread.start()
        entered.wait(10)
    native("one is left")
    leave.set()
    thread.join()
    native("none is left")
    assert capfd.readouterr().err == "none is left"


def test_it_is_heard_again_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError), silenced():
        raise KeyError
    native("outside")
    assert capfd.readouterr().err == "outside"


def test_a_full_screen_program_keeps_the_terminal_and_the_log_gets_the_rest(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "native.log"
    screen = run_python(APART, log)
    assert screen.splitlines() == ["screen", "screen too", "put back", "put back too"]
    assert log.read_text(encoding="utf-8") == "from a native library\nfrom another\n"
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o777 == 0o600
