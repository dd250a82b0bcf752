"""Formats: one module each, with `encode` and `decode`, so that the two directions cannot drift apart."""
