"""A hub on this machine's loopback: the three requests of a fetch, and the ways they go wrong."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

REVISION = "0123456789abcdef0123456789abcdef01234567"
LARGE = "model.bin"


@dataclass
class Hub:
    """What the hub holds and how it behaves; `asked` is every path with its Range header."""

    files: dict[str, bytes]
    url: str = ""
    cut_after: list[int] = field(default_factory=list)
    """The bytes that each next answer with the large file stops after; an empty list is a good line."""
    knows_ranges: bool = True
    status: int = 200
    asked: list[tuple[str, str]] = field(default_factory=list)

    def listing(self) -> dict[str, object]:
        """What the hub says of a repository."""
        return {"id": "a/model", "sha": REVISION, "siblings": [self._sibling(name) for name in self.files]}

    def _sibling(self, name: str) -> dict[str, object]:
        content = self.files[name]
        told: dict[str, object] = {"rfilename": name, "size": len(content)}
        if name == LARGE:
            digest = hashlib.sha256(content).hexdigest()
            return {
                **told,
                "blobId": "0" * 40,
                "lfs": {"sha256": digest, "size": len(content), "pointerSize": 130},
            }
        blob = hashlib.sha1(f"blob {len(content)}\0".encode() + content, usedforsecurity=False)
        return {**told, "blobId": blob.hexdigest()}

    def ranges_of(self, name: str) -> list[str]:
        """The Range headers that were sent for one file."""
        return [given for path, given in self.asked if path.endswith(f"/stored/{name}")]


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[Hub]:
    """A hub with one repository, whatever it is called."""
    hub = Hub(files)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            hub.asked.append((path, self.headers.get("Range", "")))
            if hub.status != 200:
                self._answer(hub.status, b"")
            elif path.startswith("/api/models/"):
                self._answer(200, json.dumps(hub.listing()).encode())
            elif "/resolve/" in path:  # as the real one does with large files
                self._answer(302, b"", Location=f"/stored/{path.rsplit('/', 1)[1]}")
            else:
                self._send(path.rsplit("/", 1)[1])

        def _send(self, name: str) -> None:
            content = hub.files[name]
            start = 0
            if hub.knows_ranges and (given := self.headers.get("Range")):
                start = int(given.removeprefix("bytes=").rstrip("-"))
            rest = content[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            if name == LARGE and hub.cut_after:
                self.wfile.write(rest[: hub.cut_after.pop(0)])
                self.close_connection = True
            else:
                self.wfile.write(rest)

        def _answer(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the test's screen."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is part of the play."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
