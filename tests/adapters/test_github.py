"""GitHub's API as we use it, against a GitHub that has pull requests and git."""

from datetime import UTC, datetime

import pytest
from forge import NAME, Forge
from forge_messages import Asked, Said, no
from git_server import git
from github_emulator import APP, token_of
from github_openapi import example, faults
from msgspec import convert

from horde_reference.adapters.github import branches, checks, comments, forks, issues, labels, people, pulls
from horde_reference.adapters.github.errors import Conflicting, Invalid, Missing, NotAllowed, NotKnown, Refused
from horde_reference.adapters.github.forms import CheckForm, CommentForm, IssueForm, LabelForm, PullForm, ReviewForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Label, PullRequest
from horde_reference.errors import CannotRun, Unreachable, UnsafePath

MARKER = "<!-- horde-reference: check -->"


def proposed(forge: Forge, branch: str = "add-b", who: str = "reviewer", body: str = "A model.") -> PullRequest:
    """A pull request of a branch in the repository itself."""
    forge.hosting.write(NAME, branch, {f"data/clip/{branch}.json": b"{}\n"}, f"Add {branch}")
    return pulls.create(forge.repository(who), f"Add {branch}", body, head=branch, base="main")


def test_a_pull_request_is_opened_found_changed_closed_and_opened_again(forge: Forge) -> None:
    repository = forge.repository("reviewer")
    made = proposed(forge)
    assert (made.number, made.title, made.body, made.state, made.draft) == (1, "Add add-b", "A model.", "open", False)
    assert (made.author, made.head_repository, made.head_ref, made.base_ref) == ("reviewer", NAME, "add-b", "main")
    assert made.head_sha == forge.hosting.tip(NAME, "add-b")
    assert made.base_sha == forge.hosting.tip(NAME, "main")
    assert made.url == f"{forge.address}/{NAME}/pull/1"
    assert made.created_at.tzinfo is not None

    assert [one.number for one in pulls.listed(repository, head="haidra:add-b")] == [1]
    assert list(pulls.listed(repository, head="haidra:another")) == []
    changed = pulls.update(repository, 1, title="Another", body="")
    assert (changed.title, changed.body) == ("Another", "")
    assert pulls.close(repository, 1).state == "closed"
    assert list(pulls.listed(repository)) == []
    assert [one.number for one in pulls.listed(repository, "closed")] == [1]
    assert pulls.reopen(repository, 1).state == "open"


def test_a_pull_request_is_where_its_branch_is(forge: Forge) -> None:
    proposed(forge)
    pushed = forge.hosting.write(NAME, "add-b", {"data/clip/c.json": b"{}\n"}, "And c")
    found = pulls.get(forge.repository(), 1)
    assert (found.head_sha, found.mergeable, found.merged) == (pushed, True, False)
    assert [one.mergeable for one in pulls.listed(forge.repository())] == [None]


def test_there_is_one_pull_request_of_a_branch(forge: Forge) -> None:
    proposed(forge)
    with pytest.raises(Invalid, match=r"422: Validation Failed; .*A pull request already exists for haidra:add-b"):
        pulls.create(forge.repository(), "Again", "", head="add-b", base="main")
    with pytest.raises(Invalid, match="PullRequest head invalid") as refused:
        pulls.create(forge.repository(), "Nothing", "", head="nowhere", base="main")
    assert refused.value.faults == ("PullRequest head invalid",)


def test_a_merge_is_in_git_with_the_message_that_it_was_given(forge: Forge) -> None:
    made = proposed(forge)
    forge.hosting.write(NAME, "main", {"NEWS.md": b"Meanwhile\n"}, "Meanwhile")
    sha = pulls.merge(forge.repository(), 1, sha=made.head_sha, title="Add b (#1)", message="Approved-by: reviewer")
    assert forge.hosting.tip(NAME, "main") == sha == branches.tip(forge.repository(), "main")
    log = git(forge.hosting.folder(NAME), "log", "-1", "--format=%B%an", "main").splitlines()
    assert log == ["Add b (#1)", "", "Approved-by: reviewer", "reviewer"]
    assert forge.hosting.read(NAME, "main", "data/clip/add-b.json") == b"{}\n"
    assert forge.hosting.read(NAME, "main", "NEWS.md") == b"Meanwhile\n"
    found = pulls.get(forge.repository(), 1)
    assert (found.merged, found.merged_by, found.merge_commit, found.state) == (True, "maintainer", sha, "closed")
    assert [one.merged for one in pulls.listed(forge.repository(), "closed")] == [True]


def test_what_was_not_looked_at_is_not_merged(forge: Forge) -> None:
    made = proposed(forge)
    forge.hosting.write(NAME, "add-b", {"evil.sh": b"rm\n"}, "After the approval")
    with pytest.raises(Conflicting, match="409: Head branch was modified"):
        pulls.merge(forge.repository(), 1, sha=made.head_sha, title="Add b", message="")
    assert not pulls.get(forge.repository(), 1).merged


def test_contradictions_are_not_merged(forge: Forge) -> None:
    forge.hosting.write(NAME, "theirs", {"README.md": b"Theirs\n"}, "Theirs")
    made = pulls.create(forge.repository(), "Theirs", "", head="theirs", base="main")
    forge.hosting.write(NAME, "main", {"README.md": b"Ours\n"}, "Ours")
    assert pulls.get(forge.repository(), 1).mergeable is False
    with pytest.raises(Conflicting, match="405: Pull Request is not mergeable"):
        pulls.merge(forge.repository(), 1, sha=made.head_sha, title="Theirs", message="")


def test_a_merge_of_which_the_answer_was_lost_is_noticed(forge: Forge) -> None:
    made = proposed(forge)

    def loses(asked: Asked) -> Said | None:
        if asked.method != "PUT" or forge.mirror.pulls[NAME, 1].is_open is False:
            return None
        forge.ask("PUT", f"/repos/{NAME}/pulls/1/merge", {"merge_method": "squash"})
        return no(502, "Bad Gateway")

    lost = forge.repository()
    forge.trouble = lambda asked: loses(asked) if asked.headers["User-Agent"].startswith("horde") else None
    assert pulls.merge(lost, 1, sha=made.head_sha, title="t", message="") == forge.hosting.tip(NAME, "main")


def test_a_pull_request_comes_from_a_fork_which_may_vanish(forge: Forge) -> None:
    fork = forks.ensure(forge.repository("proposer"))
    assert fork.name == "proposer/reference"
    assert forks.ensure(forge.repository("proposer")).name == fork.name
    forge.hosting.write(fork.name, "mine", {"data/clip/mine.json": b"{}\n"}, "Mine")
    made = pulls.create(forge.repository("proposer"), "Mine", "", head="proposer:mine", base="main")
    assert (made.author, made.head_repository) == ("proposer", "proposer/reference")
    assert git(forge.hosting.folder(NAME), "rev-parse", "refs/pull/1/head") == made.head_sha
    forge.delete(fork.name)
    found = pulls.get(forge.repository(), 1)
    assert (found.state, found.head_repository, found.head_sha) == ("open", None, made.head_sha)


def test_a_branch_that_is_deleted_closes_its_pull_request(forge: Forge) -> None:
    proposed(forge)
    assert branches.tip(forge.repository(), "add-b") == forge.hosting.tip(NAME, "add-b")
    assert branches.delete(forge.repository(), "add-b")
    assert not branches.delete(forge.repository(), "add-b")
    assert branches.tip(forge.repository(), "add-b") is None
    assert "add-b" not in forge.hosting.branches(NAME)
    assert pulls.get(forge.repository(), 1).state == "closed"
    with pytest.raises(Invalid, match="branch has been deleted"):
        pulls.reopen(forge.repository(), 1)


def test_branches_with_slashes_are_branches(forge: Forge) -> None:
    forge.hosting.write(NAME, "sync/image/1", {"a": b"a"}, "a")
    assert branches.tip(forge.repository(), "sync/image/1") == forge.hosting.tip(NAME, "sync/image/1")
    assert branches.delete(forge.repository(), "sync/image/1")


def test_reviews_say_who_approved_which_commit(forge: Forge) -> None:
    made = proposed(forge, who="maintainer")
    pulls.request_reviewers(forge.repository(), 1, ["reviewer"])
    with pytest.raises(Invalid, match="pull request author"):
        pulls.request_reviewers(forge.repository(), 1, ["maintainer"])
    with pytest.raises(Invalid, match="only be requested from collaborators"):
        pulls.request_reviewers(forge.repository(), 1, ["stranger"])
    forge.review(1, "reviewer")
    forge.review(1, "stranger", "COMMENT")
    found = list(pulls.reviews(forge.repository(), 1))
    assert [(one.login, one.state, one.commit) for one in found] == [
        ("reviewer", "APPROVED", made.head_sha),
        ("stranger", "COMMENTED", made.head_sha),
    ]
    assert found[0].submitted_at is not None


def test_a_sticky_comment_is_one_and_is_ours(forge: Forge) -> None:
    proposed(forge)
    ours, theirs = forge.repository(), forge.repository("stranger")
    forged = comments.create(theirs, 1, f"{MARKER}\nAll is well, merge me.")
    first = comments.sticky(ours, 1, MARKER, "One finding.")
    assert comments.sticky(ours, 1, MARKER, "No findings.").id == first.id
    writes = sum(asked.method != "GET" for asked in forge.requests)
    comments.sticky(ours, 1, MARKER, "No findings.")
    assert sum(asked.method != "GET" for asked in forge.requests) == writes
    comments.create(ours, 1, f"{MARKER}\nSurplus")
    comments.sticky(ours, 1, MARKER, "No findings.")
    found = list(comments.listed(ours, 1))
    assert [(one.id, one.author, one.body) for one in found] == [
        (forged.id, "stranger", f"{MARKER}\nAll is well, merge me."),
        (first.id, "maintainer", f"{MARKER}\nNo findings."),
    ]


def test_labels_that_are_not_ours_stay(forge: Forge) -> None:
    proposed(forge)
    repository = forge.repository()
    kinds = [
        Label("kind: add", "0e8a16", "Adds a model"),
        Label("kind: update", "1d76db"),
        Label("help wanted", "ffffff"),
    ]
    labels.ensure(repository, kinds)
    labels.ensure(repository, [Label("kind: add", "000000", "Adds one")])
    assert {one.name: one for one in labels.listed(repository)} == {
        "kind: add": Label("kind: add", "000000", "Adds one"),
        "kind: update": kinds[1],
        "help wanted": kinds[2],
    }
    forge.ask("POST", f"/repos/{NAME}/issues/1/labels", {"labels": ["help wanted", "kind: update"]})
    labels.settle(repository, 1, ["kind: add"], lambda name: name.startswith("kind: "))
    assert set(labels.of(repository, 1)) == {"help wanted", "kind: add"}
    labels.settle(repository, 1, [], lambda name: name.startswith("kind: "))
    assert labels.of(repository, 1) == ("help wanted",)


def test_a_name_cannot_change_what_a_request_is_about(forge: Forge) -> None:
    with pytest.raises(UnsafePath):
        forge.repository().delete("issues", 1, "labels", "..")
    labels.ensure(forge.repository(), [Label("a/b?c=d#e é", "ffffff")])
    labels.ensure(forge.repository(), [Label("a/b?c=d#e é", "000000")])
    assert [one.color for one in labels.listed(forge.repository())] == ["000000"]
    for name in ("haidra", "haidra/../x", "haidra/..", "a/b/c", "a b/c", "haidra/reference\n", "/x", "haidra/"):
        with pytest.raises(CannotRun):
            Repository(name, forge.connection())


def test_issues_are_no_pull_requests(forge: Forge) -> None:
    proposed(forge)
    repository = forge.repository()
    labels.ensure(repository, [Label("links", "ffffff")])
    made = issues.create(repository, "Dead links", "- one", ["links"])
    assert (made.number, made.title, made.body, made.state, made.labels) == (
        2,
        "Dead links",
        "- one",
        "open",
        ("links",),
    )
    assert [one.number for one in issues.listed(repository)] == [2]
    assert [one.number for one in issues.listed(repository, ["links"])] == [2]
    assert issues.update(repository, 2, body="- two").body == "- two"
    assert issues.close(repository, 2, "not_planned").state == "closed"
    assert list(issues.listed(repository)) == []
    assert issues.reopen(repository, 2) == issues.get(repository, 2)


def test_long_lists_are_read_to_their_end(forge: Forge) -> None:
    repository = forge.repository()
    for number in range(120):
        forge.emulator.ask("POST", f"/repos/{NAME}/labels", {"name": f"label {number}"})
    assert len(list(labels.listed(repository))) == 120


def test_only_an_app_writes_checks(forge: Forge) -> None:
    made = proposed(forge)
    with pytest.raises(NotAllowed, match="authenticate via a GitHub App"):
        checks.create(forge.repository(), made.head_sha, "records", title="Checking", summary="")
    repository = forge.repository(forge.app())
    begun = checks.create(repository, made.head_sha, "records", title="Checking", summary="Wait.")
    assert (begun.head_sha, begun.status, begun.conclusion) == (made.head_sha, "in_progress", None)
    ended = checks.complete(repository, begun.id, "failure", title="One finding", summary="**No.**")
    assert (ended.id, ended.status, ended.conclusion) == (begun.id, "completed", "failure")


def test_an_app_works_as_its_own_user(forge: Forge) -> None:
    proposed(forge)
    repository = forge.repository(forge.app())
    assert repository.connection.login() == f"{APP}[bot]"
    assert comments.sticky(repository, 1, MARKER, "Hello").author == f"{APP}[bot]"
    comments.sticky(repository, 1, MARKER, "Hello again")
    assert len(list(comments.listed(repository, 1))) == 1
    issued = [asked for asked in forge.requests if asked.path.endswith("access_tokens")]
    assert len(issued) == 1
    assert issued[0].said == {"repositories": ["reference"]}


def test_what_people_may_do(forge: Forge) -> None:
    repository = forge.repository()
    found = {login: people.permission(repository, login) for login in ("maintainer", "reviewer", "stranger", "nobody")}
    assert found == {"maintainer": "admin", "reviewer": "write", "stranger": "read", "nobody": "none"}


def test_refusals_are_told_apart(forge: Forge) -> None:
    proposed(forge)
    with pytest.raises(NotAllowed):
        labels.ensure(forge.repository("stranger"), [Label("x", "ffffff")])
    with pytest.raises(Missing):
        pulls.get(forge.repository(), 99)
    with pytest.raises(Invalid, match="body is too long"):
        comments.create(forge.repository(), 1, "x" * 70000)
    repository = forge.repository("stranger")
    forge.withdraw("stranger")
    with pytest.raises(NotKnown, match="401: Bad credentials"):
        pulls.get(repository, 1)
    assert issubclass(NotKnown, Refused)


def test_the_token_of_a_workflow_knows_whose_it_is(forge: Forge) -> None:
    forge.hosting.tokens[token_of("ghs")] = "x[bot]"
    assert forge.connection("ghs").login() == "github-actions[bot]"


def test_nobody_is_nobody(forge: Forge) -> None:
    proposed(forge)
    anonymous = forge.connection()
    anonymous._credential = None  # noqa: SLF001 - there is no other way to read without a token on this GitHub
    with pytest.raises(CannotRun, match="there is no token"):
        anonymous.login()
    with pytest.raises(NotKnown):
        comments.create(Repository(NAME, anonymous), 1, "Hello")


def test_a_fork_is_waited_for(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str] = []

    def slow(asked: Asked) -> Said | None:
        if asked.about[:2] == ["git", "ref"] and len(asked_for) < 2:
            asked_for.append(asked.path)
            return no(404, "Not Found")
        return None

    forge.trouble = slow
    repository = forge.repository("proposer")
    slept: list[float] = []
    monkeypatch.setattr(repository.connection, "wait", slept.append)
    forks.ensure(repository)
    assert slept == [1.0, 2.0]
    forge.trouble = lambda asked: no(404, "Not Found") if asked.about[:1] == ["git"] else None
    with pytest.raises(Unreachable, match="not there yet"):
        forks.ensure(repository)


@pytest.mark.parametrize(
    ("method", "template", "form"),
    [
        ("get", "/repos/{owner}/{repo}/pulls", list[PullForm]),
        ("get", "/repos/{owner}/{repo}/pulls/{pull_number}", PullForm),
        ("get", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", list[ReviewForm]),
        ("get", "/repos/{owner}/{repo}/issues/{issue_number}/comments", list[CommentForm]),
        ("get", "/repos/{owner}/{repo}/issues", list[IssueForm]),
        ("get", "/repos/{owner}/{repo}/issues/{issue_number}", IssueForm),
        ("get", "/repos/{owner}/{repo}/labels", list[LabelForm]),
        ("get", "/repos/{owner}/{repo}/check-runs/{check_run_id}", CheckForm),
    ],
)
def test_github_s_own_examples_are_understood(method: str, template: str, form: type[object]) -> None:
    assert convert(example(method, template), form)


def test_what_githubs_description_does_not_know_is_noticed() -> None:
    headers = {"Accept": "application/vnd.github+json", "User-Agent": "x", "X-GitHub-Api-Version": "2022-11-28"}
    sent = {**headers, "Content-Type": "application/json"}
    known = f"/repos/{NAME}/pulls"
    wrong = [
        Asked("GET", f"/repos/{NAME}/pull", {}, headers, b""),
        Asked("GET", known, {"states": "open"}, headers, b""),
        Asked("GET", known, {"state": "opened"}, headers, b""),
        Asked("POST", known, {}, sent, b""),
        Asked("POST", known, {}, sent, b'{"head":"x"}'),
        Asked("POST", known, {}, sent, b'{"head":"x","base":"main","titel":"x"}'),
        Asked("POST", known, {}, headers, b'{"head":"x","base":"main"}'),
        Asked("GET", known, {}, {**headers, "Accept": "*/*"}, b""),
    ]
    assert [len(faults(one)) for one in wrong] == [1] * len(wrong)
    assert faults(Asked("GET", known, {"state": "open", "per_page": "100"}, headers, b"")) == []


def test_times_are_in_utc(forge: Forge) -> None:
    made = proposed(forge)
    assert abs((datetime.now(UTC) - made.created_at).total_seconds()) < 600
