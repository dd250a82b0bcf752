"""A GitHub for the tests of adapters."""

from forge_fixtures import emulator, forge

__all__ = ["emulator", "forge"]
