"""Findings in words: for a terminal, for programs, as annotations of a GitHub workflow."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import click

from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS
from horde_reference.finding import Finding, Severity, has_errors

FINDING_FORMATS: Final = ("text", "json", "github")


def findings(found: Sequence[Finding], form: str, **facts: Any) -> int:  # noqa: ANN401 - any JSON values
    """Print findings, and with `json` the facts beside them; returns the exit code that they call for."""
    _PRINTERS[form](found, facts)
    return EXIT_FINDINGS if has_errors(found) else EXIT_CLEAN


def _as_text(found: Sequence[Finding], _facts: Mapping[str, Any]) -> None:
    for finding in found:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        colour = "red" if finding.severity is Severity.ERROR else "yellow"
        head = f"[{finding.rule}] {finding.pointer}".rstrip()
        click.echo(f"{visible(place)}: {click.style(finding.severity, fg=colour)} {visible(head)}")
        fix = (
            " (horde-reference fix can do it)" if finding.fixable and "horde-reference fix" not in finding.hint else ""
        )
        click.echo(f"    {visible(f'{finding.message} {finding.hint}{fix}'.rstrip())}")
    click.echo(_summary(found))


def _summary(found: Sequence[Finding]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    fixable = sum(finding.fixable for finding in found)
    text = f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}"
    return f"{text}; {fixable} can be mended by horde-reference fix." if fixable else f"{text}."


def counted(number: int, noun: str) -> str:
    """So many of a thing."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _as_json(found: Sequence[Finding], facts: Mapping[str, Any]) -> None:
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    summary = {"errors": errors, "warnings": len(found) - errors}
    click.echo(json.dumps({"findings": [one.as_json() for one in found], "summary": summary, **facts}, indent=2))


def _as_github(found: Sequence[Finding], _facts: Mapping[str, Any]) -> None:
    for finding in found:
        place = {"file": finding.path, "line": str(finding.line or 1), "title": finding.rule}
        properties = ",".join(f"{key}={_escaped(value, property_=True)}" for key, value in place.items())
        click.echo(f"::{finding.severity} {properties}::{_escaped(_annotation(finding))}")
    click.echo(_summary(found))


def _annotation(finding: Finding) -> str:
    return f"{finding.pointer} {finding.message} {finding.hint}".strip()


def visible(text: str) -> str:
    """Text that cannot begin a line of its own or command a terminal, whatever a record holds."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _escaped(text: str, *, property_: bool = False) -> str:
    """Text as GitHub's workflow commands take it: what would end the command is encoded."""
    pairs = {"%": "%25", "\r": "%0D", "\n": "%0A"} | ({":": "%3A", ",": "%2C"} if property_ else {})
    return "".join(pairs.get(character, character) for character in text)


_PRINTERS: Final[Mapping[str, Callable[[Sequence[Finding], Mapping[str, Any]], None]]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
}
