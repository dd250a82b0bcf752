"""The command line: words for people around the workflows."""
