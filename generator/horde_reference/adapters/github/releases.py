"""Releases and the files that come with them. Every function raises what `Connection.request` raises."""

from collections.abc import Iterator
from typing import Final

from horde_reference.adapters.github.decoding import decoded
from horde_reference.adapters.github.forms import AssetForm, ReleaseForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Release

_BYTES: Final = "application/octet-stream"


def listed(repository: Repository) -> Iterator[Release]:
    """Releases, the newest first; drafts only to those who may write."""
    return (one.value() for one in repository.all(ReleaseForm, "releases"))


def draft(repository: Repository, tag: str, commit: str, *, title: str, body: str) -> Release:
    """Begin a release, which nobody sees yet. Its tag is made when it is published."""
    wanted = {"tag_name": tag, "target_commitish": commit, "name": title, "body": body, "draft": True}
    return repository.send("POST", ReleaseForm, "releases", body=wanted).value()


def attach(repository: Repository, release: Release, name: str, body: bytes) -> None:
    """Give a release a file."""
    reply = repository.connection.upload(release.upload_url, {"name": name}, body, _BYTES)
    decoded(reply.body, AssetForm)


def discard(repository: Repository, release: Release) -> None:
    """Delete a release, with its files."""
    repository.delete("releases", release.id)


def publish(repository: Repository, release: Release) -> Release:
    """Let everybody see a release, and make its tag."""
    return repository.send("PATCH", ReleaseForm, "releases", release.id, body={"draft": False}).value()
