"""Where a tree is going to be served."""

from enum import StrEnum


class Host(StrEnum):
    """What a tree can be arranged for."""

    PLAIN = "plain"
    NGINX = "nginx"
    CADDY = "caddy"
    CLOUDFLARE_PAGES = "cloudflare-pages"
    GITHUB_PAGES = "github-pages"
