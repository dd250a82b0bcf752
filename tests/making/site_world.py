"""An edition that has something of everything that pages show, and of everything that they must survive."""

from collections.abc import Iterator
from pathlib import Path

from hard_names import ODD
from queues import clip, proposal
from repositories import Repository

from horde_reference.analytics.series import Counts, Day
from horde_reference.analytics.series import encode as encode_day
from horde_reference.analytics.usage import Counted, Usage, Use
from horde_reference.analytics.usage import encode as encode_usage
from horde_reference.pending.proposal import Approval, RecordChange
from horde_reference.pending.snapshot import Queue
from horde_reference.pending.snapshot import encode as encode_queue

HOSTILE = "<script>alert('pwned')</script><img src=x onerror=alert(1)> **bold** [click](javascript:alert(1)) &amp; \"'"
PICTURE = "https://pictures.example/one.webp"
SAME_FILE = {
    "download": [{"file_name": "same.bin", "file_url": "https://files.example/same.bin", "sha256sum": "ef" * 32}]
}
DAY = 86_400
NOW = 1_764_000_000
# Names that the rules refuse; the pages must not depend on that.
TRAPS = ("index.html", "a/index.html", "INDEX.HTML/b", "javascript:alert(1)", "x.json", "x.html")


def write_world(root: Path) -> Repository:
    """A repository with a past, and beside it `usage.json`, `series/` and `queue.json`."""
    made = Repository(root / "repository")
    _write_first(made)
    made.commit("First records")
    made.author = "Grace"
    made.write(
        "image_generation", "Lantern XL", description="Paints lanterns at night.", version="2", nsfw=False,
        style="realistic", tags=["night", "light"], aliases=["Old Lantern"], size_on_disk_bytes=6_500_000_000,
        showcases=[PICTURE],
        requirements={"clip_skip": 2, "samplers": ["k_euler", "k_dpmpp_2m"]}, homepage="https://example.org/",
        trigger=["lantern style"],
        config={"download": [
            {"file_name": "lantern.safetensors", "file_url": "https://files.example/lantern.safetensors",
             "sha256sum": "ab" * 32, "size_bytes": 6_500_000_000},
            {"file_name": "odd.bin", "file_url": "https://files.example/odd.bin", "sha256sum": "cd" * 32},
        ]},
    )  # fmt: skip
    made.write(
        "image_generation", "Gone", withdrawn={
            "reason": "It never worked.", "date": "2025-11-01", "replaced_by": "Lantern XL"},
    )  # fmt: skip
    (made.data / "image_generation/Before.json").unlink()
    (made.data / "clip/Deleted.json").unlink()
    made.write("image_generation", "After", config=SAME_FILE)
    made.commit("Say more of Lantern XL (#41)")
    made.clock = NOW - DAY
    made.write("clip", "ViT-L/14", description=HOSTILE)
    made.commit(f"{HOSTILE} (#42)")
    (root / "queue.json").write_bytes(encode_queue(_queue()))
    (root / "usage.json").write_bytes(encode_usage(_usage()))
    for place in range(30):
        day = Day(fetched_at=NOW - (29 - place) * DAY, image={"Lantern XL": Counts(place * 3, 90, 900, 2)})
        (root / "series" / day.path).parent.mkdir(parents=True, exist_ok=True)
        (root / "series" / day.path).write_bytes(encode_day(day))
    return made


def _write_first(made: Repository) -> None:
    made.write("image_generation", "Lantern XL", description="Paints.", version="1", nsfw=False, size_on_disk_bytes=1)
    made.write("image_generation", "Gone")
    made.write("image_generation", "Hostile", description=HOSTILE, tags=["<b>"], trigger=["</dd><script>"])
    for name in ODD:
        made.write("image_generation", name, description=f"<script>alert('{name}')</script> & more", version="1")
    for nsfw in (False, True):
        made.write(
            "image_generation", f"Portrait {nsfw}", nsfw=nsfw, style="anime", baseline="stable_diffusion_1",
            size_on_disk_bytes=2_130_000_000, description="Faces of all kinds.",
        )  # fmt: skip
    for size in (3, 8, 70):
        made.write(
            "text_generation", f"author/Teller-{size}B-Q4_K_M", parameters=size * 10**9, style="roleplay",
            baseline="meta-llama/Llama-3", settings={"temperature": 0.7}, url="https://huggingface.co/author/Teller",
        )  # fmt: skip
    made.write("text_generation", "author/Teller-8B", parameters=8 * 10**9, display_name="The Teller")
    made.write("clip", "ViT-L/14")
    made.write("clip", "Deleted")
    made.write("image_generation", "Before", config=SAME_FILE)


def _queue() -> Queue:
    """Proposals of every kind, two of them hostile."""
    old = clip("ViT-L/14", description=HOSTILE)
    added = RecordChange("image_generation", "</bdi><script>alert(1)</script>", None, {"name": "x", "style": HOSTILE})
    changed = RecordChange("clip", "ViT-L/14", old, clip("ViT-L/14", nsfw=True))
    many = [RecordChange("clip", f"New {number}", None, clip(f"New {number}")) for number in range(30)]
    return Queue(
        repository="example/reference",
        fetched_at=NOW,
        proposals=(
            proposal(90, added, title=HOSTILE, author="<b>eve</b>", url="javascript:alert(1)", errors=2, is_draft=True),
            proposal(89, changed, title="See more", is_approved=True, approvals=(Approval("mia", NOW, "0" * 40),)),
            proposal(88, *many, title="Thirty", labels=("batch: autumn",), author=""),
            proposal(87, title="Only words"),
            proposal(80, added, state="closed", title="No", closed_at=NOW, closed_by="mia", reason=HOSTILE),
            proposal(79, changed, state="merged", title="Yes", closed_at=NOW, closed_by="mia"),
        ),
    )


def _usage() -> Usage:
    image = {"Lantern XL": Use(day=87, month=2_600, total=31_000, workers=3, jobs=1, eta=12)}
    image["Portrait False"] = Use(day=1, month=40, total=400, workers=0)
    text = {f"{backend}Teller-8B": Use(day=5, month=500, total=9_000, workers=2) for backend in _backends()}
    return Usage(fetched_at=NOW, image=Counted(models=image), text=Counted(models=text))


def _backends() -> Iterator[str]:
    yield "koboldcpp/"
    yield "aphrodite/author/"
