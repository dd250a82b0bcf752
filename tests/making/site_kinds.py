"""A page of every kind that the site of `site_world` has."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

PATHS = (
    "/",
    "/models/",
    "/models/?view=cards&nsfw=1",
    "/models/?q=nothing-like-this",
    "/models/image_generation/",
    "/models/audio_generation/",
    "/models/image_generation/Lantern%20XL/",
    "/models/image_generation/Gone/",
    "/models/image_generation/Hostile/",
    "/models/clip/Deleted/",
    "/models/text_generation/author/Teller-8B/",
    "/propose/",
    "/propose/image_generation/",
    "/propose/image_generation/?model=Lantern+XL",
    "/statistics/",
    "/statistics/text_generation/",
    "/risk/",
    "/risk/image_generation/",
    "/families/",
    "/news/",
    "/queue/",
    "/hosting/404.html",
)


def files_shown() -> Iterator[str]:
    """Their files, each once: some are shown in several states."""
    shown = (unquote(urlsplit(path).path)[1:] for path in PATHS)
    yield from dict.fromkeys(path if path.endswith(".html") else f"{path}index.html" for path in shown)
