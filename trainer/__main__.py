"""The `trainer` command, and how each use of it ends.

Exit 0: done. 1: it failed for a cause that is named. 2: bad use or bad input. 130: stopped by Ctrl-C.
"""

import io
import os
import sys
import traceback


def main(arguments: list[str] | None = None) -> int:
    """The `trainer` command; returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # A console that can't show a character shows "?" instead of failing on it.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    debug = "--debug" in given
    try:
        _open_streams()
        return _run([argument for argument in given if argument != "--debug"])
    except KeyboardInterrupt:
        return _fail("Stopped. What was recorded is kept.", 130, debug)
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        return _fail(f"{what}{error.strerror or error}.", 1, debug)
    except Exception as error:  # noqa: BLE001 -- the one place where a failure becomes a line and a code
        if (known := getattr(error, "exit_code", None)) is not None:
            return _fail(str(error), known, debug)
        from trainer.errors import command

        kind = type(error).__name__
        return _fail(f"Unexpected {kind}: {error}. `{command('--debug …')}` shows where.", 1, debug)


def _run(given: list[str]) -> int:
    if given:
        from trainer.commands.tree import run

        code = run(given)
        sys.stdout.flush()  # a full disk shows here, not in the interpreter's last breath
        return code
    # The app opens without the command line's library: that alone is a quarter of the wait.
    from trainer.commands.opening import open_app

    open_app()
    return 0


def _open_streams() -> None:
    """A stream that was closed before the start leads nowhere instead of failing at its first use."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 -- open for as long as we run
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _fail(line: str, code: int, debug: bool) -> int:
    if debug and sys.exc_info()[0] is not None:
        traceback.print_exc()
    sys.stderr.write(" ".join(line.split()) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
