"""Git: copies of repositories, the files of a revision, the log. Only here is gitpython imported."""

import os

# Without this, gitpython refuses to be imported where git is not installed, and nothing here would run there.
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
