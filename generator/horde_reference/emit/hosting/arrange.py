"""The canonical tree as one host needs it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.emit.hosting import caddy, cloudflare_pages, github_pages, nginx
from horde_reference.emit.hosting.host import Host
from horde_reference.tree import Emitted

_PROFILES: Final[Mapping[Host, Callable[[Iterable[Emitted]], Iterator[Emitted]]]] = MappingProxyType(
    {
        Host.PLAIN: iter,
        Host.NGINX: nginx.arranged,
        Host.CADDY: caddy.arranged,
        Host.CLOUDFLARE_PAGES: cloudflare_pages.arranged,
        Host.GITHUB_PAGES: github_pages.arranged,
    }
)


def arrange(files: Iterable[Emitted], host: Host) -> Iterator[Emitted]:
    """The same tree for one host, file by file as it comes."""
    return _PROFILES[host](files)
