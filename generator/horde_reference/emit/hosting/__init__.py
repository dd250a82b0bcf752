"""Hosting profiles: the one canonical tree, arranged so that a host answers the paths that clients ask for.

A resource and its children share a name: `/v2/clip` is a file, and `/v2/clip/model/…` lies below it. No file system
holds both, so the tree has `clip.json` beside `clip/`, and each host needs something else to find the one under the
name of the other.
"""
