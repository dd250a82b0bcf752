"""GitHub's REST API: pull requests, issues, comments, labels, branches, forks, checks. Contents go through git.

A `Repository` is a name and a `Connection`; each module has the verbs of one noun, as functions of a repository.
"""
