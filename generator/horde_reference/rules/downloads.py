"""Files to download: where from, and how a worker knows that they arrived whole."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem, pointer
from horde_reference.records.base import Download, Record
from horde_reference.records.categories import CATEGORIES

KNOWN_HOSTS: Final = frozenset(
    {"huggingface.co", "civitai.com", "github.com", "openaipublic.azureedge.net", "storage.googleapis.com"}
)
"""Hosts that workers are known to download from."""

_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_URL: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()+,;=%]+")


def _downloads(record: Record, key: str) -> Iterator[tuple[Download, str]]:
    for place, download in enumerate(record.config.download):
        yield download, pointer("config", "download", place, key)


def download_https(record: Record) -> Iterator[Problem]:
    """Files come over https.

    Over plain http anyone on the way can swap the weights, and weights can run code.

    Use the host's https address.
    """
    for download, where in _downloads(record, "file_url"):
        if not download.file_url.startswith("https://"):
            yield Problem(where, f"{download.file_url!r} is not an https address.", "Use the host's https address.")


def download_host(record: Record) -> Iterator[Problem]:
    """Files come from a host that workers are known to reach.

    Unknown hosts vanish, ask for a login or limit the speed; then the model is lost to everyone.

    Mirror the file on Hugging Face, or add the host to the list of known hosts.
    """
    for download, where in _downloads(record, "file_url"):
        host = _host(download.file_url)
        if host not in KNOWN_HOSTS:
            yield Problem(where, f"{host or 'No host'} is not a known host.", "Prefer huggingface.co.")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def download_address(record: Record) -> Iterator[Problem]:
    """An address holds only characters that an address can hold.

    A blank, a `*` or an umlaut in an address is changed by some programs and sent as it is by others: the same
    record then leads to two different files.

    Copy the address from the browser, or percent-encode the character.
    """
    for download, where in _downloads(record, "file_url"):
        if not _URL.fullmatch(download.file_url):
            odd = sorted(set(_URL.sub("", download.file_url)))
            message = f"{download.file_url!r} holds {' '.join(map(repr, odd))}, which does not belong in an address."
            yield Problem(where, message, "Copy the address from the browser.")


def sha256_missing(record: Record) -> Iterator[Problem]:
    """Every file has its SHA-256.

    Without it a worker cannot tell a finished download from a broken or a swapped one.

    On Hugging Face the hash stands on the file's page; elsewhere run `sha256sum` on the file.
    """
    for download, where in _downloads(record, "file_name"):
        if download.sha256sum is None:
            yield Problem(where, f"{download.file_name} has no sha256sum.", "Add it.")


def sha256_form(record: Record) -> Iterator[Problem]:
    """A SHA-256 has 64 hexadecimal digits.

    With one digit lost or added no file ever matches, and workers download it again and again.

    Copy the hash anew.
    """
    for download, where in _downloads(record, "sha256sum"):
        digest = download.sha256sum
        if digest is not None and not _SHA256.fullmatch(digest):
            message = f"{digest!r} is not a SHA-256: it has {len(digest)} characters, not 64 hexadecimal digits."
            yield Problem(where, message, "Copy the hash anew.")


def sha256_case(record: Record) -> Iterator[Problem]:
    """A SHA-256 is written in lower case.

    Some programs compare hashes as texts; then upper case matches no file.

    `horde-reference fix` writes it in lower case.
    """
    for download, where in _downloads(record, "sha256sum"):
        if download.sha256sum is not None and download.sha256sum != download.sha256sum.lower():
            yield Problem(where, f"{download.sha256sum} has upper-case digits.", "Run horde-reference fix.")


def sha256_shared(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two models have a file with the same hash.

    Mostly it means that a hash was copied from another record and never matched this file. Where two models do
    share their weights, say so in `exceptions` of both.

    Correct the hash, or state the exception with its reason.
    """
    holders: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in corpus:
        for download, where in _downloads(record, "sha256sum"):
            if download.sha256sum:
                holders[download.sha256sum.lower()].append((record, where))
    for shared in holders.values():
        for record, where in shared:
            others = sorted({other.name for other, _ in shared if other is not record})
            if others:
                message = f"{', '.join(map(repr, others))} has a file with the same hash."
                yield (
                    record,
                    Problem(where, message, "Correct the hash, or state the exception with its reason."),
                )


def file_name_shared(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two files with different content have the same name in one folder.

    Workers keep the weights of a category in one folder. The second download would overwrite the first, and one
    of the two models would run with the other's weights.

    Give the file another `file_name`; it need not be the host's.
    """
    holders: dict[tuple[str, str], list[tuple[Record, Download, str]]] = defaultdict(list)
    for record in corpus:
        folder = CATEGORIES[record.category].folder or record.category
        for download, where in _downloads(record, "file_name"):
            holders[folder, download.file_name.casefold()].append((record, download, where))
    for (folder, _), shared in holders.items():
        first = shared[0][1]
        for record, download, where in shared[1:]:
            if (download.sha256sum or "").lower() != (first.sha256sum or "?").lower():
                message = f"{shared[0][0].name!r} has another file called {download.file_name!r} in {folder}/."
                yield record, Problem(where, message, "Give the file another file_name.")


def file_name_form(record: Record) -> Iterator[Problem]:
    """A file name stays inside the folder of its category.

    A worker joins it to its models folder: with `..`, a backslash or a leading slash the file would land
    anywhere on the volunteer's machine.

    Use a plain name, at most with folders in front.
    """
    for download, where in _downloads(record, "file_name"):
        name = download.file_name
        if "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            yield Problem(where, f"{name!r} could leave the folder of the models.", "Use a plain file name.")
