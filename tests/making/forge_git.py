"""The git side of `forge`: the emulator's branches follow those of git, its merges are made in git.

Commits of the emulator only stand for those of git. In all that it says, the ids of the ones are put in place of those
of the others.
"""

import json
import re
import subprocess
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from forge_messages import Asked
from git_server import Hosting, git
from github_emulator import ADMIN, USERS, Emulator, token_of

_ID = re.compile(r"\b[0-9a-f]{40}\b")
_ONLY_ALONE = ("merged", "merged_by", "mergeable", "mergeable_state", "rebaseable")


@dataclass
class Pull:
    """What git must know of a pull request."""

    head_repository: str
    head_ref: str
    base_ref: str
    head: str = ""
    is_open: bool = True
    author: str = ""


@dataclass
class Mirror:
    """What both sides know of each other."""

    hosting: Hosting
    emulator: Emulator
    stands_for: dict[str, str] = field(default_factory=dict)
    """Ids of git's commits by those of the emulator's."""
    stand_ins: dict[tuple[str, str], str] = field(default_factory=dict)
    """Ids of the emulator's commits by repository and id of git's."""
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    """Branches, as the emulator was last told of them."""
    pulls: dict[tuple[str, int], Pull] = field(default_factory=dict)
    lock: Any = field(default_factory=RLock)

    def bring(self) -> None:
        """Tell the emulator what was pushed."""
        for name in self.hosting.writers:
            self._bring(name, self.hosting.branches(name))
        for (name, number), pull in self.pulls.items():
            if pull.is_open:
                self._follow(name, number, pull)

    def forget(self, name: str) -> None:
        """A repository is gone."""
        del self.hosting.writers[name]
        del self.known[name]
        self.pulls = {key: pull for key, pull in self.pulls.items() if key[0] != name}
        for pull in self.pulls.values():
            if pull.head_repository == name:  # a fork that is made later is another, even if it has the same name
                pull.head_repository = ""
        self.stand_ins = {key: one for key, one in self.stand_ins.items() if key[0] != name}

    def _bring(self, name: str, branches: dict[str, str]) -> None:
        known = self.known.setdefault(name, {})
        for branch, tip in branches.items():
            if known.get(branch) != tip:
                self._move(name, branch, tip, is_there=branch in known or branch == "main")
                known[branch] = tip
        for branch in known.keys() - branches.keys():
            self._ask(name, "DELETE", f"git/refs/heads/{branch}")
            del known[branch]

    def _move(self, name: str, branch: str, tip: str, *, is_there: bool) -> None:
        sha = self._stand_in(name, tip)
        if is_there:
            self._ask(name, "PATCH", f"git/refs/heads/{branch}", {"sha": sha, "force": True})
        else:
            self._ask(name, "POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": sha})

    def _ask(self, name: str, method: str, path: str, body: Any = None) -> Any:
        owner = name.partition("/")[0]
        return self.emulator.ask(method, f"/repos/{name}/{path}", body, token_of(owner if owner in USERS else ADMIN))

    def _stand_in(self, name: str, commit: str) -> str:
        if (name, commit) not in self.stand_ins:
            head = self._ask(name, "GET", "git/ref/heads/main")["object"]["sha"]
            tree = self._ask(name, "GET", f"git/commits/{head}")["tree"]["sha"]
            body = {"message": f"Stands for {commit} of {name}.", "tree": tree, "parents": []}
            made = self._ask(name, "POST", "git/commits", body)["sha"]
            self.stand_ins[name, commit], self.stands_for[made] = made, commit
        return self.stand_ins[name, commit]

    def _follow(self, name: str, number: int, pull: Pull) -> None:
        """A pull request is where its branch is. Where that is deleted, GitHub closes it; not where the fork is."""
        if pull.head_repository not in self.hosting.writers:
            return
        tip = self.hosting.branches(pull.head_repository).get(pull.head_ref)
        if tip is None:
            pull.is_open = False
            self._ask(name, "PATCH", f"pulls/{number}", {"state": "closed"})
        elif tip != pull.head:
            refspec = f"+refs/heads/{pull.head_ref}:refs/pull/{number}/head"
            git(self.hosting.folder(name), "fetch", "--quiet", str(self.hosting.folder(pull.head_repository)), refspec)
            pull.head = tip

    def merged_tree(self, name: str, pull: Pull) -> str | None:
        """The tree that a pull request would make of its base; `None` if they contradict each other."""
        command = ["git", "merge-tree", "--write-tree", self.hosting.tip(name, pull.base_ref), pull.head]
        done = subprocess.run(command, cwd=self.hosting.folder(name), capture_output=True, text=True, check=False)
        return done.stdout.split()[0] if done.returncode == 0 else None

    def merged(self, name: str, number: int, said: Any, sha: str) -> None:
        """Make in git the merge that the emulator made, with the message that it was given."""
        pull = self.pulls[name, number]
        folder = self.hosting.folder(name)
        parents = [self.hosting.tip(name, pull.base_ref)]
        if said.get("merge_method", "merge") == "merge":
            parents.append(pull.head)
        words = [said.get("commit_title") or f"Merge pull request #{number}", said.get("commit_message") or ""]
        message = ("\n\n".join(filter(None, words)) + "\n").encode()
        author = {"GIT_AUTHOR_NAME": pull.author, "GIT_AUTHOR_EMAIL": f"{pull.author}@users.noreply.github.com"}
        above = [word for parent in parents for word in ("-p", parent)]
        made = git(folder, "commit-tree", str(self.merged_tree(name, pull)), *above, given=message, settings=author)
        git(folder, "update-ref", f"refs/heads/{pull.base_ref}", made)
        self.stands_for[sha], self.stand_ins[name, made] = made, sha
        self.known[name][pull.base_ref] = made
        pull.is_open = False

    def outgoing(self, asked: Asked) -> bytes:
        """A request as the emulator understands it: it knows no ids of git's, and not where a branch is now."""
        match asked.method, asked.about:
            case "PUT", ["pulls", _, "merge"]:
                return json.dumps({key: value for key, value in asked.said.items() if key != "sha"}).encode()
            case "POST", ["pulls", number, "reviews"]:
                head = self.pulls[str(asked.repository), int(number)].head
                return json.dumps({"commit_id": head, **asked.said}).encode()
        return asked.body

    def deleted(self, asked: Asked) -> None:
        """Delete in git what was deleted through the API."""
        match asked.method, asked.about:
            case "DELETE", ["git", "refs", *ref]:
                name, branch = str(asked.repository), "/".join(ref).removeprefix("heads/")
                git(self.hosting.folder(name), "update-ref", "-d", f"refs/heads/{branch}")
                self.known[name].pop(branch, None)

    def incoming(self, asked: Asked, body: Any) -> Any:
        """An answer with git's ids in it, and with pull requests as git knows them."""
        body = json.loads(_ID.sub(lambda found: self.stands_for.get(found[0], found[0]), json.dumps(body)))
        if asked.about[:1] == ["pulls"]:
            for one in body if isinstance(body, list) else [body]:
                if "head" in one and "merged_at" in one:
                    self._correct(str(asked.repository), one, is_alone=len(asked.about) == 2 or asked.method != "GET")
        return body

    def _correct(self, name: str, said: Any, *, is_alone: bool) -> None:
        key = name, said["number"]
        if key not in self.pulls:
            head = said["head"]
            author = said["user"]["login"]
            self.pulls[key] = Pull(head["repo"]["full_name"], head["ref"], said["base"]["ref"], author=author)
            self._follow(*key, self.pulls[key])
        pull = self.pulls[key]
        pull.is_open = said["state"] == "open"
        said["head"]["sha"] = pull.head
        if pull.is_open:
            said["base"]["sha"] = self.hosting.tip(name, pull.base_ref)
        if not is_alone:
            for word in _ONLY_ALONE:
                said.pop(word, None)
        elif pull.is_open:
            said["mergeable"] = self.merged_tree(name, pull) is not None
