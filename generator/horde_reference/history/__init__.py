"""What happened to the records, derived from the log of the repository that holds them."""
