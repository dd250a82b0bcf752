"""What the W3C's checker says of every page of the documentation."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from html_checker import errors


def test_every_page_is_valid(world: Path, pages: Mapping[str, Element]) -> None:
    assert errors(*(world / path for path in pages)) == []
