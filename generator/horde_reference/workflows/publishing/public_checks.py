"""What must be public for a head to be true: files to the byte, paths, pages, and nothing where nothing is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape
from http import HTTPStatus
from random import Random
from typing import Final

import msgspec

from horde_reference.adapters.visiting import Visit, Visitor
from horde_reference.emit.site.links import CATALOGUE, category_folder, model_folder
from horde_reference.errors import NotThere, Unread, Unsound
from horde_reference.finding import Finding, Severity
from horde_reference.formats.addresses import API_ROOT, category_path
from horde_reference.formats.head import MANIFEST, Fingerprint, Head
from horde_reference.formats.json_reading import NotJson, loads

FILE: Final = "published-file"
PATH: Final = "published-path"
PAGE: Final = "published-page"

_JSON: Final = ".json"
_NOWHERE: Final = f"{API_ROOT}/v2/there-is-no-such-category"

Check = Callable[[Visitor], Iterator[Finding]]
"""Asks a host; gives what is wrong there."""


class _Manifest(msgspec.Struct):
    files: dict[str, Fingerprint]


@dataclass(frozen=True, slots=True)
class Scope:
    """How much is looked at."""

    sample: int | None = None
    """So many of the files, always the same of one commit; `None` for all."""
    site: bool = True
    """Whether there are pages."""


def checks(visitor: Visitor, head: Head, scope: Scope) -> list[Check]:
    """All there is to look at, as a head and the list beside it say.

    Raises:
        Unread: that list, or the largest category, cannot be read.
    """
    listed = {**head.files, **_manifest(visitor).files}
    chance = Random(head.commit or "")  # noqa: S311 - to choose some files, the same at each try
    found: list[Check] = [partial(_file, path=path, print_=listed[path]) for path in _some(listed, scope, chance)]
    found.append(_nowhere)
    if scope.site:
        found += [partial(_page, path=path, words=words) for path, words in _pages(visitor, head, chance)]
    return found


def finding(visitor: Visitor, path: str, rule: str, message: str, hint: str = "") -> Finding:
    """What is wrong at an address."""
    return Finding(f"{visitor.root}/{path}", 0, "", rule, Severity.ERROR, message, hint)


def body_at(visitor: Visitor, path: str) -> bytes:
    """The file at a path.

    Raises:
        NotThere: there is none.
        Unread: there is no answer, or another.
    """
    visit = visitor.visit(path)
    if visit.status == HTTPStatus.NOT_FOUND:
        raise NotThere(_status(visit))
    if visit.status != HTTPStatus.OK:
        raise Unsound(_status(visit))
    return visit.body


def names_at(visitor: Visitor, category: str) -> list[str]:
    """Names of the models of a category. Raises what `body_at` raises."""
    try:
        found = loads(body_at(visitor, category_path(category)))
    except NotJson as error:
        raise Unsound(f"it is not JSON: {error}") from error
    return list(found)


def _manifest(visitor: Visitor) -> _Manifest:
    try:
        return msgspec.json.decode(body_at(visitor, MANIFEST), type=_Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unsound(f"{MANIFEST} is not what it should be: {error}") from error
    except Unread as error:
        raise Unsound(f"{MANIFEST} cannot be read: {error}") from error


def _some(listed: dict[str, Fingerprint], scope: Scope, chance: Random) -> list[str]:
    paths = sorted(listed)
    if scope.sample is None or scope.sample >= len(paths):
        return paths
    return sorted(chance.sample(paths, scope.sample))


def _pages(visitor: Visitor, head: Head, chance: Random) -> Iterator[tuple[str, str]]:
    """Addresses of pages, and words that stand in each."""
    category = max(head.records, key=lambda one: head.records[one], default="")
    names = names_at(visitor, category) if category and head.records[category] else []
    yield from (("", "<html"), (CATALOGUE, "<html"))
    if names:
        name = chance.choice(sorted(names))
        yield category_folder(category), escape(name)
        yield model_folder(category, name), escape(name)


def _file(visitor: Visitor, path: str, print_: Fingerprint) -> Iterator[Finding]:
    visit = _visited(visitor, path)
    if isinstance(visit, str):
        yield finding(visitor, path, FILE, visit)
    elif (len(visit.body), sha256(visit.body).hexdigest()) != (print_.size, print_.sha256):
        message = f"It has {len(visit.body)} bytes and not the {print_.size} that head.json lists."
        if len(visit.body) == print_.size:
            message = "It has other bytes than head.json lists."
        yield finding(visitor, path, FILE, message)
    elif visit.headers.get("Access-Control-Allow-Origin") != "*":
        yield finding(visitor, path, FILE, "It does not say that every site may read it.")
    elif path.startswith("api") and path.endswith(_JSON):
        yield from _without_ending(visitor, path.removesuffix(_JSON), visit.body)


def _without_ending(visitor: Visitor, path: str, body: bytes) -> Iterator[Finding]:
    visit = _visited(visitor, path)
    if isinstance(visit, str):
        yield finding(visitor, path, PATH, visit)
    elif not _same(visit.body, body):
        yield finding(visitor, path, PATH, "It says something else than with .json behind it.")


def _same(one: bytes, other: bytes) -> bool:
    """Whether two texts are the same JSON: hosts that call it HTML are given it with other escapes."""
    try:
        return one == other or bool(loads(one) == loads(other))
    except NotJson:
        return False


def _nowhere(visitor: Visitor) -> Iterator[Finding]:
    try:
        visit = visitor.visit(_NOWHERE)
    except Unread as error:
        yield finding(visitor, _NOWHERE, PATH, f"{error}.")
    else:
        if visit.status != HTTPStatus.NOT_FOUND:
            yield finding(visitor, _NOWHERE, PATH, f"It answers {visit.status} where there is nothing, and not 404.")


def _page(visitor: Visitor, path: str, words: str) -> Iterator[Finding]:
    visit = _visited(visitor, path)
    if isinstance(visit, str):
        yield finding(visitor, path, PAGE, visit)
    elif not visit.headers.get("Content-Type", "").startswith("text/html"):
        yield finding(visitor, path, PAGE, "It does not say that it is HTML.")
    elif words not in visit.body.decode(errors="replace"):
        yield finding(visitor, path, PAGE, f"It is another page: {words!r} does not stand in it.")


def _visited(visitor: Visitor, path: str) -> Visit | str:
    """What is at a path, or why there is nothing."""
    try:
        visit = visitor.visit(path)
    except Unread as error:
        return f"{error}."
    return visit if visit.status == HTTPStatus.OK else f"{_status(visit)}."


def _status(visit: Visit) -> str:
    leads = f" and leads to {visit.headers['Location']}" if "Location" in visit.headers else ""
    return f"It answers {visit.status}{leads}"
