"""Caddy: finds `X.json` under `/X`, and sends the compressed variants beside it.

<path>.br, <path>.gz     compressed variants
hosting/Caddyfile.site   what a site needs beside its address and root, to be imported into one's own
hosting/Caddyfile        all of a server with that site, to try it
"""

from collections.abc import Iterable, Iterator
from typing import Final

from horde_reference.emit.hosting.caching import FOR_EVER, NUMBERED, SHORT
from horde_reference.emit.hosting.compressed import with_variants
from horde_reference.emit.policy import EVERYWHERE
from horde_reference.formats.addresses import DATA_FOLDERS, MISSING_PAGE
from horde_reference.media import TYPES
from horde_reference.tree import Emitted

_TYPES: Final = "\n".join(
    f'\t@{ending} path *.{ending}\n\theader @{ending} Content-Type "{kind}"' for ending, kind in TYPES.items()
)

_DATA: Final = " ".join(f"/{folder}/*" for folder in DATA_FOLDERS)

_SITE: Final = f"""\
# The model reference as it was built: what a Caddy site needs beside its address. In your own Caddyfile:
#
#     models.example.org {{
#         root * /srv/models/public
#         import /srv/models/public/hosting/Caddyfile.site
#     }}

header {{
	Access-Control-Allow-Origin *
	Access-Control-Allow-Headers *
	Access-Control-Expose-Headers *
	Cache-Control "{SHORT}"
	X-Content-Type-Options nosniff
	Content-Security-Policy "{EVERYWHERE}"
}}
route {{
	# A browser asks before it sends If-None-Match to another site.
	@asked method OPTIONS
	respond @asked 204
	@writing not method GET HEAD
	error @writing 405

	@hosting path /hosting/*
	error @hosting 404

	# Not `rewrite`, which takes a question mark in a name for the start of a query.
	@resource file {{path}}.json
	uri @resource path_regexp $ .json

	# A page names others from where it lies, so it is found with the slash behind it.
	@folder {{
		path_regexp ^/[A-Za-z0-9_][A-Za-z0-9_/.-]*$
		not path */
		file {{path}}/index.html
	}}
	redir @folder {{path}}/ 308

	@numbered path_regexp ^/{NUMBERED}/[0-9]+\\.json$
	header @numbered Cache-Control "{FOR_EVER}"
{_TYPES}
	file_server {{
		precompressed br gzip
		index index.html index.json
		hide .*
		disable_canonical_uris
	}}
}}
handle_errors {{
	header Cache-Control "{SHORT}"
	# Where there is no page people are told so in one; everybody else in JSON.
	@page {{
		expression {{err.status_code}} == 404
		path */
		not path {_DATA}
		file /{MISSING_PAGE}
	}}
	handle @page {{
		header Content-Type "{TYPES["html"]}"
		rewrite * /{MISSING_PAGE}
		file_server {{
			precompressed br gzip
		}}
	}}
	handle {{
		header Content-Type {TYPES["json"]}
		respond `{{"detail":"{{err.status_text}}"}}
` {{err.status_code}}
	}}
}}
"""

_MAIN: Final = """\
# The model reference on this machine, at http://127.0.0.1:8080, served by any user from the folder above public/:
#
#     caddy run --config public/hosting/Caddyfile
#
# PORT is another port, ROOT another folder. For the public, import Caddyfile.site into a site of your own instead.
{
	admin off
	auto_https off
}

:{$PORT:8080} {
	bind 127.0.0.1
	root * {$ROOT:public}
	import Caddyfile.site
}
"""


def arranged(files: Iterable[Emitted]) -> Iterator[Emitted]:
    """The tree for Caddy."""
    yield from with_variants(files)
    yield "hosting/Caddyfile.site", _SITE.encode()
    yield "hosting/Caddyfile", _MAIN.encode()
