"""What browsers are told that pages may load and do."""

from typing import Final

_OURS: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)

PAGE: Final = f"{_OURS}; img-src 'self'"
"""Of a page without pictures from elsewhere."""

PAGE_WITH_PICTURES: Final = f"{_OURS}; img-src 'self' https:"
"""Of a model's page, which shows pictures where their authors keep them."""

DOCUMENTATION: Final = f"{_OURS}; img-src 'self' data:"
"""Of a page of the documentation, whose theme draws its icons from its style sheet."""

EVERYWHERE: Final = f"{PAGE_WITH_PICTURES} data:; frame-ancestors 'none'"
"""Of any answer, for hosts that can say so in a header. A page itself may state less, never more."""
