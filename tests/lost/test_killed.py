"""A short form of `python -m benchmarks.kills`: killed while it records, keeps, hears, scores or saves."""

from pathlib import Path

from tests.lost.killing import MAY_BE_LOST, Rep

KILLS = 12


def test_a_killed_practice_loses_half_a_second_of_one_take_at_most(tmp_path: Path) -> None:
    rep = Rep(tmp_path, seed=3)
    found = [rep.killed() for _ in range(KILLS)]  # each looks at everything that was ever told
    assert len({one.stage for one in found}) >= 3
    assert sum(one.replies for one in found)
    assert max(one.lost or 0.0 for one in found) <= MAY_BE_LOST
    assert all(one.offered for one in found)
