"""How long an answer may be kept, as hosts with headers of their own are told."""

from typing import Final

SHORT: Final = "public, max-age=60"
"""What may say something else after the next build: kept for a minute, then asked for again by its ETag."""

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""What never changes."""

NUMBERED: Final = "changes"
"""Folder of the files that never change: `<number>.json` in it."""
