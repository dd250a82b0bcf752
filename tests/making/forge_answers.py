"""Where GitHub says something else than the emulator does: rights, duplicates, conflicts, limits."""

from typing import Any

from forge_git import Mirror, Pull
from forge_messages import Asked, Said, no
from git_server import git
from github_emulator import ADMIN, USERS

_LONGEST = {"title": 256, "body": 65536}
_NOT_FOR_APPS = no(403, "Resource not accessible by integration")
_NO_RIGHT = no(403, "Must have write access to the repository")


def own_answer(mirror: Mirror, asked: Asked) -> Said | None:
    """GitHub's answer where it differs from the emulator's."""
    if asked.parts == ["user"] and (asked.login or "").endswith("[bot]"):
        return _NOT_FOR_APPS
    name = asked.repository
    if name is None:
        return None
    if name not in mirror.hosting.writers:
        return no(404, "Not Found")
    if asked.method == "GET":
        return _permission(mirror, asked, name) if asked.about[:1] == ["collaborators"] else None
    return _too_long(asked) or _without_right(mirror, asked, name) or _impossible(mirror, asked, name)


def _permission(mirror: Mirror, asked: Asked, name: str) -> Said | None:
    login = asked.about[1]
    if login not in USERS:
        return no(404, f"{login} is not a user")
    kind = "admin" if login == ADMIN else "write" if login in mirror.hosting.writers[name] else "read"
    return Said(200, {"permission": kind, "role_name": kind, "user": {"login": login}})


def _too_long(asked: Asked) -> Said | None:
    said = asked.said
    if isinstance(said, dict):
        for key, longest in _LONGEST.items():
            if isinstance(said.get(key), str) and len(said[key]) > longest:
                return no(
                    422,
                    "Validation Failed",
                    {"field": key, "message": f"{key} is too long (maximum is {longest} characters)"},
                )
    return None


def _without_right(mirror: Mirror, asked: Asked, name: str) -> Said | None:
    writes = asked.login in mirror.hosting.writers[name]
    is_bot = (asked.login or "").endswith("[bot]")
    match asked.method, asked.about:
        case "POST" | "PATCH", ["check-runs", *_]:
            return None if is_bot else no(403, "You must authenticate via a GitHub App.")
        case _, ["labels", *_] | ["git", *_] | ["releases", *_] | ["issues", _, "labels", *_] | [
            "pulls",
            _,
            "merge" | "requested_reviewers",
        ]:
            return None if writes else _NO_RIGHT
        case "PATCH", ["pulls", number]:
            return None if writes or mirror.pulls[name, int(number)].author == asked.login else _NO_RIGHT
        case "PATCH" | "DELETE", ["issues", "comments", comment]:
            author = mirror.emulator.ask("GET", f"/repos/{name}/issues/comments/{comment}")["user"]["login"]
            return None if writes or author == asked.login else _NO_RIGHT
    return None


def _impossible(mirror: Mirror, asked: Asked, name: str) -> Said | None:
    match asked.method, asked.about:
        case "POST", ["forks"]:
            own = f"{asked.login}/{name.partition('/')[2]}"
            return Said(202, mirror.emulator.ask("GET", f"/repos/{own}")) if own in mirror.hosting.writers else None
        case "POST", ["releases", release, "assets"]:
            there = mirror.emulator.ask("GET", f"/repos/{name}/releases/{release}")["assets"]
            is_there = asked.query["name"] in {one["name"] for one in there}
            fault = {"resource": "ReleaseAsset", "code": "already_exists", "field": "name"}
            return no(422, "Validation Failed", fault) if is_there else None
        case "POST", ["pulls"]:
            return _unopenable(mirror, name, asked.said)
        case _, ["pulls", number, *what]:
            pull = mirror.pulls.get((name, int(number)))
            return no(404, "Not Found") if pull is None else _undoable(mirror, asked, name, pull, what)
    return None


def _undoable(mirror: Mirror, asked: Asked, name: str, pull: Pull, what: list[str]) -> Said | None:
    match asked.method, what:
        case "PUT", ["merge"]:
            return _unmergeable(mirror, name, pull, asked.said)
        case "PATCH", [] if asked.said.get("state") == "open":
            return _unreopenable(mirror, pull)
        case "POST", ["reviews"] if pull.author == asked.login and asked.said.get("event") == "APPROVE":
            return no(422, "Unprocessable Entity", "Review Can not approve your own pull request")
        case "POST", ["requested_reviewers"]:
            return _unaskable(mirror, name, pull, asked.said)
    return None


def _unopenable(mirror: Mirror, name: str, said: Any) -> Said | None:
    owner, _, branch = said["head"].rpartition(":")
    repository = (
        next((one for one in mirror.hosting.writers if one.partition("/")[0] == owner), None) if owner else name
    )
    tip = mirror.hosting.branches(repository).get(branch) if repository else None
    base = mirror.hosting.branches(name).get(said["base"])
    if tip is None or base is None:
        field = "base" if base is None else "head"
        return no(422, "Validation Failed", {"resource": "PullRequest", "field": field, "code": "invalid"})
    for (where, _), pull in mirror.pulls.items():
        if (where, pull.head_repository, pull.head_ref, pull.base_ref, pull.is_open) == (
            name,
            repository,
            branch,
            said["base"],
            True,
        ):
            message = f"A pull request already exists for {str(repository).partition('/')[0]}:{branch}."
            return no(422, "Validation Failed", {"resource": "PullRequest", "code": "custom", "message": message})
    if tip == base:
        message = f"No commits between {said['base']} and {branch}"
        return no(422, "Validation Failed", {"resource": "PullRequest", "code": "custom", "message": message})
    return None


def _unmergeable(mirror: Mirror, name: str, pull: Pull, said: Any) -> Said | None:
    if said.get("sha", pull.head) != pull.head:
        return no(409, "Head branch was modified. Review and try the merge again.")
    if not pull.is_open or mirror.merged_tree(name, pull) is None:
        return no(405, "Pull Request is not mergeable")
    return None


def _unreopenable(mirror: Mirror, pull: Pull) -> Said | None:
    there = pull.head_repository in mirror.hosting.writers
    tip = mirror.hosting.branches(pull.head_repository).get(pull.head_ref) if there else None
    if tip is None:
        why = "has been deleted"
    elif pull.head in git(mirror.hosting.folder(pull.head_repository), "rev-list", tip).split():
        return None
    else:
        why = "was force-pushed or recreated"
    message = f"state cannot be changed. The {pull.head_ref} branch {why}."
    return no(
        422, "Validation Failed", {"resource": "PullRequest", "code": "invalid", "field": "state", "message": message}
    )


def _unaskable(mirror: Mirror, name: str, pull: Pull, said: Any) -> Said | None:
    if pull.author in said.get("reviewers", []):
        return no(422, "Review cannot be requested from pull request author.")
    if set(said.get("reviewers", [])) - mirror.hosting.writers[name]:
        return no(422, f"Reviews may only be requested from collaborators of the {name} repository.")
    return None
