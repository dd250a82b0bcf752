"""Pages of the documentation that are made from the code: Markdown, committed, compared by a test."""
