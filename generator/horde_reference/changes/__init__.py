"""The difference between two corpora: the only one in this code base."""
