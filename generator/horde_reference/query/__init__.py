"""Lazy, typed selection of records."""
