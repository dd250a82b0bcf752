"""GitHub's official description of its API, and whether requests satisfy it.

Requests are validated here rather than through a proxy: the description is loaded in a fraction of a second, and what
is wrong stands in the test's own words. It is taken more strictly than it is written: words in a query or a body that
it does not know are wrong as well, as they would be misspelt.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
from forge_messages import Asked
from installed import kept, npm_install

OPENAPI = "@octokit/openapi@23.0.2"
_FILE = "api.github.com.json"
_NO_BODY = frozenset({"GET", "DELETE"})


def _install(home: Path) -> "subprocess.CompletedProcess[str]":
    """Of 400 MB that the package has, one file of 13 is kept."""
    done = npm_install(OPENAPI, home)
    if not done.returncode:
        shutil.copy(home / "node_modules/@octokit/openapi/generated" / _FILE, home)
        shutil.rmtree(home / "node_modules")
    return done


@cache
def description() -> dict[str, Any]:
    """The description."""
    found: dict[str, Any] = json.loads((kept(OPENAPI, _install) / _FILE).read_bytes())
    return found


def operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    """The path that the description has for one, and what it says of the method there. Words win over variables."""
    found = [
        (template, said[method.lower()])
        for template, said in description()["paths"].items()
        if method.lower() in said and _pattern(template).fullmatch(path)
    ]
    return min(found, key=lambda one: one[0].count("{"), default=None)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(
        "".join("([^/]+)" if part.startswith("{") else re.escape(part) for part in re.split(r"({\w+})", template))
    )


def example(method: str, template: str, status: str = "200") -> Any:
    """An answer as GitHub's own description shows it."""
    answer = _resolved(description()["paths"][template][method]["responses"][status])
    examples = answer["content"]["application/json"]["examples"]
    shown = _resolved(_resolved(examples.get("default") or next(iter(examples.values())))["value"])
    return shown.get("value", shown) if isinstance(shown, dict) else shown


def faults(asked: Asked) -> list[str]:
    """What is wrong with a request."""
    found = operation(asked.method, asked.path)
    if found is None:
        return [f"{asked.method} {asked.path} is not in GitHub's API"]
    template, said = found
    wrong = [*_headers(asked), *_parameters(asked, template, said), *_body(asked, said)]
    return [f"{asked.method} {asked.path}: {one}" for one in wrong]


def _headers(asked: Asked) -> Iterator[str]:
    headers = {key.lower(): value for key, value in asked.headers.items()}
    if headers.get("accept") != "application/vnd.github+json":
        yield "its Accept is not GitHub's"
    if not headers.get("user-agent") or "python-requests" in headers["user-agent"]:
        yield "its User-Agent does not say who asks"
    if headers.get("x-github-api-version") not in {"2022-11-28", "2026-03-10"}:
        yield "it does not say which version of the API it speaks"


def _parameters(asked: Asked, template: str, said: dict[str, Any]) -> Iterator[str]:
    known = {one["name"]: one for one in map(_resolved, said.get("parameters", []))}
    matched = _pattern(template).fullmatch(asked.path)
    given = dict(zip(re.findall(r"{(\w+)}", template), map(unquote, matched.groups() if matched else ()), strict=True))
    for name, value in {**given, **asked.query}.items():
        if name not in known:
            yield f"there is no parameter {name}"
        else:
            yield from _violations(known[name]["schema"], _typed(value, known[name]["schema"]), name)
    for name, one in known.items():
        if one.get("required") and name not in {**given, **asked.query}:
            yield f"the parameter {name} is missing"


def _typed(value: str, schema: dict[str, Any]) -> Any:
    return int(value) if _resolved(schema).get("type") == "integer" and value.isdecimal() else value


def _body(asked: Asked, said: dict[str, Any]) -> Iterator[str]:
    form = _resolved(said.get("requestBody", {}))
    if not asked.body:
        if form.get("required"):
            yield "it has no body"
        return
    if asked.method in _NO_BODY and not form:
        yield "it must not have a body"
        return
    if "application/json" not in form["content"]:
        if asked.headers.get("Content-Type") not in form["content"]:
            yield f"its body is none of {', '.join(form['content'])}"
        return
    if asked.headers.get("Content-Type") != "application/json":
        yield "its body does not say that it is JSON"
    yield from _violations(form["content"]["application/json"]["schema"], json.loads(asked.body), "body")


def _violations(schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    validator = jsonschema_rs.Draft202012Validator(_as_json_schema(schema))
    for error in validator.iter_errors(value):
        yield f"{where}{''.join(f'.{part}' for part in error.instance_path)}: {error.message}"


def _resolved(value: Any) -> Any:
    while isinstance(value, dict) and "$ref" in value:
        found: Any = description()
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def _as_json_schema(schema: dict[str, Any]) -> Any:
    """A schema of OpenAPI 3.0 as one of JSON Schema, which knows no other words than it names."""
    schema = _resolved(schema)
    found = {
        key: value for key, value in schema.items() if key not in {"example", "examples", "description", "nullable"}
    }
    for key in ("oneOf", "anyOf", "allOf"):
        if key in found:
            found[key] = [_as_json_schema(one) for one in found[key]]
    if "items" in found:
        found["items"] = _as_json_schema(found["items"])
    if "properties" in found:
        found["properties"] = {key: _as_json_schema(one) for key, one in found["properties"].items()}
        if not any(key in found for key in ("oneOf", "anyOf", "allOf", "additionalProperties")):
            found["additionalProperties"] = False
    if schema.get("nullable"):
        return {"anyOf": [found, {"type": "null"}]}
    return found
