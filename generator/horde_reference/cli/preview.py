"""The command that shows a built tree over HTTP."""

from pathlib import Path

import click

from horde_reference.adapters.web import server
from horde_reference.cli.options import folder_option


@click.command()
@folder_option("--dir", "root", default="public", help="Web root to show.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
def serve(root: Path, port: int) -> None:
    """Preview a built tree over HTTP, on this machine only.

    Reads --dir, also while it is rebuilt. Answers addresses with and without .json as the hosts do, what is
    not there with 404, in JSON or, for people, in a page. Writes nothing. Ends with Ctrl-C. Exits 0, 2 or 3.
    """
    with server(root, port=port) as running:
        host, bound = running.server_address[:2]
        click.echo(f"Serving {root} at http://{host!s}:{bound} (Ctrl-C ends it)")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("Ended.")
