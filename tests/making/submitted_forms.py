"""Issue forms as GitHub shows and sends them: what people type into one becomes the body of an issue."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FORMS = Path(__file__).parent.parent.parent / ".github/ISSUE_TEMPLATE"
REMOVAL = "remove-model"
ADD, CHANGE, REMOVE = "Add a model", "Change a model", "Remove a model"
TAKEN_OUT = "(remove)"


@cache
def form(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FORMS / f"{name}.yml").read_bytes())
    return found


def elements(name: str) -> list[dict[str, Any]]:
    return [one for one in form(name)["body"] if one["type"] != "markdown"]


def labels(name: str) -> list[str]:
    return [one["attributes"]["label"] for one in elements(name)]


def submitted(name: str, answers: Mapping[str, str]) -> str:
    """The body that GitHub makes of the answers to a form, by id of the element."""
    known = {one["id"] for one in elements(name)}
    assert answers.keys() <= known, answers.keys() - known
    return (
        "\n\n".join(f"### {one['attributes']['label']}\n\n{_rendered(one, answers)}" for one in elements(name)) + "\n"
    )


def _rendered(element: dict[str, Any], answers: Mapping[str, str]) -> str:
    attributes = element["attributes"]
    chosen = attributes["options"][attributes["default"]] if "default" in attributes else ""
    answer = answers.get(element["id"], chosen)
    if not answer:
        return "_No response_"
    return f"```{attributes['render']}\n{answer}\n```" if "render" in attributes else answer


def answers_of(document: Mapping[str, Any]) -> dict[str, str]:
    """What somebody types who wants a record to be this."""
    return dict(_answer(key, value) for key, value in document.items())


def _answer(key: str, value: Any) -> tuple[str, str]:
    match value:
        case {"download": list(downloads)}:
            return "config_download", "\n".join(map(_file, downloads))
        case dict():
            return key, "\n".join(f"{one}: {json.dumps(said)}" for one, said in value.items())
        case list():
            return key, "\n".join(value)
        case bool():
            return key, "yes" if value else "no"
    return key, str(value)


def _file(download: Mapping[str, Any]) -> str:
    usual = ("file_name", "file_url", "sha256sum", "size_bytes")
    more = [f"{key}={_answer(key, value)[1]}" for key, value in download.items() if key not in usual]
    return " | ".join([*(str(download.get(key, "")) for key in usual), *more])


def proposal(category: str, document: Mapping[str, Any], operation: str = ADD, **more: str) -> str:
    """The body of an issue that proposes this."""
    return submitted(f"propose-{category}", {"operation": operation, **answers_of(document), **more})


def removal(category: str, name: str, reason: str = "The author took it down.", **more: str) -> str:
    answers = {"category": category, "name": name, "withdrawn_reason": reason}
    return submitted(REMOVAL, {**answers, **{f"withdrawn_{key}": value for key, value in more.items()}})
