"""A short form of `python -m benchmarks.soak`: what hours of use may not leave behind."""

import tempfile
from pathlib import Path

import pytest

from tests.lost.using import QuickRecogniser, Rep, held

PRACTICES = 2


async def test_practices_leave_no_thread_no_open_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    async with Rep(tmp_path, 1, QuickRecogniser()).at_work() as rep:
        await rep.practise()
        await rep.at_home()
        before = held(tmp_path)
        for _ in range(PRACTICES):
            await rep.practise()
        await rep.at_home()
        after = held(tmp_path)
    assert after.threads <= before.threads
    # What other tests of this process left running opens one now and then; a leak is one a practice.
    assert after.descriptors < before.descriptors + PRACTICES
    assert after.strays == ()
