"""What the W3C's checker says of every kind of page and of the style sheets."""

from collections.abc import Mapping
from pathlib import Path

from html_checker import errors
from site_kinds import files_shown


def test_an_error_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>A page</title><p><ul></ul></p>")
    assert len(errors(page)) == 1


def test_every_kind_of_page_is_valid(world: Path, files: Mapping[str, bytes]) -> None:
    styles = [world / path for path in files if path.endswith(".css") and path.startswith("assets/")]
    pages = [world / path for path in files_shown()]
    assert all(path.is_file() for path in pages)
    assert styles
    assert errors(*pages, *styles) == []
