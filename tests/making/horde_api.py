"""The AI-Horde's API on loopback: it answers as the real one does, or any part of it misbehaves."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from misbehaving import Asked, Misbehaving, Trick, misbehaving

PARTS = ("image status", "text status", "image stats", "text stats", "image workers", "text workers")


def row(name: str, domain: str = "image", **stated: Any) -> dict[str, Any]:
    """A row of a status."""
    said = {"performance": 1.5, "queued": 100, "jobs": 2, "eta": 30, "type": domain, "name": name, "count": 3}
    return said | stated


def worker(name: str, **stated: Any) -> dict[str, Any]:
    """A row of the workers."""
    said = {"name": name, "id": f"id of {name}", "online": True, "trusted": False, "maintenance_mode": False}
    return said | {"threads": 1, "models": ["Deliberate"]} | stated


def small_answers() -> dict[str, Any]:
    """What a small AI-Horde has to say. Names that begin with custom are not in its reference."""
    return {
        "image status": [row("Deliberate"), row("custom merge", count=1)],
        "text status": [row("koboldcpp/L3-8B", "text", queued=0, eta=0)],
        "image stats": {
            "day": {"Deliberate": 7, "custom merge": 1},
            "month": {"Deliberate": 200, "custom merge": 4, "Forgotten": 1},
            "total": {"Deliberate": 9000, "custom merge": 4, "Forgotten": 12},
        },
        "text stats": {"day": {"L3-8B": 0}, "month": {"L3-8B": 5}, "total": {"L3-8B": 6}},
        "image workers": [
            worker("Ada's card", trusted=True, threads=2),
            worker("Bob's card", maintenance_mode=True),
            worker("Eve's card", online=False, threads=8),
        ],
        "text workers": [],
    }


@dataclass
class HordeApi:
    """The API. Set `tricks` to make a part misbehave, or `answers` to have it say something else."""

    server: Misbehaving
    answers: dict[str, Any] = field(default_factory=small_answers)
    tricks: dict[str, Trick] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: Lock = field(default_factory=Lock)

    @property
    def address(self) -> str:
        return f"{self.server.address}/api"

    def says(self, part: str) -> bytes:
        answer = self.answers[part]
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def __call__(self, asked: Asked) -> None:
        # The server closes after each answer. So it says, lest the next question goes where nobody listens.
        asked.protocol_version = "HTTP/1.0"
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            self._answer(asked)
        finally:
            with self.lock:
                self.at_once -= 1

    def _answer(self, asked: Asked) -> None:
        part, query = self._part(asked.path)
        if not part:
            asked.answer(404, b'{"message":"Not Found"}')
            return
        self.asked.append(part)
        if part in self.tricks:
            self.tricks[part](asked)
        else:
            asked.answer(200, self.says(part) if _wants_all(part, query) else b"[]", Content_Type="application/json")

    def _part(self, target: str) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        domain = query.get("type", ["image"])[0]
        found = {
            "/api/v2/status/models": f"{domain} status",
            "/api/v2/workers": f"{domain} workers",
            "/api/v2/stats/img/models": "image stats",
            "/api/v2/stats/text/models": "text stats",
        }
        return found.get(parts.path, ""), query


def _wants_all(part: str, query: dict[str, list[str]]) -> bool:
    """The real API leaves out what is not in the reference, unless it is asked for all."""
    return part.endswith("workers") or query.get("model_state") == ["all"]


@contextmanager
def horde_api(**answers: Any) -> Iterator[HordeApi]:
    with misbehaving({}) as server:
        api = HordeApi(server)
        api.answers |= answers
        server.trick = api
        yield api
