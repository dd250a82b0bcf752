"""What is asked of `forge`, and what it says."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote


@dataclass
class Asked:
    """A request to the API."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    login: str | None = None

    @property
    def parts(self) -> list[str]:
        return [unquote(part) for part in self.path.strip("/").split("/")]

    @property
    def repository(self) -> str | None:
        parts = self.parts
        return "/".join(parts[1:3]) if parts[0] == "repos" and len(parts) > 2 else None

    @property
    def about(self) -> list[str]:
        """The path below the repository."""
        return self.parts[3:] if self.parts[0] == "repos" else []

    @property
    def said(self) -> Any:
        is_json = "json" in self.headers.get("Content-Type", "json")  # files of releases are not
        return json.loads(self.body) if self.body and is_json else {}

    @property
    def token(self) -> str:
        return self.headers.get("Authorization", "").partition(" ")[2]


@dataclass
class Said:
    """An answer of the API."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def no(status: int, message: str, *errors: Any) -> Said:
    """A refusal, as GitHub words it."""
    more = {"errors": list(errors)} if errors else {}
    return Said(status, {"message": message, **more, "documentation_url": "https://docs.github.com/rest"})
