"""Workflows: what each command does, from the outside world in and back out. No words for a terminal here."""
