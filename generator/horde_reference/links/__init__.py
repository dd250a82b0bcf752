"""What became of the downloads of the published records: a report, and an issue made of it. Asks nobody itself."""
