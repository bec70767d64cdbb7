"""The terminal UI in a browser on this machine: textual-serve behind a key, its processes always ended.

textual-serve has no log-in. So it listens on the loopback alone, and whoever asks must bring the key that
this process has printed: other people of the machine and pages of other origins do not have it. Its page is
ours, because theirs fetches a font from another company: that tells who is at work, and is black until it comes.
"""

from __future__ import annotations

import hmac
import os
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server
from typing_extensions import override

HOST = "127.0.0.1"
COOKIE = "baton"
PAGES = Path(__file__).parent / "templates"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing that is not of this machine is fetched, and no other page frames this one."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def why_taken(port: int) -> str | None:
    """Why a port of the loopback cannot be listened on; None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return os.strerror(error.errno) if error.errno else str(error)
    return None


class LocalServer(Server):
    """Serves one command.

    Args:
        command: a shell command that runs the UI; it replaces its shell, so that it can be ended.
        port: on the loopback.
        title: of the page.
        say: a text for the reader, by its message and its values.
        told: is told what to say once it is served.
    """

    def __init__(
        self,
        command: str,
        port: int,
        title: str,
        say: Callable[..., str],
        told: Callable[[str], None],
    ) -> None:
        super().__init__(f"exec {command}", host=HOST, port=port, title=title, templates_path=PAGES)
        self._key = secrets.token_urlsafe(24)
        self._say = say
        self._told = told

    @override
    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        aiohttp_jinja2.get_env(app).globals["say"] = self._say

        @web.middleware
        async def with_key(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._with_key(request, handler)

        async def with_headers(_request: web.Request, answer: web.StreamResponse) -> None:
            answer.headers.update(HEADERS)

        async def script(_request: web.Request) -> web.StreamResponse:
            return web.FileResponse(PAGES / "window.js")

        app.router.add_get("/window.js", script)
        app.middlewares.append(with_key)
        app.on_response_prepare.append(with_headers)
        return app

    async def _with_key(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The key in the address is exchanged for a cookie that no other site can send."""
        given = request.query.get("key")
        if given is not None and hmac.compare_digest(given.encode(), self._key.encode()):
            answer = web.HTTPFound(request.path)
            answer.set_cookie(COOKIE, self._key, httponly=True, samesite="Strict")
            return answer
        kept = request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(kept.encode(), self._key.encode()):
            return web.Response(status=403, text="403")
        return await handler(request)

    @override
    async def on_startup(self, app: web.Application) -> None:
        """The address with the key is told; nobody else learns it."""
        self._told(self._say("serve.address", address=f"{self.public_url}/?key={self._key}"))

    def serve_until_stopped(self) -> None:
        """Serve until Ctrl+C or SIGTERM; no process of a browser's window outlives it."""
        try:
            self.serve()
        finally:
            for process in _children():
                os.kill(process, signal.SIGTERM)


def _children() -> list[int]:
    """The processes that this one has started and that still run, where the system tells."""
    found: list[int] = []
    for listed in Path("/proc/self/task").glob("*/children"):
        found += map(int, listed.read_text(encoding="ascii").split())
    return found
