"""Weight files: what a host tells of one without sending it, and what a record makes of that. Asks nobody itself."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from horde_reference.finding import Problem
from horde_reference.proposals.file_lines import name_from_address

Download = dict[str, Any]

HASH_DIFFERS: Final = "download-hash-differs"
SIZE_DIFFERS: Final = "download-size-differs"
ABSENT: Final = "download-absent"
UNCONFIRMED: Final = "download-unconfirmed"


class Standing(StrEnum):
    """What became of asking for a file."""

    TOLD = "told"
    """Its hash is known; its size as well, unless the host told only the hash."""
    UNTOLD = "untold"
    """It is there, but the host does not tell its hash, and it is too large to be fetched for that."""
    GATED = "gated"
    """The host gives it only to those who log in."""
    ABSENT = "absent"
    """There is no such file."""
    REFUSED = "refused"
    """The address is none that may be asked."""
    UNREACHABLE = "unreachable"
    """The host did not answer, or not with an answer to the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What is known of a file from its host."""

    standing: Standing
    sha256: str | None = None
    """64 hexadecimal digits, lower case."""
    size: int | None = None
    """Bytes."""
    file_name: str | None = None
    """What the host calls it."""
    why: str = ""
    """Why no more is known, in words that follow the name of the host."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer."""

    url: str
    """Address that was asked."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A redirect."""

    url: str
    """Address to ask instead; checked by nobody yet."""


_HUGGING_FACE: Final = frozenset({"huggingface.co", "hf.co"})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_LOCKED: Final = frozenset({401, 402, 403})
_GONE: Final = frozenset({404, 410, 451})
_SHA256: Final = re.compile(r'(?:W/)?"?([0-9a-fA-F]{64})"?', re.ASCII)
_DIGEST: Final = re.compile(r"(?:^|[ ,])sha-256=:?([A-Za-z0-9+/]{43}=)", re.ASCII | re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
_LOGIN: Final = re.compile(r"(^|[/._-])(log-?in|sign-?in|auth|oauth2?|accounts?|sso)([/._-]|$)", re.IGNORECASE)
_FILE_NAME: Final = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.IGNORECASE)


def judged(answer: Answer) -> Weight | Elsewhere:
    """What the head of an answer tells of a file, or where else to ask."""
    host = urlsplit(answer.url).hostname or ""
    # Hugging Face says what a file is before it says where it lies. Its ETag is that of git for a small file.
    linked = _linked(answer) if host in _HUGGING_FACE else None
    if linked is not None:
        return linked
    if answer.status in _REDIRECTS:
        return _elsewhere(answer)
    if answer.status in _LOCKED:
        return _locked(answer)
    if answer.status in _GONE:
        return Weight(standing=Standing.ABSENT, why=f"answered {answer.status}")
    if answer.status != _OK:
        return Weight(standing=Standing.UNREACHABLE, why=f"answered {answer.status}")
    return _told(answer)


def _linked(answer: Answer) -> Weight | None:
    found = _SHA256.fullmatch(answer.headers.get("x-linked-etag", ""))
    if found is None or not (answer.status == _OK or answer.status in _REDIRECTS):
        return None
    size = _number(answer.headers.get("x-linked-size", ""))
    return Weight(
        standing=Standing.TOLD, sha256=found[1].lower(), size=size, file_name=name_from_address(answer.url) or None
    )


def _elsewhere(answer: Answer) -> Weight | Elsewhere:
    try:
        url = urljoin(answer.url, answer.headers.get("location", ""))
        parts = urlsplit(url)
    except ValueError:
        return Weight(standing=Standing.UNREACHABLE, why="leads to an address that cannot be")
    if _LOGIN.search(parts.path) or _LOGIN.search((parts.hostname or "").partition(".")[0]):
        return Weight(standing=Standing.GATED, why="asks for a login")
    return Elsewhere(url)


def _locked(answer: Answer) -> Weight:
    if answer.headers.get("x-error-code") == "RepoNotFound":
        return Weight(standing=Standing.GATED, why="has no such repository, or shows it only to some")
    return Weight(standing=Standing.GATED, why="asks for a login")


def _told(answer: Answer) -> Weight:
    if answer.headers.get("content-type", "").lower().startswith("text/html"):
        return Weight(standing=Standing.GATED, why=_page(answer.url))
    size = _number(answer.headers.get("content-length", ""))
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        size = None  # that of what is sent, not of the file
    called = _FILE_NAME.search(answer.headers.get("content-disposition", ""))
    name = unquote(called[1]).strip() if called else name_from_address(answer.url)
    digest = _digest(answer)
    return Weight(
        standing=Standing.TOLD if digest else Standing.UNTOLD,
        sha256=digest,
        size=size,
        file_name=name or None,
        why="" if digest else "does not tell the hash",
    )


def _page(url: str) -> str:
    """Why a web page came instead of a file."""
    if "/blob/" in url and urlsplit(url).hostname in _HUGGING_FACE:
        return "answers with the page of the file; write /resolve/ instead of /blob/ in the address"
    return "answers with a web page instead of a file, perhaps to log in"


def _digest(answer: Answer) -> str | None:
    for name in ("repr-digest", "digest"):
        found = _DIGEST.search(answer.headers.get(name, ""))
        if found:
            return b64decode(found[1]).hex()
    return None


def _number(text: str) -> int | None:
    return int(text) if _DIGITS.fullmatch(text.strip()) else None


def hashed(weight: Weight, sha256: str, size: int) -> Weight:
    """The weight of a file that was fetched and hashed."""
    return replace(weight, standing=Standing.TOLD, sha256=sha256, size=size, why="")


def filled(download: Download, weight: Weight) -> Download:
    """A download with what its host tells where it says nothing itself. What it says is never changed."""
    told = {"file_name": weight.file_name, "sha256sum": weight.sha256, "size_bytes": weight.size or None}
    found = {**{key: value for key, value in told.items() if value is not None}, **download}
    if not _agree(weight.sha256, download.get("sha256sum")) and "size_bytes" not in download:
        found.pop("size_bytes", None)  # it is that of another file
    return found


def doubts(download: Download, weight: Weight, host: str) -> Iterator[tuple[str, Problem]]:
    """What a host tells that speaks against a download, or does not tell: id of the rule, and the problem.

    Pointers are relative to the download.
    """
    sha256, size = download.get("sha256sum"), download.get("size_bytes")
    if not _agree(weight.sha256, sha256):
        message = f"The SHA-256 is stated as {sha256}, and {host} says {weight.sha256}."
        yield HASH_DIFFERS, Problem("/sha256sum", message, "Correct the hash, or the address.")
    elif weight.size is not None and size not in (None, weight.size):
        message = f"The size is stated as {size} bytes, and {host} says {weight.size}."
        yield SIZE_DIFFERS, Problem("/size_bytes", message, "Correct the size, or leave it out: it is filled in.")
    elif weight.standing in {Standing.ABSENT, Standing.REFUSED}:
        message = f"{download.get('file_url')!r} leads to no file: {host} {weight.why}."
        yield ABSENT, Problem("/file_url", message, "Correct the address.")
    elif weight.standing is not Standing.TOLD:
        message = f"Nobody could confirm the file: {host} {weight.why}."
        yield UNCONFIRMED, Problem("/file_url", message, _asked_for(download))


def _agree(one: str | None, other: object) -> bool:
    return one is None or not isinstance(other, str) or one == other.lower()


def _asked_for(download: Mapping[str, Any]) -> str:
    names = {"file_name": "name", "sha256sum": "SHA-256", "size_bytes": "size in bytes"}
    lacking = [word for key, word in names.items() if key not in download]
    if not lacking:
        return "Compare what is stated with what the host shows after logging in."
    return f"Write {' and '.join(lacking)} into the form: `file name | address | SHA-256 | size in bytes`."
