from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_index_address_in_the_constraints() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert all("==" in line for line in text.splitlines() if line.strip())
