"""Files to download: where from, and how a worker knows that they arrived whole."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem, pointer
from horde_reference.records.base import Download, Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.rules.identity import is_device

KNOWN_HOSTS: Final = frozenset(
    {"huggingface.co", "civitai.com", "github.com", "openaipublic.azureedge.net", "storage.googleapis.com"}
)
"""Hosts that workers are known to download from."""

SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
"""What a SHA-256 looks like."""
HTTPS: Final = re.compile(r"https://.*", re.IGNORECASE | re.DOTALL)
"""How an address begins that nobody can change on the way."""
ADDRESS: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()+,;=%]+")
"""What an address may hold."""
_HOST: Final = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:@]+)", re.IGNORECASE)


def _at(place: int, key: str) -> str:
    return pointer("config", "download", place, key)


def download_https(record: Record) -> Iterator[Problem]:
    """Files come over https.

    Over plain http anyone on the way can swap the weights, and weights can run code.

    Use the host's https address.
    """
    for place, download in enumerate(record.config.download):
        if not HTTPS.fullmatch(download.file_url):
            yield Problem(
                _at(place, "file_url"),
                f"{download.file_url!r} is not an https address.",
                "Use the host's https address.",
            )


def download_host(record: Record) -> Iterator[Problem]:
    """Files come from a host that workers are known to reach.

    Unknown hosts vanish, ask for a login or limit the speed; then the model is lost to everyone.

    Mirror the file on Hugging Face, or add the host to the list of known hosts.
    """
    for place, download in enumerate(record.config.download):
        host = host_of(download.file_url)
        if host not in KNOWN_HOSTS:
            yield Problem(_at(place, "file_url"), f"{host or 'No host'} is not a known host.", "Prefer huggingface.co.")


def host_of(url: str) -> str:
    """Host of an address, lower case and without `www.`; empty where there is none."""
    return _host_of_start(url[: url.find("/", len("https://")) + 1] or url)


@lru_cache(maxsize=1024)
def _host_of_start(url: str) -> str:
    found = _HOST.match(url)
    return found[1].lower().removeprefix("www.") if found else ""


def link_https(record: Record) -> Iterator[Problem]:
    """A link leads to a page: it begins with https:// or http:// and names a host.

    Sites show it as a link. `javascript:` and the like would run in the page of whoever clicks.

    Copy the page's address from the browser.
    """
    for holder, prefix in ((record, ""), (record.finetune_series, "/finetune_series")):
        for key in ("homepage", "url"):
            link = getattr(holder, key, None)
            if link is not None and not host_of(link):
                message = f"{link!r} is not the address of a page."
                yield Problem(f"{prefix}/{key}", message, "Copy it from the browser.")


def download_address(record: Record) -> Iterator[Problem]:
    """An address holds only characters that an address can hold.

    A blank, a `*` or an umlaut in an address is changed by some programs and sent as it is by others: the same
    record then leads to two different files.

    Copy the address from the browser, or percent-encode the character.
    """
    for place, download in enumerate(record.config.download):
        if not ADDRESS.fullmatch(download.file_url):
            odd = sorted(set(ADDRESS.sub("", download.file_url)))
            message = f"{download.file_url!r} holds {' '.join(map(repr, odd))}, which does not belong in an address."
            yield Problem(_at(place, "file_url"), message, "Copy the address from the browser.")


def sha256_missing(record: Record) -> Iterator[Problem]:
    """Every file has its SHA-256.

    Without it a worker cannot tell a finished download from a broken or a swapped one.

    On Hugging Face the hash stands on the file's page; elsewhere run `sha256sum` on the file.
    """
    for place, download in enumerate(record.config.download):
        if download.sha256sum is None:
            yield Problem(_at(place, "file_name"), f"{download.file_name} has no sha256sum.", "Add it.")


def sha256_form(record: Record) -> Iterator[Problem]:
    """A SHA-256 has 64 hexadecimal digits.

    With one digit lost or added no file ever matches, and workers download it again and again.

    Copy the hash anew.
    """
    for place, download in enumerate(record.config.download):
        digest = download.sha256sum
        if digest is not None and not SHA256.fullmatch(digest):
            message = f"{digest!r} is not a SHA-256, which is 64 hexadecimal digits; it has {len(digest)} characters."
            yield Problem(_at(place, "sha256sum"), message, "Copy the hash anew.")


def sha256_case(record: Record) -> Iterator[Problem]:
    """A SHA-256 is written in lower case.

    Some programs compare hashes as texts; then upper case matches no file.

    `horde-reference fix` writes it in lower case.
    """
    for place, download in enumerate(record.config.download):
        if download.sha256sum is not None and download.sha256sum != download.sha256sum.lower():
            yield Problem(
                _at(place, "sha256sum"), f"{download.sha256sum} has upper-case digits.", "Run horde-reference fix."
            )


def _repeated(texts: list[str]) -> frozenset[str]:
    """The texts that occur more than once; mostly none, which is quick to see."""
    if len(set(texts)) == len(texts):
        return frozenset()
    return frozenset(text for text, number in Counter(texts).items() if number > 1)


def sha256_shared(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two models have a file with the same hash.

    Mostly it means that a hash was copied from another record and never matched this file. Where two models do
    share their weights, say so in `exceptions` of both.

    Correct the hash, or state the exception with its reason.
    """
    holders: dict[str, list[tuple[Record, int]]] = defaultdict(list)
    stated = [one.sha256sum.lower() for record in corpus for one in record.config.download if one.sha256sum]
    repeated = _repeated(stated)
    for record in corpus if repeated else ():
        for place, download in enumerate(record.config.download):
            if download.sha256sum and download.sha256sum.lower() in repeated:
                holders[download.sha256sum.lower()].append((record, place))
    for shared in holders.values():
        for record, place in shared:
            others = sorted({f"{other.category}/{other.name}" for other, _ in shared if other is not record})
            if others:
                message = f"{', '.join(others)} has a file with the same hash."
                yield (
                    record,
                    Problem(
                        _at(place, "sha256sum"), message, "Correct the hash, or state the exception with its reason."
                    ),
                )


def file_name_shared(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two files with different content have the same name in one folder.

    Workers keep the weights of a category in one folder. The second download would overwrite the first, and one
    of the two models would run with the other's weights.

    Give the file another `file_name`; it need not be the host's.
    """
    holders: dict[tuple[str, str], list[tuple[Record, Download, int]]] = defaultdict(list)
    repeated = _repeated([one.file_name.casefold() for record in corpus for one in record.config.download])
    for record in corpus if repeated else ():
        folder = CATEGORIES[record.category].folder or record.category
        for place, download in enumerate(record.config.download):
            holders[folder, download.file_name.casefold()].append((record, download, place))
    for (folder, _), shared in holders.items():
        first = shared[0][1]
        for record, download, place in shared[1:]:
            if (download.sha256sum or "").lower() != (first.sha256sum or "?").lower():
                holder = shared[0][0]
                whose = "This record" if holder is record else f"{holder.category}/{holder.name}"
                message = f"{whose} has another file called {download.file_name!r} in {folder}/."
                yield record, Problem(_at(place, "file_name"), message, "Give the file another file_name.")


def file_name_form(record: Record) -> Iterator[Problem]:
    """A file name stays inside the folder of its category.

    A worker joins it to its models folder: with `..`, a backslash or a leading slash the file would land
    anywhere on the volunteer's machine. Blanks at an edge, characters that cannot be seen and the names of
    Windows' devices make files that some systems cannot hold.

    Use a plain name, at most with folders in front.
    """
    for place, download in enumerate(record.config.download):
        name = download.file_name
        if "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            yield Problem(_at(place, "file_name"), f"{name!r} could leave the folder.", "Use a plain file name.")
        elif not name.isprintable() or any(part != part.strip() or is_device(part) for part in name.split("/")):
            yield Problem(
                _at(place, "file_name"), f"{name!r} cannot be made on every system.", "Use a plain file name."
            )
