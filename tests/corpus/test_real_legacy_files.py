"""The real legacy files come back whole from the records that were made of them."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from horde_reference.changes.diff import diff
from horde_reference.finding import Severity
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.adopt import adopt
from horde_reference.workflows.fix import fix
from horde_reference.workflows.gather import gather

COUNTS = {
    "image_generation": 161,
    "controlnet": 18,
    "clip": 2,
    "blip": 2,
    "esrgan": 6,
    "gfpgan": 1,
    "codeformer": 1,
    "safety_checker": 1,
    "miscellaneous": 2,
    "text_generation": 719,
}
IMAGE_FILES = [str(category.legacy_file) for category in CATEGORIES.values() if category.repository == "image"]


def test_every_record_is_adopted(adopted: Path) -> None:
    counts = gather(adopted).corpus.counts()
    assert {name: count for name, count in counts.items() if count} == COUNTS


def test_the_adopted_records_pass_every_check(adopted: Path, run: Callable[..., Result]) -> None:
    assert run("check", "--data", adopted).exit_code == 0


def test_hashes_keep_their_case_and_a_warning_offers_the_fix(adopted: Path) -> None:
    shouted = [finding for finding in gather(adopted).findings if finding.rule == "sha256-case"]
    assert len(shouted) == 45
    assert all(finding.severity is Severity.WARNING and finding.fixable for finding in shouted)


def test_adopting_again_changes_nothing(adopted: Path, shared: Path) -> None:
    again = adopt(shared / "corpus/image", shared / "corpus/text", adopted)
    assert (again.written, again.removed) == ([], [])


def test_adopting_reports_what_it_could_not_represent(shared: Path, tmp_path: Path) -> None:
    findings = adopt(shared / "corpus/image", shared / "corpus/text", tmp_path / "data").findings
    by_rule = [finding.rule for finding in findings]
    assert by_rule.count("adopt-duplicate-row") == 4
    assert by_rule.count("adopt-key-differs") == 1
    assert by_rule.count("adopt-exception") == 6  # three pairs of ControlNets share their files
    assert len(by_rule) == 11
    assert all(finding.line > 1 for finding in findings if finding.rule != "adopt-exception")


@pytest.mark.parametrize("name", IMAGE_FILES)
def test_image_files_say_the_same(name: str, shared: Path, published: Path) -> None:
    theirs = json.loads((shared / "corpus/image" / name).read_bytes())
    ours = json.loads((published / "legacy/image" / name).read_bytes())
    assert ours == theirs
    assert list(ours) == list(theirs)


def test_the_image_file_is_the_same_to_the_byte(shared: Path, published: Path) -> None:
    theirs = (shared / "corpus/image/stable_diffusion.json").read_bytes()
    assert (published / "legacy/image/stable_diffusion.json").read_bytes() == theirs


def test_the_text_database_is_the_same_to_the_byte(shared: Path, published: Path) -> None:
    theirs = (shared / "corpus/text/db.json").read_bytes()
    assert (published / "legacy/text/db.json").read_bytes() == theirs


def test_the_text_table_is_the_same_but_for_earlier_rows_of_a_name(shared: Path, published: Path) -> None:
    theirs = (shared / "corpus/text/models.csv").read_bytes().split(b"\r\n")
    ours = (published / "legacy/text/models.csv").read_bytes().split(b"\r\n")
    last = {next(csv.reader([row.decode()]))[0]: row for row in theirs if row}
    once = dict.fromkeys(last[next(csv.reader([row.decode()]))[0]] for row in theirs if row)
    assert ours == [*once, b""]
    assert len(theirs) - len(ours) == 4


def _edited(shared: Path, tmp_path: Path, edit: Callable[[dict[str, dict[str, object]]], None]) -> Path:
    folder = tmp_path / "newer"
    folder.mkdir()
    entries = json.loads((shared / "corpus/image/stable_diffusion.json").read_bytes())
    edit(entries)
    (folder / "stable_diffusion.json").write_text(json.dumps(entries, indent=4))
    return folder


def test_adopting_a_newer_state_updates_only_what_changed(shared: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    adopt(shared / "corpus/image", None, data)

    def edit(entries: dict[str, dict[str, object]]) -> None:
        entries["Deliberate"]["description"] = "Another text."
        entries["A new one"] = {**entries["Photon"], "name": "A new one", "config": {"files": [], "download": []}}

    newer = adopt(_edited(shared, tmp_path, edit), None, data)
    assert newer.written == ["image_generation/A new one.json", "image_generation/Deliberate.json"]
    assert newer.removed == []


def test_a_record_removed_there_is_kept_with_a_warning_or_pruned(shared: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    adopt(shared / "corpus/image", None, data)

    def edit(entries: dict[str, dict[str, object]]) -> None:
        del entries["Deliberate"]

    newer = _edited(shared, tmp_path, edit)
    kept = adopt(newer, None, data)
    assert (kept.written, kept.removed) == ([], [])
    assert [finding.rule for finding in kept.findings] == ["adopt-not-in-legacy"]
    pruned = adopt(newer, None, data, prune=True)
    assert (pruned.written, pruned.removed) == ([], ["image_generation/Deliberate.json"])


def test_what_legacy_files_cannot_say_survives_adopting(shared: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    adopt(shared / "corpus/image", None, data)
    file = data / "image_generation/Deliberate.json"
    document = json.loads(file.read_bytes())
    document["finetune_series"] = {"name": "Deliberate"}
    document["config"]["download"][0]["size_bytes"] = 4_265_097_179
    file.write_text(json.dumps(document))
    adopt(shared / "corpus/image", None, data)  # nothing new: the file is left alone, also as it is formatted
    assert file.read_text() == json.dumps(document)

    def edit(entries: dict[str, dict[str, object]]) -> None:
        entries["Deliberate"]["description"] = "Another text."

    adopt(_edited(shared, tmp_path, edit), None, data)
    changed = json.loads(file.read_bytes())
    assert changed["description"] == "Another text."
    assert changed["finetune_series"] == document["finetune_series"]
    assert changed["config"] == document["config"]


def test_fixing_the_adopted_records_changes_only_what_the_fixes_name(adopted: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(adopted, data)
    fixable = {Path(finding.path).relative_to(data) for finding in gather(data).findings if finding.fixable}
    fixed = fix(data)
    changes = diff(gather(adopted).corpus, gather(data).corpus)
    assert {Path(path) for path in fixed.paths} == fixable
    assert len(changes) == len(fixable)
    fields = {field.field for change in changes for field in change.fields()}
    assert fields == {"config.download", "description", "instruct_format", "style", "tags"}
