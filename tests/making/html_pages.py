"""Pages as trees of elements, read as strictly as a validator does."""

from collections.abc import Iterator, Mapping
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from horde_reference.formats.addresses import MISSING_PAGE

ADDRESSES = {"href", "src", "action", "srcset", "data", "poster", "formaction"}


def parsed(body: bytes) -> Element:
    """The page; an error of any kind in its HTML fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Element = parser.parse(body.decode())
    return page


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def one(page: Element, tag: str) -> Element:
    found = page.find(f".//{tag}")
    assert found is not None, tag
    return found


def addresses(page: Element) -> Iterator[tuple[str, str]]:
    """Every address that the page names, with the tag that names it."""
    for element in page.iter():
        for attribute, value in element.attrib.items():
            if attribute in ADDRESSES and isinstance(element.tag, str):
                yield element.tag, value


def inside(page: Element) -> Iterator[str]:
    """Addresses without a scheme: those of the site itself."""
    return (value for _, value in addresses(page) if not urlsplit(value).scheme)


def target(path: str, address: str) -> str:
    """Path of the file that a page at a path means by an address."""
    parts = urlsplit(address)
    assert not parts.netloc, address
    if path == MISSING_PAGE:  # shown under any address
        return target("index.html", f".{address}" if parts.path else address)
    assert not parts.path.startswith("/"), f"{address} would leave the folder that the site lies in"
    if not parts.path:
        return path
    joined = normpath(f"/{path.rpartition('/')[0]}/{unquote(parts.path)}").strip("/")
    return f"{joined}/index.html".lstrip("/") if parts.path.endswith("/") else joined


def missing_links(files: Mapping[str, bytes]) -> list[str]:
    """Links within a tree that lead nowhere."""
    pages = {path: body for path, body in files.items() if path.endswith(".html")}
    return [
        f"{path}: {address}"
        for path, body in pages.items()
        for address in inside(parsed(body))
        if target(path, address) not in files
    ]
