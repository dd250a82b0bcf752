"""Names under which the text backends know a model."""


def short_name(name: str) -> str:
    """The part of a model's name behind its author."""
    return name.partition("/")[2] or name
