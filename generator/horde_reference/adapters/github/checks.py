"""Checks of commits, as they stand beside a pull request. Only Apps may write them.

Every function raises what `Connection.request` raises.
"""

from horde_reference.adapters.github.forms import CheckForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import CheckRun, Conclusion


def create(
    repository: Repository, sha: str, name: str, *, title: str, summary: str, conclusion: Conclusion | None = None
) -> CheckRun:
    """Begin a check of a commit; with a conclusion, it has ended as well. The summary is Markdown."""
    body = {"name": name, "head_sha": sha, **_said(title, summary, conclusion)}
    return repository.send("POST", CheckForm, "check-runs", body=body).value()


def complete(repository: Repository, check: int, conclusion: Conclusion, *, title: str, summary: str) -> CheckRun:
    """End a check, which is named by its id."""
    return repository.send("PATCH", CheckForm, "check-runs", check, body=_said(title, summary, conclusion)).value()


def _said(title: str, summary: str, conclusion: Conclusion | None) -> dict[str, object]:
    state = {"status": "in_progress"} if conclusion is None else {"status": "completed", "conclusion": conclusion}
    return {**state, "output": {"title": title, "summary": summary}}
