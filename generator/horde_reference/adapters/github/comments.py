"""Comments on issues and pull requests. Every function raises what `Connection.request` raises."""

from collections.abc import Iterator

from horde_reference.adapters.github.forms import CommentForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Comment


def listed(repository: Repository, number: int) -> Iterator[Comment]:
    """Comments on an issue or a pull request, the oldest first."""
    return (one.value() for one in repository.all(CommentForm, "issues", number, "comments"))


def create(repository: Repository, number: int, body: str) -> Comment:
    """Say something on an issue or a pull request."""
    return repository.send("POST", CommentForm, "issues", number, "comments", body={"body": body}).value()


def edit(repository: Repository, comment: int, body: str) -> Comment:
    """Say something else in a comment, which is named by its id."""
    return repository.send("PATCH", CommentForm, "issues", "comments", comment, body={"body": body}).value()


def delete(repository: Repository, comment: int) -> None:
    """Remove a comment, which is named by its id."""
    repository.delete("issues", "comments", comment)


def sticky(repository: Repository, number: int, marker: str, body: str, *, ours: str | None = None) -> Comment:
    """Say something in the one comment of ours that begins with a marker; there is one afterwards, and one only.

    Anybody may write a comment that begins with the marker: what others wrote is not touched, as they could change it
    behind our back.

    Args:
        repository: where.
        number: of the issue or pull request.
        marker: what the comment begins with, such as `<!-- horde-reference: check -->`.
        body: what follows it.
        ours: login of the user that we are; GitHub is asked, if it is not given.
    """
    author = ours or repository.connection.login()
    text = f"{marker}\n{body}"
    found = [one for one in listed(repository, number) if one.author == author and one.body.startswith(marker)]
    for surplus in found[1:]:
        delete(repository, surplus.id)
    if not found:
        return create(repository, number, text)
    return found[0] if found[0].body == text else edit(repository, found[0].id, text)
