"""Quick looks that pass many records, so that rules look only at the rest.

What a screen passes breaks none of its rules: that is a law, which the property tests check. It may well hold back a
record that breaks none.
"""

import re
from collections.abc import Callable
from typing import Final

from horde_reference.records.base import Download, LegacyEntry, Record
from horde_reference.records.kinds import ImageGeneration
from horde_reference.records.spellings import KNOWN_TAGS
from horde_reference.records.vocabulary import Baseline
from horde_reference.rules import downloads, wording
from horde_reference.rules.legacy import LIMITS

Screen = Callable[[Record], bool]
"""Whether a record surely breaks none of some rules."""

# A file name whose first part is too long for a device of Windows, a hash, and an address on a known host.
_SOUND_DOWNLOAD: Final = re.compile(
    r"[A-Za-z0-9_-]{5}[A-Za-z0-9_.()-]*\n[0-9a-f]{64}\nhttps://(?:"
    + "|".join(map(re.escape, sorted(downloads.KNOWN_HOSTS)))
    + r")/[A-Za-z0-9\-._~:/?#&()+,;=%]*"
)
_SOUND_LINK: Final = re.compile(r"https://[a-z0-9.-]+(?:/|$)")
_SOUND_PICTURE: Final = re.compile(r"https://raw\.githubusercontent\.com/")
# Longer, before its first dot, than any name that is reserved but one, and with no ending but that of a number.
_SOUND_NAME: Final = re.compile(
    r"(?!(?i:node_modules)$)[A-Za-z0-9()_-][A-Za-z0-9()_ +-]{5,}(?:\.[0-9][A-Za-z0-9()_ +-]*)*(?<! )"
)
_LONGEST_SOUND: Final = 200


def _is_sound(download: Download) -> bool:
    facts = f"{download.file_name}\n{download.sha256sum}\n{download.file_url}"
    return _SOUND_DOWNLOAD.fullmatch(facts) is not None


def sound_downloads(record: Record) -> bool:
    """All files have plain names, hashes in lower case and plain addresses on known hosts."""
    return all(map(_is_sound, record.config.download))


def sound_name(record: Record) -> bool:
    """The name is plain ASCII text, neither short nor long."""
    return is_sound_name(record.name)


def is_sound_name(name: str) -> bool:
    """Whether a name is plain ASCII text, neither short nor long, and so an address wherever it is published."""
    return len(name) <= _LONGEST_SOUND and _SOUND_NAME.fullmatch(name) is not None


def sound_texts(record: Record) -> bool:
    """All texts are printable and have no blanks at their edges."""
    # The only blank that can be printed is the space.
    joined = "|".join(wording.texts(record))
    return joined.isprintable() and joined.strip(" ") == joined and "| " not in joined and " |" not in joined


def sound_image(record: Record) -> bool:
    """An image model with plain links and texts of usual lengths."""
    return (
        isinstance(record, ImageGeneration)
        and record.finetune_series is None
        and record.baseline is not Baseline.INFER
        and 0 < len(record.description or "") <= LIMITS["description"]
        and len(record.name) <= LIMITS["name"]
        and len(record.version or "") <= LIMITS["version"]
        and len(record.homepage or "") <= LIMITS["homepage"]
        and (record.homepage is None or _SOUND_LINK.match(record.homepage) is not None)
        and all(map(_SOUND_PICTURE.match, record.showcases))
        and (record.legacy is None or _is_usual(record.legacy))
    )


def known_words(record: Record) -> bool:
    """An image model whose tags are known ones, and that asks nothing of requests."""
    return isinstance(record, ImageGeneration) and record.requirements is None and KNOWN_TAGS.issuperset(record.tags)


def _is_usual(legacy: LegacyEntry) -> bool:
    """Whether nothing is kept for the legacy file but whether the model is available."""
    fields = legacy.fields
    return not legacy.omit and (not fields or (len(fields) == 1 and type(fields.get("available")) is bool))


SCREENS: Final[tuple[tuple[Screen, frozenset[str]], ...]] = (
    (sound_name, frozenset({"name-form", "reserved-name"})),
    (
        sound_downloads,
        frozenset(
            {
                "download-https",
                "download-host",
                "download-address",
                "sha256-missing",
                "sha256-form",
                "sha256-case",
                "file-name-form",
            }
        ),
    ),
    (
        sound_image,
        frozenset(
            {
                "baseline-placeholder",
                "description-missing",
                "legacy-fields",
                "legacy-limits",
                "link-https",
                "showcase-host",
            }
        ),
    ),
    (known_words, frozenset({"requirement-known", "tag-near-known", "tag-spelling"})),
    (sound_texts, frozenset({"blank-text", "stray-blanks", "invisible-characters"})),
)
"""Screens and the ids of the rules that they stand before."""
