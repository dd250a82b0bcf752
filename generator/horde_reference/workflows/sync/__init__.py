"""Keeping the two legacy repositories right, by the smallest possible pull requests.

ours      our records, as they are and as they were at the last sync
targets   a legacy repository: on GitHub, as a clone, as a plain folder
state     what its files say, as records that can be compared with ours
planning  what its files are to hold, and which of its own edits stay
granting  what people let it do that it would not do by itself
guarding  what stops a sync
pushing   branch, commit, pull request; `branching` and `pulling` are the parts of the branch and of the pull request
marking   what the body of the pull request remembers
drifting  what was edited there by hand, proposed for our records
watching  the same again whenever something is new
"""
