"""nginx and Caddy in daily life: while the tree is built anew, and with less than all modules."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from asking import Asker
from hosts import nginx_with, run_caddy, run_nginx, run_preview

from horde_reference.emit.hosting.host import Host
from horde_reference.workflows.build import Wishes, build

CLIP = "/api/model_references/v2/clip"
Write = Callable[..., Path]
Run = Callable[[Path, Path], AbstractContextManager[int]]


@pytest.mark.parametrize(("host", "run"), [(Host.PLAIN, run_preview), (Host.NGINX, run_nginx), (Host.CADDY, run_caddy)])
def test_a_server_need_not_know_that_the_tree_was_built_anew(
    host: Host, run: Run, tmp_path: Path, write: Write
) -> None:
    data, out = tmp_path / "data", tmp_path / "public"
    write(data, "clip", "ViT-L/14", description="As it was.")
    build(data, out, Wishes(host))
    with run(out, tmp_path) as port:
        ask = Asker(port)
        before = ask(CLIP)
        write(data, "clip", "ViT-L/14", description="As it is after a change.")
        build(data, out, Wishes(host))
        after = ask(CLIP, If_None_Match=before.headers["ETag"])
        ask.close()
    assert b"As it was." in before.body
    assert (after.status, b"As it is after a change." in after.body) == (200, True)


def test_nginx_without_its_module_for_brotli_sends_gzip(tmp_path: Path, write: Write) -> None:
    data, out = tmp_path / "data", tmp_path / "public"
    for name in ("ViT-L/14", "ViT-H/14"):
        write(data, "clip", name, description="Long." * 200)
    build(data, out, Wishes(Host.NGINX))
    with nginx_with("nginx.conf", out, tmp_path) as port:
        ask = Asker(port)
        encodings = [ask(CLIP, Accept_Encoding=accepted).headers["Content-Encoding"] for accepted in ("br, gzip", "br")]
        ask.close()
    assert encodings == ["gzip", None]


@pytest.mark.parametrize(("host", "run"), [(Host.NGINX, run_nginx), (Host.CADDY, run_caddy)])
def test_a_server_keeps_its_own_files_to_itself(host: Host, run: Run, tmp_path: Path, write: Write) -> None:
    data, out = tmp_path / "data", tmp_path / "public"
    write(data, "clip", "ViT-L/14")
    build(data, out, Wishes(host))
    private = ["/.horde-reference.json", *(f"/hosting/{file.name}" for file in (out / "hosting").iterdir())]
    with run(out, tmp_path) as port:
        ask = Asker(port)
        assert {target: ask(target).status for target in private} == dict.fromkeys(private, 404)
        ask.close()
