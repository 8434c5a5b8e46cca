"""A short form of `python -m benchmarks.soak`: what hours of use may not leave behind."""

import tempfile
from pathlib import Path

import pytest

from tests.lost.using import QuickRecogniser, Rep, held


async def test_practices_leave_no_thread_no_open_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    async with Rep(tmp_path, 1, QuickRecogniser()).at_work() as rep:
        await rep.practise()
        await rep.at_home()
        before = held(tmp_path)
        for _ in range(2):
            await rep.practise()
        await rep.at_home()
        after = held(tmp_path)
    assert after.threads <= before.threads
    assert after.descriptors <= before.descriptors
    assert after.strays == ()
