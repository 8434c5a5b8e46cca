"""The `trainer` command, and how each use of it ends.

Exit 0: done. 1: it failed for a cause that is named. 2: bad use or bad input. 130: stopped by Ctrl-C.
"""

import os
import sys
import traceback


def main(arguments: list[str] | None = None) -> int:
    """The `trainer` command; returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # A console that can't show a character shows "?" instead of failing on it.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    debug = "--debug" in given
    try:
        return _run([argument for argument in given if argument != "--debug"])
    except KeyboardInterrupt:
        return _fail("Stopped. What was recorded is kept.", 130, debug)
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 -- the one place where a failure becomes a line and a code
        code = getattr(error, "exit_code", None)
        if code is not None:
            return _fail(str(error), code, debug)
        kind = type(error).__name__
        return _fail(f"Unexpected {kind}: {error}. `trainer --debug …` shows where.", 1, debug)


def _run(given: list[str]) -> int:
    if given:
        from trainer.commands.tree import run

        return run(given)
    # The app opens without the command line's library: that alone is a quarter of the wait.
    from trainer.commands.opening import open_app

    open_app()
    return 0


def _fail(line: str, code: int, debug: bool) -> int:
    if debug and sys.exc_info()[0] is not None:
        traceback.print_exc()
    sys.stderr.write(" ".join(line.split()) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
