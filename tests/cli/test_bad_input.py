"""Every bad input gets a clear finding with its line, the right exit code, and leaves the output as it was."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]
RECORD = "image_generation/Model.json"
GOOD = """{
  "$schema": "https://models.aihorde.net/schemas/record/image_generation.json",
  "name": "Model",
  "description": "A model.",
  "baseline": "stable_diffusion_xl",
  "nsfw": false
}
"""

# What is done to the good record → the rule that says it, the line, and what the message or hint must hold.
FAULTS: dict[str, tuple[bytes, str, int, str]] = {
    "broken JSON": (GOOD.replace('model.",', 'model."').encode(), "json-syntax", 5, "delimiter"),
    "cut off": (GOOD[:60].encode(), "json-syntax", 2, "Unterminated"),
    "empty file": (b"", "json-syntax", 1, "Expecting value"),
    "duplicate key": (
        GOOD.replace('"nsfw": false', '"nsfw": false,\n  "nsfw": true').encode(), "json-duplicate-key", 7, "nsfw"
    ),
    "wrong type": (GOOD.replace("false", '"no"').encode(), "wrong-type", 6, '"no"'),
    "unknown key": (GOOD.replace('"nsfw"', '"nfsw"').encode(), "unknown-key", 6, "Did you mean nsfw?"),
    "missing key": (GOOD.replace(',\n  "nsfw": false', "").encode(), "missing-key", 1, "nsfw"),
    "unknown baseline": (
        GOOD.replace("_diffusion_", "_difusion_").encode(), "unknown-value", 5, "Did you mean stable_diffusion_xl?"
    ),
    "alternative baseline": (
        GOOD.replace("stable_diffusion_xl", "SDXL").encode(), "unknown-value", 5, "Did you mean stable_diffusion_xl?"
    ),
    "another name than its path": (GOOD.replace('"Model"', '"Madel"').encode(), "path-matches-name", 3, "Madel.json"),
    "invalid UTF-8": (GOOD.encode().replace(b"A model", b"A m\xffdel"), "json-syntax", 4, "not UTF-8"),
    "UTF-16": (GOOD.encode("utf-16"), "json-syntax", 1, "not UTF-8"),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD.encode(), "json-syntax", 1, "byte order mark"),
    "null": (GOOD.replace('"A model."', "null").encode(), "null-value", 4, "description"),
    "NaN": (GOOD.replace("false", "NaN").encode(), "json-syntax", 6, "NaN"),
    "not an object": (b"[]\n", "wrong-type", 1, "object"),
    "a number of 5000 digits": (GOOD.replace("false", "9" * 5000).encode(), "json-syntax", 1, "digits"),
    "nested too deeply": (GOOD.replace("false", "[" * 5000 + "]" * 5000).encode(), "json-syntax", 6, "nested"),
    "10 MB": (GOOD.replace("A model", "x" * 10_000_000).encode(), "too-large", 0, "64 KiB"),
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, run: Run) -> Path:
    """A folder with one good record, built once."""
    (tmp_path / "data/image_generation").mkdir(parents=True)
    (tmp_path / "data" / RECORD).write_text(GOOD)
    assert run("build", "--data", tmp_path / "data", "--out", tmp_path / "public").exit_code == 0
    return tmp_path / "data"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_file_is_found_and_stops_the_build(fault: str, data: Path, run: Run) -> None:
    raw, rule, line, words = FAULTS[fault]
    (data / RECORD).write_bytes(raw)
    before = tree(data.parent / "public")
    checked = run("check", "--data", data, "--format", "json")
    assert checked.exit_code == 1
    finding = next(one for one in json.loads(checked.stdout)["findings"] if one["rule"] == rule)
    assert finding["path"] == (data / RECORD).as_posix()
    assert finding["line"] == line
    assert words in finding["message"] + finding["hint"]
    built = run("build", "--data", data, "--out", data.parent / "public")
    assert built.exit_code == 1
    assert tree(data.parent / "public") == before


def test_all_faults_of_all_files_are_told_in_one_run(data: Path, run: Run) -> None:
    for number, (raw, *_) in enumerate(FAULTS.values()):
        (data / f"image_generation/Fault {number}.json").write_bytes(raw)
    findings = json.loads(run("check", "--data", data, "--format", "json").stdout)["findings"]
    assert len({finding["path"] for finding in findings}) == len(FAULTS)


def test_several_faults_of_one_file_are_told_in_one_run(data: Path, run: Run) -> None:
    (data / RECORD).write_text(GOOD.replace("false", '"no"').replace("_xl", "_xxl").replace("description", "desc"))
    findings = json.loads(run("check", "--data", data, "--format", "json").stdout)["findings"]
    assert {finding["rule"] for finding in findings} == {"unknown-key", "unknown-value", "wrong-type"}


def test_two_records_that_collide_on_macos(data: Path, run: Run, write: Write) -> None:
    write(data, "image_generation", "MODEL")
    checked = run("check", "--data", data)
    assert checked.exit_code == 1
    assert "path-collision" in checked.stdout


def test_a_link_out_of_the_folder_is_not_followed(data: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text(GOOD.replace('"Model"', '"Linked"'))
    (data / "image_generation/Linked.json").symlink_to(tmp_path / "secret.json")
    (data / "clip").symlink_to(tmp_path)
    checked = run("check", "--data", data, "--format", "json")
    assert checked.exit_code == 1
    found = {(finding["rule"], finding["path"]) for finding in json.loads(checked.stdout)["findings"]}
    assert found == {
        ("not-a-file", (data / "clip").as_posix()),
        ("not-a-file", (data / "image_generation/Linked.json").as_posix()),
    }


def test_a_pipe_is_not_waited_for(data: Path, run: Run) -> None:
    os.mkfifo(data / "image_generation/Pipe.json")
    checked = run("check", "--data", data)
    assert checked.exit_code == 1
    assert "not-a-file" in checked.stdout


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Become a user without rights, as root may read everything."""

    def become() -> None:
        if os.getuid() == 0:
            os.seteuid(65534)

    yield become
    os.seteuid(os.getuid())


def test_an_unreadable_file_is_found(run: Run, as_nobody: Callable[[], None]) -> None:
    with TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        (data / "image_generation").mkdir(parents=True)
        (data / RECORD).write_text(GOOD)
        (data / "image_generation/Locked.json").write_text(GOOD)
        (data / "image_generation/Locked.json").chmod(0)
        (data / "clip").mkdir(0)
        as_nobody()
        checked = run("check", "--data", data, "--format", "json")
        os.seteuid(os.getuid())
    assert checked.exit_code == 1
    found = {(finding["rule"], Path(finding["path"]).name) for finding in json.loads(checked.stdout)["findings"]}
    assert found == {("unreadable", "Locked.json"), ("unreadable", "clip")}


def test_a_name_that_is_not_utf8(data: Path, run: Run) -> None:
    (Path(os.fsdecode(bytes(data) + b"/image_generation/caf\xe9.json"))).write_text(GOOD)
    for command in ("check", "build"):
        done = run(command, "--data", data, *(("--out", data.parent / "public") if command == "build" else ()))
        assert done.exit_code == 1
        assert "unreadable" in done.stdout


def test_text_of_a_record_cannot_begin_a_line_of_the_output(data: Path, run: Run, write: Write) -> None:
    download = {"file_name": "a\u001b[31m\n::error::owned", "file_url": "https://huggingface.co/a"}
    write(data, "image_generation", "Escape", config={"download": [download]})
    for form in ("text", "github"):
        lines = run("check", "--data", data, "--format", form).stdout.splitlines()
        assert not [line for line in lines if line.startswith("::error::owned")]
        assert not any("\x1b[31m" in line for line in lines if form == "text")


@pytest.mark.parametrize("named", ["", "image_generation", "."])
def test_check_of_a_folder_finds_all_that_lies_in_it(named: str, data: Path, run: Run) -> None:
    (data / "image_generation/notes.txt").write_text("?")
    assert run("check", data / named, "--data", data).exit_code == 1


def test_a_file_that_is_no_record(data: Path, run: Run) -> None:
    (data / "image_generation/notes.txt").write_text("?")
    (data / "README.md").write_text("Beside the categories, other files are welcome.")
    checked = run("check", "--data", data, "--format", "json")
    assert checked.exit_code == 1
    assert [finding["rule"] for finding in json.loads(checked.stdout)["findings"]] == ["unknown-file"]


def test_a_record_in_no_category(data: Path, run: Run) -> None:
    (data / "image_genaration").mkdir()
    (data / "image_genaration/Model.json").write_text(GOOD)
    checked = run("check", "--data", data)
    assert checked.exit_code == 1
    assert "Did you mean image_generation?" in checked.stdout


def test_someone_elses_output_folder(data: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/thesis.doc").write_text("years of work")
    built = run("build", "--data", data, "--out", tmp_path / "theirs")
    assert built.exit_code == 3
    assert "did not make" in built.stderr
    assert tree(tmp_path / "theirs") == {str(tmp_path / "theirs/thesis.doc"): b"years of work"}


@pytest.mark.parametrize("command", ["check", "fix", "build"])
def test_a_missing_data_folder_cannot_run(command: str, run: Run, tmp_path: Path) -> None:
    done = run(command, "--data", tmp_path / "nowhere")
    assert done.exit_code == 3
    assert "nowhere" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["check", "--format", "yaml"], ["nonsense"], ["adopt"], ["build", "--max-shrink", "2"], ["diff", "one"]],
)
def test_wrong_usage_is_exit_2(arguments: list[str], run: Run) -> None:
    assert run(*arguments).exit_code == 2


def test_a_path_outside_the_data_folder_is_wrong_usage(data: Path, run: Run, tmp_path: Path) -> None:
    assert run("check", tmp_path, "--data", data).exit_code == 2
    assert run("check", data / "image_generation/None.json", "--data", data).exit_code == 2


def test_a_legacy_folder_without_legacy_files_cannot_run(run: Run, tmp_path: Path) -> None:
    done = run("adopt", "--image", tmp_path, "--into", tmp_path / "data")
    assert done.exit_code == 3
    assert "stable_diffusion.json" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_legacy_record_that_cannot_be_said_is_left_out_and_told(run: Run, tmp_path: Path) -> None:
    entries = {
        "good": {"name": "good", "type": "clip", "config": {"files": [], "download": []}, "available": False},
        "odd": {"name": "odd", "type": "clip", "config": {"files": [{"path": "a", "mode": 7}], "download": []}},
        "typed": {"name": "typed", "description": 5, "config": {"files": [], "download": []}},
    }
    (tmp_path / "clip.json").write_text(json.dumps(entries, indent=4))
    done = run("adopt", "--image", tmp_path, "--into", tmp_path / "data", "--format", "json")
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["written"] == ["clip/good.json"]
    assert [(one["rule"], one["pointer"]) for one in said["findings"]] == [
        ("adopt-unrepresentable", "/odd"),
        ("adopt-unrepresentable", "/typed"),
    ]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('name,parameters_bn\r\n"a/b-1B,1\r\n', "the header is"),
        ("{head}\r\na/b-1B,one,,,,,,,,\r\n", "not a number of billions"),
        ("{head}\r\na/b-1B,,,,,,,,,\r\n", "parameters"),
        ('{head}\r\na/b-1B,1,"An unclosed,,,,,,,\r\nc/d-1B,1,,,,,,,,\r\n', "quotation mark"),
        ("{head}\r\na/b-1B,1,,\r\n", "4 cells"),
        ("{head}\r\na/b-1B,1,,,,,,,,{{broken\r\n", "settings is not JSON"),
    ],
)
def test_a_broken_table_is_told(table: str, words: str, run: Run, tmp_path: Path) -> None:
    head = "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings"
    (tmp_path / "models.csv").write_text(table.format(head=head))
    done = run("adopt", "--text", tmp_path, "--into", tmp_path / "data")
    assert done.exit_code == 1
    assert words in done.stdout


@pytest.mark.parametrize("command", ["check", "fix", "build"])
def test_a_folder_without_records_is_not_called_right(command: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "data/lora").mkdir(parents=True)
    done = run(command, "--data", tmp_path / "data")
    assert done.exit_code == 3
    assert "holds no records" in done.stderr
