"""The v2 format, as released clients read it: one object a record, and one object by name for a category."""
