"""A GitHub with a repository of records, and a clone of it in which commands run."""

from place_fixtures import emulator, place

__all__ = ["emulator", "place"]
