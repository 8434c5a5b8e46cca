"""The brief as people open it. Skipped where there is no Chromium (Debian: apt-get install chromium)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.chromium import Page, browsing, program

CHROMIUM = program()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
LOOKS = [(width, scheme) for width in (360, 1400) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def file(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("page") / "brief.html"
    found.write_text(page, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    assert CHROMIUM is not None
    with browsing(CHROMIUM, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def shown(request: pytest.FixtureRequest, browser: Page, file: Path) -> Page:
    width, scheme = request.param
    browser.open(file.as_uri(), width=width, scheme=scheme)
    return browser


def test_nothing_complains_and_no_request_leaves_the_file(shown: Page, file: Path) -> None:
    assert shown.told("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown") == []
    asked = {one["request"]["url"].split("#")[0] for one in shown.told("Network.requestWillBeSent")}
    assert file.as_uri() in asked
    assert all(url == file.as_uri() or url.startswith("data:") for url in asked)


def test_nothing_is_wider_than_the_window(shown: Page) -> None:
    width, reach = shown.run(
        "[innerWidth, Math.max(...[...document.querySelectorAll('body *')]"
        ".map(one => one.getBoundingClientRect().right))]"
    )
    assert reach <= width
    assert shown.run("document.documentElement.scrollWidth") == width


def test_the_charts_are_drawn(shown: Page) -> None:
    boxes: list[dict[str, Any]] = shown.run(
        "[...document.querySelectorAll('svg')].filter(one => one.checkVisibility()).map(one => "
        "({width: one.getBoundingClientRect().width, marks: one.querySelectorAll('rect, circle').length}))"
    )
    assert len(boxes) == 11  # eight criteria, the scores, the own marks, one measure
    assert all(box["width"] > 60 and box["marks"] for box in boxes)


def test_letters_stand_out_from_their_ground(shown: Page) -> None:
    faint = shown.run(f"({CONTRAST})()")
    assert faint["looked"] > 40
    assert faint["below"] == []


def test_the_recording_plays_from_the_second_of_the_evidence(browser: Page, file: Path) -> None:
    browser.open(file.as_uri(), width=1400)
    begun, played, error = browser.run("""
        (async () => {
            const sound = document.querySelector('audio');
            if (sound.readyState < 1) await new Promise(on => sound.onloadedmetadata = sound.onerror = on);
            const begun = sound.currentTime;
            await sound.play();
            await new Promise(on => sound.ontimeupdate = () => sound.currentTime > begun + 0.2 && on());
            return [begun, sound.currentTime, sound.error && sound.error.message];
        })()""")
    wanted = browser.run("Number(document.querySelector('audio').src.split('#t=')[1])")
    assert error is None
    assert begun == pytest.approx(wanted, abs=0.05)
    assert played > begun


def test_on_paper_it_is_one_page(browser: Page, file: Path) -> None:
    import base64
    import re

    browser.open(file.as_uri(), width=1400, scheme="dark")
    paper = browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    assert len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(paper["data"]))) == 1
