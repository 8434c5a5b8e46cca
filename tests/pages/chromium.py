"""A headless Chromium, driven over its own pipe: no server, no port, no other package.

The protocol is the one of DevTools (chromedevtools.github.io/devtools-protocol): JSON documents that end in a
zero byte, to file descriptor 3 of the browser and back from its 4.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30.0
"""Seconds that anything may take."""

WHERE_CHROMIUM_LOOKS = """
import os, sys
high = [os.dup2(int(one), 100 + at, inheritable=False) for at, one in enumerate(sys.argv[1:3])]
os.dup2(high[0], 3)
os.dup2(high[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""What puts the two pipes where they belong, and then becomes Chromium."""

SCHEME = Literal["light", "dark"]


def program() -> str | None:
    """A Chromium on this machine, None where there is none or no pipe to it."""
    if os.name == "nt":
        return None
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@dataclass
class Page:
    """One page; `events` has what it told since it was opened."""

    to: int
    back: int
    session: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    _last: int = 0
    _rest: bytes = b""

    def ask(self, method: str, **params: Any) -> Any:
        """What the browser answers; AssertionError with its words where it refuses."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._last:
            self.events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def until(self, method: str) -> None:
        """Waits for an event."""
        while not any(one.get("method") == method for one in self.events):
            self.events.append(self._next())

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def open(self, address: str, *, width: int, scheme: SCHEME = "light", height: int = 900) -> None:
        """Shows an address in a window of that width."""
        self.events.clear()
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", features=media)
        self.ask("Page.navigate", url=address)
        self.until("Page.loadEventFired")

    def picture(self, to: Path) -> None:
        """The whole page as PNG."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        to.write_bytes(base64.b64decode(shot["data"]))

    def told(self, *methods: str) -> list[dict[str, Any]]:
        """The events of these kinds."""
        return [one["params"] for one in self.events if one.get("method") in methods]

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self.back], [], [], max(0.0, until - time.monotonic()))
            assert ready, "Chromium says nothing"
            more = os.read(self.back, 1 << 20)
            assert more, "Chromium has gone"
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def browsing(chromium: str, profile: Path) -> Iterator[Page]:
    """A page in a browser of its own, without a network."""
    theirs_in, to = os.pipe()
    back, theirs_out = os.pipe()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            WHERE_CHROMIUM_LOOKS,
            str(theirs_in),
            str(theirs_out),
            chromium,
            *_options(profile),
        ],
        pass_fds=(theirs_in, theirs_out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        page = Page(to, back)
        target = page.ask("Target.createTarget", url="about:blank")["targetId"]
        session = page.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page.session = session
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.ask(f"{domain}.enable")
        yield page
    finally:
        process.kill()
        process.wait()
        os.close(to)
        os.close(back)


def _options(profile: Path) -> list[str]:
    return [
        "--headless=new",
        "--remote-debugging-pipe",
        "--no-sandbox",  # in a container there is none to be had; the only page is our own
        "--no-first-run",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--autoplay-policy=no-user-gesture-required",
        "--mute-audio",
        "--hide-scrollbars",
        "--proxy-server=127.0.0.1:9",  # nothing listens there
        f"--user-data-dir={profile}",
    ]
