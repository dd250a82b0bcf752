"""Open pull requests as proposed changes: the pending queue."""
