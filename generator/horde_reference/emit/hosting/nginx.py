"""nginx: finds `X.json` under `/X`, and sends the compressed variants beside it.

<path>.br, <path>.gz        compressed variants
hosting/nginx.server.conf   what a server block needs beside its name and root, to be included in one's own
hosting/nginx.conf          all of a server with that block, to try it
hosting/nginx.brotli.conf   the same with the module for brotli
"""

from collections.abc import Iterable, Iterator
from typing import Final

from horde_reference.emit.hosting.caching import FOR_EVER, NUMBERED, SHORT
from horde_reference.emit.hosting.compressed import with_variants
from horde_reference.emit.policy import EVERYWHERE
from horde_reference.formats.addresses import DATA_FOLDERS, MISSING_PAGE
from horde_reference.media import TYPES, UNKNOWN
from horde_reference.tree import Emitted

_TYPES: Final = "\n".join(f'    "{kind}" {ending};' for ending, kind in TYPES.items())

_SERVER: Final = f"""\
# The model reference as it was built: what an nginx server block needs beside its name. In your own configuration:
#
#     server {{
#         listen 443 ssl;
#         server_name models.example.org;
#         root /srv/models/public;
#         include /srv/models/public/hosting/nginx.server.conf;
#         # brotli_static on;   # with the module ngx_http_brotli_static_module
#     }}

types {{
{_TYPES}
}}
default_type {UNKNOWN};

# Variants lie beside the files, compressed as well as it goes.
gzip off;
gzip_static on;
gzip_vary on;

set $caching "{SHORT}";
add_header Cache-Control $caching always;
add_header Access-Control-Allow-Origin "*" always;
add_header Access-Control-Allow-Headers "*" always;
add_header Access-Control-Expose-Headers "*" always;
add_header X-Content-Type-Options nosniff always;
add_header Content-Security-Policy "{EVERYWHERE}" always;

# A browser asks before it sends If-None-Match to another site.
if ($request_method = OPTIONS) {{
    return 204;
}}

# Where there is no page people are told so in one; everybody else in JSON.
set $missing /hosting/none;
if ($uri ~ "^/(?!(?:{"|".join(DATA_FOLDERS)})/)(?:.*/)?$") {{
    set $missing /{MISSING_PAGE};
}}

location / {{
    try_files $uri.json $uri @folder;
}}
location @folder {{
    # A page names others from where it lies, so it is found with the slash behind it only.
    set $page "";
    if ($request_uri ~ "^(/[^/?][^?]*)") {{
        set $page $1;
    }}
    if (!-f $request_filename/index.html) {{
        return 404;
    }}
    return 308 $page/$is_args$args;
}}
location ~ /$ {{
    try_files ${{uri}}index.html ${{uri}}index.json =404;
}}
location ~ ^/{NUMBERED}/[0-9]+(\\.json)?$ {{
    set $caching "{FOR_EVER}";
    try_files $uri.json $uri =404;
}}
location ~ ^/hosting/|/\\.(?!well-known/) {{
    return 404;
}}

error_page 403 404 @missing;
error_page 405 @refused;
location @missing {{
    set $caching "{SHORT}";
    try_files $missing @nothing;
}}
location @nothing {{
    types {{
    }}
    default_type {TYPES["json"]};
    set $caching "{SHORT}";
    return 404 '{{"detail":"Not Found"}}\\n';
}}
location @refused {{
    types {{
    }}
    default_type {TYPES["json"]};
    return 405 '{{"detail":"These are files: changes are pull requests."}}\\n';
}}
"""

_HEAD: Final = """\
# The model reference on this machine, at http://127.0.0.1:8080, served by any user:
#
#     nginx -e stderr -p public/ -c hosting/{name}
#
# For the public, include nginx.server.conf in a server block of your own instead.
"""

_BROTLI: Final = """\
#
# Needs the module for brotli (Debian: libnginx-mod-http-brotli-static), which other systems keep elsewhere.
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
"""

_MAIN: Final = """\
daemon off;
error_log stderr;
pid /tmp/horde-reference-nginx.pid;

events {
}

http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path /tmp/horde-reference-nginx-body;
    proxy_temp_path /tmp/horde-reference-nginx-proxy;
    fastcgi_temp_path /tmp/horde-reference-nginx-fastcgi;
    uwsgi_temp_path /tmp/horde-reference-nginx-uwsgi;
    scgi_temp_path /tmp/horde-reference-nginx-scgi;

    server {
        listen 127.0.0.1:8080;
        root .;
        include nginx.server.conf;
    }
}
"""


def arranged(files: Iterable[Emitted]) -> Iterator[Emitted]:
    """The tree for nginx."""
    yield from with_variants(files)
    with_brotli = _MAIN.replace("root .;", "root .;\n        brotli_static on;")
    yield "hosting/nginx.server.conf", _SERVER.encode()
    yield "hosting/nginx.conf", (_HEAD.format(name="nginx.conf") + _MAIN).encode()
    yield "hosting/nginx.brotli.conf", (_HEAD.format(name="nginx.brotli.conf") + _BROTLI + with_brotli).encode()
