"""The files through which a step speaks to its run: outputs, environment, PATH, summary."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE")
_MEBIBYTE = 1024 * 1024


class InvalidFile(ValueError):
    """GitHub fails the step that wrote it."""


@dataclass(frozen=True)
class Exchange:
    """The files of one step."""

    folder: Path

    def made(self) -> dict[str, str]:
        """Empty files; returns where they are, by name in the environment."""
        self.folder.mkdir(parents=True)
        for name in _FILES:
            (self.folder / name).touch()
        return {name: str(self.folder / name) for name in _FILES}

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8", errors="replace")

    def pairs(self, name: str) -> dict[str, str]:
        return pairs_in(self.text(name))

    def environment(self) -> dict[str, str]:
        stated = self.pairs("GITHUB_ENV")
        if "NODE_OPTIONS" in stated:
            raise InvalidFile("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
        return {key: value for key, value in stated.items() if not key.startswith(("GITHUB_", "RUNNER_"))}

    def path(self) -> list[str]:
        return [line for line in self.text("GITHUB_PATH").splitlines() if line]

    def summary(self) -> str:
        said = self.text("GITHUB_STEP_SUMMARY")
        if len(said.encode()) > _MEBIBYTE:
            raise InvalidFile("$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k")
        return said


def pairs_in(text: str) -> dict[str, str]:
    """`name=value` in a line, or `name<<END`, lines, `END`."""
    pairs = {}
    lines = iter(text.split("\n"))
    for line in lines:
        stripped = line.removesuffix("\r")
        name, sign, value = _split(stripped)
        if sign:
            pairs[name] = value if sign == "=" else _until(value, lines)
        elif stripped:
            raise InvalidFile(f"Invalid format '{line}'")
    return pairs


def _split(line: str) -> tuple[str, str, str]:
    """At whichever sign comes first."""
    equals, heredoc = line.find("="), line.find("<<")
    sign = "<<" if heredoc >= 0 and (equals < 0 or heredoc < equals) else "="
    name, found, value = line.partition(sign)
    if (found and not name) or (found == "<<" and not value):
        raise InvalidFile(f"Invalid format '{line}'")
    return name, found, value


def _until(end: str, lines: Iterator[str]) -> str:
    said: list[str] = []
    for line in lines:
        if line.removesuffix("\r") == end:
            return "\n".join(said)
        said.append(line)
    raise InvalidFile(f"Invalid value. Matching delimiter not found '{end}'")
