"""A repository elsewhere, over HTTP: read, written, and refused in all ways that there are."""

import os
import stat
import subprocess
import time
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from string import ascii_letters, digits

import pytest
from forge import HASTY, NAME, Forge
from git_server import Hosting, git, git_server, say
from github_emulator import token_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from processes import free_port

from horde_reference.adapters.git.commits import Person, Words
from horde_reference.adapters.git.failures import (
    GitFailed,
    HostSilent,
    NoRepository,
    NoRevision,
    NotLetIn,
    Outrun,
    Protected,
)
from horde_reference.adapters.git.identity import place_of, verify
from horde_reference.adapters.git.remote import ABSENT, Remote, opened
from horde_reference.adapters.git.running import Token
from horde_reference.adapters.github import pulls
from horde_reference.adapters.polite import Clock
from horde_reference.adapters.secrecy import basic
from horde_reference.errors import CannotRun, UnsafePath

SECRET = "ghs_0123456789abcdefghijABCDEFGHIJ012345"  # noqa: S105 - of nobody
CLOCK = Clock(time.monotonic, lambda _: None)
ADA = Person("Ada", "ada@example.org", 1_700_000_000)
BOT = Person("Sync", "sync@example.org", 1_700_000_060)
WORDS = Words("Add b\n\nAdded: b", ADA, BOT)
FILES = {"README.md": b"# x\n", "data/a.json": b'{"a":1}\r\n', "data/z.json": b"{}\n"}


@pytest.fixture
def hosting(tmp_path: Path) -> Hosting:
    made = Hosting(tmp_path / "hosted", {SECRET: "ada", "ghp_eve": "eve"})
    made.make("o/r", FILES, writers={"ada"})
    return made


@pytest.fixture
def address(hosting: Hosting) -> Iterator[str]:
    with git_server(hosting) as address:
        yield f"{address}/o/r.git"


@pytest.fixture
def remote(address: str) -> Iterator[Remote]:
    with opened(address, CLOCK, lambda: SECRET, manners=HASTY) as remote:
        yield remote


def test_a_commit_is_made_and_pushed_as_a_new_branch(remote: Remote, hosting: Hosting) -> None:
    base = remote.fetch("refs/heads/main")
    assert base == remote.tip("main") == hosting.tip("o/r", "main")
    made = remote.commit(base, {"data/b.json": b'{"b":"\xc3\xa9"}\r\n', "data/z.json": None, "not/there": None}, WORDS)
    remote.push(made, "sync/image", ABSENT)
    assert hosting.tip("o/r", "sync/image") == made
    assert hosting.read("o/r", made, "data/b.json") == b'{"b":"\xc3\xa9"}\r\n'
    folder = hosting.folder("o/r")
    assert git(folder, "diff", "--name-status", "main", made).split() == ["A", "data/b.json", "D", "data/z.json"]
    said = git(folder, "log", "-1", "--format=%an|%ae|%at|%cn|%ce|%ct|%P|%B", made)
    assert said == f"Ada|ada@example.org|1700000000|Sync|sync@example.org|1700000060|{base}|Add b\n\nAdded: b"
    assert git(folder, "fsck", "--strict") == ""


def test_nothing_changed_is_no_commit(remote: Remote) -> None:
    base = remote.fetch("refs/heads/main")
    assert remote.commit(base, {"data/a.json": FILES["data/a.json"], "gone": None}, WORDS) == base
    assert remote.commit(base, {}, WORDS) == base


def test_the_same_commit_is_the_same(remote: Remote) -> None:
    base = remote.fetch("refs/heads/main")
    assert remote.commit(base, {"b": b"b"}, WORDS) == remote.commit(base, {"b": b"b"}, WORDS)


def test_files_are_fetched_when_they_are_read(remote: Remote, hosting: Hosting) -> None:
    base = remote.fetch("refs/heads/main")
    assert sorted(remote.entries(base)) == sorted(FILES)
    missing = git(remote.folder, "rev-list", "--objects", "--missing=print", "--no-object-names", base)
    assert missing.count("?") == 3
    asked = len(hosting.asked)
    assert dict(remote.read(base, ["data/z.json", "data/a.json"])) == {
        path: FILES[path] for path in ("data/a.json", "data/z.json")
    }
    assert len(hosting.asked) - asked <= 3
    assert list(remote.read(base, [])) == []
    with pytest.raises(NoRevision, match=r"has no file 'data/b\.json'"):
        remote.read(base, ["data/b.json"])


def test_a_base_that_is_no_tip_any_more_can_still_be_built_on(remote: Remote, hosting: Hosting) -> None:
    base = remote.fetch("refs/heads/main")
    for number in range(3):
        hosting.write("o/r", "main", {f"{number}.txt": b"x" * 1000}, "Meanwhile")
    remote.push(remote.commit(base, {"b": b"b"}, WORDS), "late", ABSENT)
    assert git(hosting.folder("o/r"), "merge-base", "late", "main") == base


def test_a_large_push_comes_in_chunks(remote: Remote, hosting: Hosting) -> None:
    body = os.urandom(3_000_000)
    remote.push(remote.commit(remote.fetch("refs/heads/main"), {"b": body}, WORDS), "large", ABSENT)
    assert hosting.read("o/r", "large", "b") == body
    assert any(headers.get("Transfer-Encoding") == "chunked" for _, _, headers in hosting.asked)


def test_a_branch_only_goes_forward(remote: Remote, hosting: Hosting) -> None:
    base = remote.fetch("refs/heads/main")
    first = remote.commit(base, {"b": b"1"}, WORDS)
    remote.push(first, "sync")
    remote.push(remote.commit(first, {"b": b"2"}, WORDS), "sync")
    with pytest.raises(Outrun):
        remote.push(remote.commit(base, {"b": b"3"}, WORDS), "sync")
    theirs = hosting.write("o/r", "sync", {"b": b"by hand"}, "By hand")
    with pytest.raises(Outrun):
        remote.push(remote.commit(first, {"b": b"4"}, WORDS), "sync")
    assert hosting.tip("o/r", "sync") == theirs


def test_a_branch_is_pushed_over_where_it_is_as_expected(remote: Remote, hosting: Hosting) -> None:
    base = remote.fetch("refs/heads/main")
    first, second = (remote.commit(base, {"b": body}, WORDS) for body in (b"1", b"2"))
    remote.push(first, "sync", ABSENT)
    remote.push(second, "sync", first)
    assert hosting.tip("o/r", "sync") == second
    theirs = hosting.write("o/r", "sync", {"b": b"by hand"}, "By hand")
    with pytest.raises(Outrun):
        remote.push(first, "sync", second)
    with pytest.raises(Outrun):
        remote.push(first, "sync", ABSENT)
    assert hosting.tip("o/r", "sync") == theirs
    with pytest.raises(Outrun):
        remote.delete("sync", second)
    remote.delete("sync", theirs)
    remote.delete("sync", theirs)
    assert remote.tip("sync") is None


def test_a_protected_branch_says_so(remote: Remote, hosting: Hosting) -> None:
    hosting.protect("o/r", "main")
    base = remote.fetch("refs/heads/main")
    with pytest.raises(Protected, match="GH006: Protected branch update failed for refs/heads/main"):
        remote.push(remote.commit(base, {"b": b"b"}, WORDS), "main")
    assert hosting.tip("o/r", "main") == base


def test_who_may_not_push_is_told(remote: Remote, hosting: Hosting, address: str) -> None:
    made = remote.commit(remote.fetch("refs/heads/main"), {"b": b"b"}, WORDS)
    hosting.writers["o/r"] = set()
    with pytest.raises(NotLetIn, match=r"Permission to o/r\.git denied to ada"):
        remote.push(made, "sync", ABSENT)
    hosting.tokens.clear()
    with pytest.raises(NotLetIn):
        remote.push(made, "sync", ABSENT)
    with pytest.raises(NotLetIn):
        remote.tip("main")
    with opened(address, CLOCK, lambda: None, manners=HASTY) as nobody:
        made = nobody.commit(nobody.fetch("refs/heads/main"), {"b": b"b"}, WORDS)
        with pytest.raises(NotLetIn):
            nobody.push(made, "sync", ABSENT)


def test_what_is_not_there_is_told(remote: Remote, address: str) -> None:
    with pytest.raises(NoRevision):
        remote.fetch("refs/heads/nowhere")
    with pytest.raises(NoRevision):
        remote.fetch("0" * 39 + "1")
    with pytest.raises(GitFailed):
        remote.commit("0" * 39 + "1", {"b": b"b"}, WORDS)
    with (
        opened(address.replace("o/r", "o/x"), CLOCK, lambda: SECRET, manners=HASTY) as other,
        pytest.raises(NoRepository),
    ):
        other.tip("main")


def test_a_host_that_is_not_there_is_told() -> None:
    slept: list[float] = []
    clock = Clock(time.monotonic, slept.append)
    with (
        opened(f"http://127.0.0.1:{free_port()}/o/r.git", clock, lambda: SECRET, manners=HASTY) as remote,
        pytest.raises(HostSilent),
    ):
        remote.tip("main")
    assert len(slept) == HASTY.attempts - 1


def times(number: int, status: int) -> Callable[[BaseHTTPRequestHandler], bool]:
    left = [number]

    def trouble(asked: BaseHTTPRequestHandler) -> bool:
        left[0] -= 1
        if left[0] >= 0:
            say(asked, status, "Not now.")
        return left[0] >= 0

    return trouble


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_faults_that_pass_are_waited_for(remote: Remote, hosting: Hosting, status: int) -> None:
    hosting.trouble = times(2, status)
    assert remote.tip("main") == hosting.tip("o/r", "main")
    hosting.trouble = times(100, status)
    with pytest.raises(HostSilent, match=f"error: {status}"):
        remote.tip("main")


def test_a_push_of_which_the_answer_was_lost_is_no_failure(remote: Remote, hosting: Hosting) -> None:
    made = remote.commit(remote.fetch("refs/heads/main"), {"b": b"b"}, WORDS)
    remote.push(made, "other", ABSENT)
    lost: list[str] = []

    def loses(asked: BaseHTTPRequestHandler) -> bool:
        if asked.command == "POST" and not lost:
            lost.append(asked.path)
            git(hosting.folder("o/r"), "update-ref", "refs/heads/sync", made)
            say(asked, 502, "Bad gateway")
            return True
        return False

    hosting.trouble = loses
    remote.push(made, "sync", ABSENT)
    assert lost
    assert hosting.tip("o/r", "sync") == made


def test_a_token_is_asked_for_anew_each_time(address: str) -> None:
    names = iter([SECRET, "expired"])
    with opened(address, CLOCK, lambda: next(names), manners=HASTY) as remote:
        assert remote.tip("main")
        with pytest.raises(NotLetIn):
            remote.tip("main")


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/", "a\0b", ".git/config", "a/.GIT/hooks/x", ".git",
     "README.md/x", "link/x", "data", "sub/x"],
)  # fmt: skip
def test_unsafe_paths_are_refused(remote: Remote, hosting: Hosting, path: str) -> None:
    folder = hosting.folder("o/r")
    hosting.write("o/r", "odd", {"keep": b""}, "Odd")
    link = git(folder, "hash-object", "-w", "--stdin", given=b"/etc")
    tree = (
        f"120000 blob {link}\tlink\n160000 commit {hosting.tip('o/r', 'main')}\tsub\n{git(folder, 'ls-tree', 'main')}\n"
    )
    made = git(folder, "commit-tree", git(folder, "mktree", given=tree.encode()), given=b"Odd\n")
    git(folder, "update-ref", "refs/heads/odd", made)
    base = remote.fetch("refs/heads/odd")
    with pytest.raises(UnsafePath):
        remote.commit(base, {path: b"evil"}, WORDS)


def test_a_link_is_not_followed_but_replaced(remote: Remote, hosting: Hosting, tmp_path: Path) -> None:
    folder = hosting.folder("o/r")
    link = git(folder, "hash-object", "-w", "--stdin", given=str(tmp_path / "outside").encode())
    git(folder, "update-ref", "refs/heads/odd", git(
        folder, "commit-tree", git(folder, "mktree", given=f"120000 blob {link}\ta.json\n".encode()), given=b"x\n"
    ))  # fmt: skip
    base = remote.fetch("refs/heads/odd")
    with pytest.raises(NoRevision, match="has no file"):
        remote.read(base, ["a.json"])
    made = remote.commit(base, {"a.json": b"{}\n"}, WORDS)
    assert remote.entries(made)["a.json"].mode == "100644"
    assert not (tmp_path / "outside").exists()


def test_a_file_that_can_be_run_stays_one(remote: Remote, hosting: Hosting) -> None:
    folder = hosting.folder("o/r")
    blob = git(folder, "hash-object", "-w", "--stdin", given=b"#!/bin/sh\n")
    tree = git(folder, "mktree", given=f"100755 blob {blob}\trun.sh\n".encode())
    git(folder, "update-ref", "refs/heads/odd", git(folder, "commit-tree", tree, given=b"x\n"))
    base = remote.fetch("refs/heads/odd")
    made = remote.commit(base, {"run.sh": b"#!/bin/sh\nexit\n", "plain": b""}, WORDS)
    assert {path: entry.mode for path, entry in remote.entries(made).items()} == {"run.sh": "100755", "plain": "100644"}


def test_a_folder_may_take_the_place_of_a_file_that_goes(remote: Remote) -> None:
    base = remote.fetch("refs/heads/main")
    made = remote.commit(
        base, {"README.md": None, "README.md/x": b"x", "data/a.json": None, "data/z.json": None, "data": b""}, WORDS
    )
    assert sorted(remote.entries(made)) == ["README.md/x", "data"]


@pytest.mark.parametrize("branch", ["", "a b", "a..b", "-x/", "x.lock", "a~1", "a\nb", "refs/../x", "@{", "a\0b"])
def test_odd_names_of_branches_are_refused(remote: Remote, branch: str) -> None:
    with pytest.raises(CannotRun):
        remote.tip(branch)
    with pytest.raises(CannotRun):
        remote.push("0" * 40, branch)


@pytest.mark.parametrize("ref", ["--upload-pack=touch /tmp/x", "+refs/heads/main:refs/heads/x", "refs/heads/*", ""])
def test_odd_refs_are_refused(remote: Remote, ref: str) -> None:
    with pytest.raises(CannotRun):
        remote.fetch(ref)


@pytest.mark.parametrize(
    "address",
    ["", "relative/folder", "--upload-pack=x", "ext::sh -c x", "http://example.org/o/r", "https://ada:pw@github.com/o/r",
     "https://ghp_x@github.com/o/r", "file:///tmp/x", "https://[", "ssh://-oProxyCommand=x/o/r\n"],
)  # fmt: skip
def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(CannotRun, match="must be one with https"), opened(address, CLOCK):
        pass


def test_a_token_is_of_no_use_without_http(hosting: Hosting) -> None:
    with pytest.raises(CannotRun, match="over https"), opened(str(hosting.folder("o/r")), CLOCK, lambda: SECRET):
        pass


def test_a_folder_is_a_repository_too(hosting: Hosting) -> None:
    with opened(str(hosting.folder("o/r")), CLOCK) as remote:
        base = remote.fetch("refs/heads/main")
        remote.push(remote.commit(base, {"b": b"b"}, WORDS), "sync", ABSENT)
        assert dict(remote.read(base, ["README.md"])) == {"README.md": b"# x\n"}
    assert hosting.read("o/r", "sync", "b") == b"b"


def test_what_a_user_set_up_is_not_run_and_gets_no_token(
    hosting: Hosting, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "hooks/pre-push"
    script.parent.mkdir()
    for name in ("pre-push", "post-checkout", "reference-transaction", "helper"):
        (script.parent / name).write_text(f"#!/bin/sh\ntouch {ran}\n")
        (script.parent / name).chmod(0o755 | stat.S_IXUSR)
    (tmp_path / ".gitconfig").write_text(
        f"[core]\n hooksPath = {script.parent}\n fsmonitor = {script.parent}/helper\n"
        f"[credential]\n helper = {script.parent}/helper\n[commit]\n gpgSign = true\n[push]\n gpgSign = true\n"
        f'[url "http://127.0.0.1:1/"]\n insteadOf = {address.removesuffix("/o/r.git")}/\n'
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere/index"))
    monkeypatch.setenv("GIT_TRACE_CURL", str(tmp_path / "trace"))
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    with opened(address, CLOCK, lambda: SECRET, manners=HASTY) as remote:
        base = remote.fetch("refs/heads/main")
        assert dict(remote.read(base, ["README.md"])) == {"README.md": b"# x\n"}
        remote.push(remote.commit(base, {"b": b"b"}, WORDS), "sync", ABSENT)
    assert hosting.read("o/r", "sync", "b") == b"b"
    assert not ran.exists()
    assert not (tmp_path / "trace").exists()


def test_a_token_is_on_no_command_line_and_in_no_file(address: str, hosting: Hosting) -> None:
    seen: list[str] = []

    def looks(_: BaseHTTPRequestHandler) -> bool:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = process.read_bytes().decode(errors="replace")
            except OSError:
                continue
            if "git" in line:
                seen.append(line)
        return False

    hosting.trouble = looks
    with opened(address, CLOCK, lambda: SECRET, manners=HASTY) as remote:
        base = remote.fetch("refs/heads/main")
        list(remote.read(base, ["README.md"]))
        remote.push(remote.commit(base, {"b": b"b"}, WORDS), "sync", ABSENT)
        files = [path.read_bytes() for path in remote.folder.rglob("*") if path.is_file()]
        kept = remote.folder
    assert any("push" in line for line in seen)
    for form in (SECRET, basic(SECRET)):
        assert form not in "\n".join(seen)
        assert all(form.encode() not in body for body in files)
        assert form not in str(dict(os.environ))
    assert not kept.exists()


TOKENS = st.text(ascii_letters + digits + "_-.~+/=", min_size=8, max_size=60).map("ghp_{}".format)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TOKENS, st.sampled_from([401, 403, 404, 500, 302]))
def test_no_error_shows_a_token_even_if_the_server_repeats_it(
    address: str, hosting: Hosting, secret: str, status: int
) -> None:
    def repeats(asked: BaseHTTPRequestHandler) -> bool:
        told = asked.headers.get("Authorization", "")
        say(
            asked,
            status,
            f"{secret} {told} {b64encode(secret.encode()).decode()}",
            Location=f"http://127.0.0.1:1/{secret}",
        )
        return True

    hosting.trouble = repeats
    with opened(address, CLOCK, lambda: secret, manners=HASTY) as remote, pytest.raises(GitFailed) as failure:
        remote.tip("main")
    everything = "".join(traceback.format_exception(failure.value)) + repr(failure.value) + repr(vars(failure.value))
    assert secret not in everything
    assert basic(secret) not in everything


def test_a_token_does_not_follow_a_redirect(address: str, hosting: Hosting, tmp_path: Path) -> None:
    other = Hosting(tmp_path / "other")
    with git_server(other) as elsewhere:

        def leads_away(asked: BaseHTTPRequestHandler) -> bool:
            say(asked, 301, "Moved", Location=f"{elsewhere}{asked.path}")
            return True

        hosting.trouble = leads_away
        with opened(address, CLOCK, lambda: SECRET, manners=HASTY) as remote, pytest.raises(GitFailed):
            remote.tip("main")
    assert other.asked == []


@pytest.mark.parametrize("secret", ["", "a b", "a\nb", "ä"])
def test_what_is_no_token_is_not_sent(address: str, secret: str) -> None:
    with opened(address, CLOCK, lambda: secret) as remote, pytest.raises(CannotRun, match="The token is empty"):
        remote.tip("main")


def clone(of: str, into: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", of, into], check=True, capture_output=True)
    return into


def test_a_clone_is_of_the_repository_that_it_should_be_of(hosting: Hosting, address: str, tmp_path: Path) -> None:
    mine = clone(address, tmp_path / "clone")
    verify(mine, address)
    with opened(address, CLOCK, lambda: SECRET, clone=mine) as remote:
        assert remote.tip("main")
    another = address.replace("o/r.git", "o/x.git")
    with pytest.raises(CannotRun, match=r"is a clone of 127\.0\.0\.1/o/r, not of 127\.0\.0\.1/o/x"):
        verify(mine, another)
    git(mine, "remote", "set-url", "--push", "origin", another)
    with pytest.raises(CannotRun, match=r"is a clone of 127\.0\.0\.1/o/x, not of"), opened(address, CLOCK, clone=mine):
        pass
    (tmp_path / "none").mkdir()
    with pytest.raises(CannotRun, match="no remote called origin"):
        verify(tmp_path / "none", address)
    verify(clone(str(hosting.folder("o/r")), tmp_path / "local"), str(hosting.folder("o/r")))


@pytest.mark.parametrize(
    "address",
    ["https://github.com/Haidra-Org/Reference", "https://github.com/Haidra-Org/Reference.git", "https://GitHub.com/Haidra-Org/Reference/",
     "git@github.com:Haidra-Org/Reference.git", "ssh://git@github.com/Haidra-Org/Reference", "https://x:y@github.com/haidra-org/reference"],
)  # fmt: skip
def test_all_ways_to_a_repository_name_the_same(address: str) -> None:
    assert place_of(address) == "github.com/haidra-org/reference"


def test_git_and_the_api_are_of_one_github(forge: Forge) -> None:
    """An App proposes, a maintainer merges, and main has it."""
    connection = forge.connection(forge.app())
    token: Token = connection.token
    with opened(forge.git_address(), CLOCK, token, manners=HASTY) as remote:
        base = remote.fetch("refs/heads/main")
        made = remote.commit(base, {"data/clip/b.json": b"{}\n"}, WORDS)
        remote.push(made, "sync", ABSENT)
        repository = forge.repository(forge.app())
        pulls.create(repository, "Sync", "Body", head="sync", base="main")
        assert remote.fetch("refs/pull/1/head") == made
        found = pulls.get(repository, 1)
        assert (found.head_sha, found.base_sha, found.mergeable) == (made, base, True)
        sha = pulls.merge(forge.repository(), 1, sha=made, title="Sync (#1)", message="")
        assert remote.fetch("refs/heads/main") == sha
        assert dict(remote.read(sha, ["data/clip/b.json"])) == {"data/clip/b.json": b"{}\n"}
    with opened(forge.git_address(), CLOCK, lambda: token_of("stranger"), manners=HASTY) as remote:
        made = remote.commit(remote.fetch("refs/heads/main"), {"x": b"x"}, WORDS)
        with pytest.raises(NotLetIn, match=rf"Permission to {NAME}\.git denied to stranger"):
            remote.push(made, "mine", ABSENT)
