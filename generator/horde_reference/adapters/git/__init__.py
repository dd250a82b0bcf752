"""Git: copies of repositories, the files of a revision, the log. Only here is gitpython imported."""
