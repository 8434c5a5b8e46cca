"""The README's picture of a brief's page, made from six made-up weeks: `python docs/make_page_picture.py`.

The practices go through the real session and scorer; the picture is taken by a headless Chromium.
"""

import argparse
import base64
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.coaching.six_weeks import NOW, lived  # noqa: E402 - found from the repository's root
from tests.pages.chromium import browsing, program  # noqa: E402
from trainer.coaching.brief import brief  # noqa: E402
from trainer.pages.html import html  # noqa: E402

WIDTH, HEIGHT = 1200, 1120
"""Pixels: as much of the page as says what it is."""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures" / "page.png")
    to = parser.parse_args().to
    chromium = program()
    if chromium is None:
        parser.error("this needs a Chromium; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        world = lived(folder / "trainer.db", folder / "takes")
        page = folder / "brief.html"
        with world.store:
            page.write_text(html(brief(world.store, world.ana, NOW), world.takes), encoding="utf-8")
        with browsing(chromium, folder / "profile") as browser:
            browser.open(page.as_uri(), width=WIDTH, height=HEIGHT)
            to.write_bytes(base64.b64decode(browser.ask("Page.captureScreenshot")["data"]))


if __name__ == "__main__":
    main()
