"""Names under which the text backends know a model."""

from horde_reference.records.vocabulary import TextBackend


def short_name(name: str) -> str:
    """The part of a model's name behind its author."""
    return name.partition("/")[2] or name


def backend_names(name: str) -> tuple[str, str]:
    """The names that the legacy database gives a model besides its own: for Aphrodite and for KoboldCpp."""
    return f"{TextBackend.APHRODITE}/{name}", f"{TextBackend.KOBOLDCPP}/{short_name(name)}"
