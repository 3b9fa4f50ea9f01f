"""A light browser for many learners in one process: one kept connection each, cookies, no pictures, no scripts."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 30.0  # seconds until a reply counts as lost


@dataclass
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Noted:
    """What one request was and how it went; status 0: no answer."""

    kind: str
    seconds: float
    status: int
    size: int


@dataclass
class Browser:
    """One learner's browser. Every request is written into `notes`, which all browsers of a room share."""

    port: int
    notes: list[Noted]
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, kind: str = "page", headers: dict[str, str] | None = None) -> Reply:
        return await self.request("GET", path, kind, headers=headers)

    async def post(self, path: str, form: str, kind: str = "page") -> Reply:
        return await self.request("POST", path, kind, form.encode(), "application/x-www-form-urlencoded")

    async def send_json(self, method: str, path: str, data: Any, kind: str) -> Reply:
        return await self.request(
            method, path, kind, json.dumps(data).encode(), "application/json", {"Accept": "application/json"}
        )

    async def request(
        self, method: str, path: str, kind: str, body: bytes = b"", content_type: str = "",
        headers: dict[str, str] | None = None,
    ) -> Reply:  # fmt: skip
        """One request. Raises OSError where there is no answer within `PATIENCE`."""
        began = time.perf_counter()
        status, size, left = 0, 0, False
        try:
            message = self._message(method, path, body, content_type, headers or {})
            reply = await asyncio.wait_for(self._exchange(message), PATIENCE)
            status, size = reply.status, len(reply.body)
            return reply
        except (TimeoutError, asyncio.IncompleteReadError, ValueError) as problem:
            self.close()
            raise OSError(str(problem)) from problem
        except OSError:
            self.close()
            raise
        except asyncio.CancelledError:
            left = True  # the page was left: nobody waits for this answer
            self.close()
            raise
        finally:
            if not left:
                self.notes.append(Noted(kind, time.perf_counter() - began, status, size))

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None

    def _message(self, method: str, path: str, body: bytes, content_type: str, more: dict[str, str]) -> bytes:
        headers = {
            "Host": f"127.0.0.1:{self.port}", "Accept": "text/html", "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }  # fmt: skip
        if method != "GET":
            headers |= {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Content-Length": str(len(body))}
            headers |= {"Content-Type": content_type} if content_type else {}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in (headers | more).items())]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def _exchange(self, message: bytes) -> Reply:
        """On the kept connection; one that the server has closed meanwhile is opened again, as a browser does."""
        if self._streams:
            try:
                return await self._once(message)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
        self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._once(message)

    async def _once(self, message: bytes) -> Reply:
        assert self._streams
        reader, writer = self._streams
        writer.write(message)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        headers = [
            (name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in head[1:-2])
        ]
        reply = Reply(status, headers, b"")
        reply.body = await self._body(reader, reply)
        if reply.header("connection") == "close":
            self.close()
        self._keep_cookies(reply)
        return reply

    async def _body(self, reader: asyncio.StreamReader, reply: Reply) -> bytes:
        if reply.header("transfer-encoding") == "chunked":
            parts = []
            while size := int(await reader.readline(), 16):
                parts.append((await reader.readexactly(size + 2))[:-2])
            await reader.readline()
            return b"".join(parts)
        return await reader.readexactly(int(reply.header("content-length") or 0))

    def _keep_cookies(self, reply: Reply) -> None:
        for name, value in reply.headers:
            if name == "set-cookie":
                cookie, _semicolon, attributes = value.partition(";")
                key, _equals, content = cookie.partition("=")
                if "Max-Age=0" in attributes or "max-age=0" in attributes:
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = content.strip('"')
