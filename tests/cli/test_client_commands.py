"""The commands of the client, over a served tree, and what a base installation can run."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import click
import pytest
from click.testing import Result

from horde_reference.cli.client import KINDS
from horde_reference.cli.main import COMMANDS, cli
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.build import build

Run = Callable[..., Result]
Write = Callable[..., Path]
NOWHERE = "http://127.0.0.1:9"
ODD = 'Modèle 模型 \x1b[31m\u202e, "50%" \\'
INSTALL = "pip install 'horde-reference[generator]'"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"CACHE": "off", "GITHUB": "false", "SNAPSHOT": "false", "DEADLINE": "2"}.items():
        monkeypatch.setenv(f"HORDE_REFERENCE_{name}", value)
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def tree(tmp_path: Path, write: Write) -> Path:
    data = tmp_path / "data"
    file = {"file_name": "a.safetensors", "file_url": "https://example.org/a.safetensors", "sha256sum": "a" * 64}
    write(
        data, "image_generation", "Albedo", tags=["anime", "realistic"], size_on_disk_bytes=6_938_040_682,
        config={"download": [file]}, aliases=["Old Albedo"],
    )  # fmt: skip
    write(data, "image_generation", "Bold", nsfw=True, tags=["anime"], baseline="flux_1", size_on_disk_bytes=10**9)
    write(data, "image_generation", "Cold", style="anime", finetune_series={"name": "Pony"})
    write(data, "text_generation", "author/Big-123B", parameters=123_000_000_000)
    write(data, "text_generation", "author/Half-1.5B", parameters=1_500_000_000)
    write(data, "text_generation", "author/Tiny-350M", parameters=350_000_000)
    write(data, "clip", "Albedo", version="2")
    write(data, "controlnet", "Lines")
    build(data, tmp_path / "public")
    return tmp_path / "public"


@pytest.fixture
def url(tree: Path, serve: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch) -> str:
    # The server runs in this process: what it says of requests would stand among what the command says.
    monkeypatch.setattr(BaseHTTPRequestHandler, "log_message", lambda *_: None)
    return serve(tree)


@pytest.fixture
def ask(url: str, run: Run) -> Callable[..., str]:
    """What a command says of the served tree when it does well."""

    def answer(*arguments: str) -> str:
        done = run(*arguments, "--url", url)
        assert done.exit_code == 0, done.output
        assert done.stderr == ""
        return done.stdout

    return answer


Ask = Callable[..., str]


def test_a_table_has_aligned_columns_that_tell_most(ask: Ask) -> None:
    assert ask("query", "images", "--fields", "name,baseline,nsfw,size,tags,finetune_series.name").splitlines() == [
        "name    baseline             nsfw  size    tags              finetune_series__name",
        "Albedo  stable_diffusion_xl  no    6.9 GB  anime, realistic",
        "Bold    flux_1               yes   1.0 GB  anime",
        "Cold    stable_diffusion_xl  no                              Pony",
    ]
    assert ask("query", "text_generation").splitlines()[1:] == [
        "author/Big-123B   123B        no    A model called author/Big-123B.",
        "author/Half-1.5B  1.5B        no    A model called author/Half-1.5B.",
        "author/Tiny-350M  350M        no    A model called author/Tiny-350M.",
    ]


def test_a_table_leaves_out_what_no_model_states(ask: Ask) -> None:
    assert ask("query", "clips").splitlines()[0].split() == ["name", "description"]
    assert ask("query", "images").splitlines()[0].split() == [
        "name", "baseline", "style", "nsfw", "size", "description"
    ]  # fmt: skip
    assert ask("query", "blips") == "name\n"


def test_a_table_fits_the_terminal(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = ask("query", "texts").splitlines()
    assert [len(line) for line in lines[1:]] == [50, 50, 50]
    assert lines[1].startswith("author/Big-123B   123B        no    A model")
    assert all(line.endswith("…") for line in lines[1:])


def test_json_has_what_is_published(ask: Ask) -> None:
    albedo, *others = json.loads(ask("query", "images", "--format", "json"))
    assert [one["name"] for one in others] == ["Bold", "Cold"]
    assert albedo["config"]["download"] == [
        {"file_name": "a.safetensors", "file_url": "https://example.org/a.safetensors", "sha256sum": "a" * 64,
         "known_slow_download": False}
    ]  # fmt: skip
    assert albedo["tags"] == ["anime", "realistic"]
    assert {"legacy", "exceptions", "aliases", "withdrawn"}.isdisjoint(albedo)
    assert None not in albedo.values()
    some = ask("query", "images", "--format", "json", "--fields", "name,size", "--where", "name=Albedo")
    assert json.loads(some) == [{"name": "Albedo", "size": 6_938_040_682}]


def test_csv_can_be_read_back(tree: Path, run: Run, ask: Ask) -> None:
    text = ask("query", "images", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(text, newline="")))
    assert (first["name"], first["nsfw"], first["style"]) == ("Albedo", "false", "")
    assert first["size_on_disk_bytes"] == "6938040682"
    assert json.loads(first["tags"]) == ["anime", "realistic"]
    assert json.loads(first["config"])["download"][0]["file_name"] == "a.safetensors"
    some = ("--format", "csv", "--fields", "name, nsfw", "--limit", "1")
    assert run("query", "images", *some, "--directory", tree).stdout_bytes == b"name,nsfw\r\nAlbedo,false\r\n"


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("images", ["Albedo", "Bold", "Cold"]),
        ("Image-Generation", ["Albedo", "Bold", "Cold"]),
        ("images --where baseline=SDXL", ["Albedo", "Cold"]),
        ("images --where baseline=SDXL --where size>=1e9", ["Albedo"]),
        ("images --where size>=1e9 --where size<=2e9", ["Bold"]),
        ("images --where size!=1e9 --where size!=6938040682", ["Cold"]),
        ("images --where finetune_series.name=Pony", ["Cold"]),
        ("images --where name~=BED", ["Albedo"]),
        ("images --sfw", ["Albedo", "Cold"]),
        ("images --nsfw", ["Bold"]),
        ("images --tag anime", ["Albedo", "Bold"]),
        ("images --tag anime --tag Realistic", ["Albedo"]),
        ("images --baseline sdxl", ["Albedo", "Cold"]),
        ("images --sort size", ["Bold", "Albedo", "Cold"]),
        ("images --sort size --descending", ["Albedo", "Bold", "Cold"]),
        ("images --sort finetune_series.name", ["Cold", "Albedo", "Bold"]),
        ("images --limit 1", ["Albedo"]),
        ("images --limit 0", []),
        ("images --offset 1 --limit 1", ["Bold"]),
        ("images --offset 9", []),
        ("texts --where parameters>=1e9", ["author/Big-123B", "author/Half-1.5B"]),
        ("controlnets --where controlnet_style=canny", ["Lines"]),
    ],
)
def test_a_query_chooses(options: str, names: list[str], ask: Ask) -> None:
    assert ask("query", *options.split(), "--format", "names").splitlines() == names


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("imags", "Did you mean 'images'?"),
        ("images --where basline=x", "Did you mean 'baseline'?"),
        ("images --where baseline=stable_difusion_xl", "Did you mean 'stable_diffusion_xl'?"),
        ("images --where nonsense", "is no condition"),
        ("images --where size=big", "numbers"),
        ("images --baseline nonsense", "nonsense"),
        ("clips --baseline SDXL", "no field 'baseline'"),
        ("clips --tag anime", "no field 'tags'"),
        ("clips --sfw", "no field 'nsfw'"),
        ("images --sort sise", "Did you mean 'size'?"),
        ("images --sort tags", "is a list"),
        ("images --descending", "--sort"),
        ("images --fields name,sise", "Did you mean 'size'?"),
        ("images --fields name --format names", "--fields"),
        ("images --limit -1", "-1"),
        ("images --offset -1", "-1"),
        ("images --pin 0", "0"),
        ("images --url ftp://a.b", "ftp://a.b"),
        ("images --directory .", "--url or --directory"),
        ("images --format xml", "xml"),
        ("", "CATEGORY"),
    ],
)
def test_wrong_usage_is_told_without_reading_anything(options: str, said: str, run: Run) -> None:
    done = run("query", *options.split(), "--url", NOWHERE)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_every_category_and_shortcut_can_be_asked_for(tree: Path, run: Run) -> None:
    assert set(CATEGORIES) < set(KINDS)
    for name in KINDS:
        assert run("query", name, "--directory", tree).exit_code == 0, name


def test_get_shows_all_of_a_model_in_every_category_that_has_it(ask: Ask) -> None:
    clip, image = ask("get", "Albedo").split("\n\n")
    assert clip.splitlines() == [
        "category: clip", "name: Albedo", "description: A model called Albedo.", "version: 2"
    ]  # fmt: skip
    lines = image.splitlines()
    assert "size_on_disk_bytes: 6938040682 (6.9 GB)" in lines
    assert "tags: anime, realistic" in lines
    assert "config.download.1.file_name: a.safetensors" in lines
    assert "nsfw: no" in lines
    assert "parameters: 1500000000 (1.5B)" in ask("get", "author/Half-1.5B").splitlines()
    assert ask("get", "Albedo", "--category", "clips").rstrip("\n") == clip


def test_get_in_json_says_the_category(ask: Ask) -> None:
    found = json.loads(ask("get", "Albedo", "--format", "json"))
    assert [(one["record_type"], one["name"]) for one in found] == [("clip", "Albedo"), ("image_generation", "Albedo")]


def test_get_suggests_near_names(url: str, run: Run) -> None:
    done = run("get", "albdo", "--url", url)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "There is no model 'albdo'. Did you mean 'Albedo'" in done.stderr
    done = run("get", "author", "--url", url, "--format", "json")
    assert (done.exit_code, done.stdout) == (1, "[]\n")
    assert done.stderr.count("'author/") == 3
    other = run("get", "Bold", "--category", "clip", "--url", url)
    assert other.exit_code == 1
    assert "Did you mean" not in other.stderr or "Albedo" in other.stderr


def test_status_says_sources_head_and_categories(url: str, run: Run, ask: Ask) -> None:
    lines = ask("status").splitlines()
    assert lines[0] == f"source: {url}"
    assert lines[1].startswith("head: number 0, commit not known")
    assert lines[3].split() == ["category", "models", "age", "problem"]
    assert [line.split() for line in lines if line.startswith("image_generation")] == [
        ["image_generation", "3", "0", "s"]
    ]
    said = json.loads(ask("status", "--format", "json"))
    assert said["source"] == url
    assert said["head"] == {"number": 0, "commit": None, "time": None, "modified": False}
    assert {one["category"]: one["count"] for one in said["categories"]}["text_generation"] == 3
    assert all(one["problem"] == "" and one["age"] < 60 for one in said["categories"])
    several = json.loads(run("status", "--url", NOWHERE, "--url", url, "--format", "json").stdout)
    assert several["source"] == f"{NOWHERE}, else {url}"
    assert several["categories"][0]["count"] == 0


def test_where_nothing_can_be_had_all_exit_3(run: Run) -> None:
    stated = run("status", "--url", NOWHERE)
    assert stated.exit_code == 3
    assert "head: not known" in stated.stdout
    assert "127.0.0.1" in stated.stdout
    for words in (("query", "images"), ("get", "Albedo")):
        done = run(*words, "--url", NOWHERE)
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr.startswith("Error: ")


def test_offline_reads_the_snapshot_or_says_that_there_is_no_copy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("query", "images", "--offline", "--url", NOWHERE)
    assert done.exit_code == 3
    assert "offline, and there is no copy" in done.stderr
    monkeypatch.setenv("HORDE_REFERENCE_SNAPSHOT", "true")
    done = run("query", "images", "--offline", "--url", NOWHERE, "--format", "names")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 10


def test_offline_reads_what_was_kept(tmp_path: Path, url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORDE_REFERENCE_CACHE", str(tmp_path / "cache"))
    online = run("query", "images", "--url", url)
    assert run("query", "images", "--url", url, "--offline").stdout == online.stdout != ""


def test_options_go_before_the_environment(
    tmp_path: Path, tree: Path, url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HORDE_REFERENCE_URL", NOWHERE)
    assert run("query", "images").exit_code == 3
    assert run("query", "images", "--url", url).exit_code == 0
    assert run("query", "images", "--directory", tree).exit_code == 0
    monkeypatch.setenv("HORDE_REFERENCE_DIRECTORY", str(tmp_path / "nothing"))
    assert run("query", "images").exit_code == 3
    assert run("query", "images", "--url", url).exit_code == 0
    monkeypatch.setenv("HORDE_REFERENCE_TTL", "soon")
    wrong = run("query", "images", "--url", url)
    assert wrong.exit_code == 3
    assert "HORDE_REFERENCE_TTL" in wrong.stderr


def test_a_number_that_is_not_published_cannot_be_read(url: str, run: Run) -> None:
    done = run("query", "images", "--pin", "7", "--url", url)
    assert done.exit_code == 3
    assert "7 is not published" in done.stderr


def test_a_checkout_can_be_read_and_what_is_passed_over_is_told(tree: Path, run: Run) -> None:
    data = tree.parent / "data"
    broken = data / "image_generation/Bold.json"
    broken.write_text('{"name": "Bold", "nsfw": "perhaps"}')
    done = run("query", "images", "--directory", data, "--format", "names")
    assert (done.exit_code, done.stdout) == (0, "Albedo\nCold\n")
    assert done.stderr.startswith("Warning: ")
    assert done.stderr.count("'Bold'") == 1


def test_odd_characters_cannot_command_a_terminal(tree: Path, run: Run) -> None:
    folder = tree.parent / "odd"
    (folder / "clip").mkdir(parents=True)
    for number, name in enumerate(("a\nb", ODD)):
        (folder / f"clip/{number}.json").write_text(json.dumps({"name": name, "description": name}))
    for words in (("query", "clips"), ("query", "clips", "--format", "names"), ("get", ODD), ("get", "a\nb")):
        shown = run(*words, "--directory", folder)
        assert shown.exit_code == 0
        assert all(one.isprintable() or one == "\n" for one in shown.stdout)
    assert "Modèle 模型 \\x1b[31m\\u202e" in run("query", "clips", "--directory", folder).stdout
    header, first, second = run("query", "clips", "--directory", folder).stdout.splitlines()
    assert header.index("description") == first.index("a\\nb", 5) == second.index("Modèle", 5) + 2  # two wide letters
    exact = run("query", "clips", "--directory", folder, "--format", "csv", "--fields", "name").stdout
    assert [row[0] for row in csv.reader(io.StringIO(exact, newline=""))] == ["name", "a\nb", ODD]
    assert [one["name"] for one in json.loads(run("get", ODD, "--directory", folder, "--format", "json").stdout)] == [
        ODD
    ]


def test_a_missing_name_with_odd_characters_is_shown_harmless(url: str, run: Run) -> None:
    done = run("get", ODD, "--url", url)
    assert done.exit_code == 1
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_loads(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert not (command.short_help or "").startswith("Needs")


def test_a_misspelt_command_is_suggested(run: Run) -> None:
    done = run("quary")
    assert done.exit_code == 2
    assert "query" in done.stderr


LIBRARIES = ("git", "pydantic", "jsonschema_rs", "orjson", "jinja2", "brotli", "redis")


@pytest.fixture
def bare() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run the command line where only the base installation is."""
    without = f"import sys; sys.modules.update(dict.fromkeys({LIBRARIES}))"
    script = f"{without}; from horde_reference.cli.entry import main; main()"

    def bare_run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)

    return bare_run


def test_the_base_installation_runs_the_client(
    bare: Callable[..., "subprocess.CompletedProcess[str]"], url: str
) -> None:
    for words in (["query", "images"], ["get", "Albedo"], ["status"]):
        done = bare(*words, "--url", url)
        assert (done.returncode, done.stderr) == (0, "")


NEEDING = (
    ("build", "--data", "data", "--out", "public"),
    ("audit", "log", "--format", "json"),
    ("adopt", "--image", "a"),
    ("diff", "HEAD", "HEAD~1"),
    ("check",),
)


@pytest.mark.parametrize("words", NEEDING, ids=lambda words: words[0])
def test_without_a_library_a_command_says_what_to_install(
    words: tuple[str, ...], bare: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    done = bare(*words)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"The command {words[0]} needs the library" in done.stderr
    assert INSTALL in done.stderr
    assert INSTALL in " ".join(bare(words[0], "--help").stdout.split())


def test_help_lists_every_command_whatever_is_installed(
    bare: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    done = bare("--help")
    assert done.returncode == 0
    listed = done.stdout.partition("Commands:")[2]
    assert all(f"  {name} " in listed for name in COMMANDS)
    assert "Needs: pip install" in listed
    assert "Show the models of a category" in listed


def test_a_query_loads_nothing_that_it_does_not_need() -> None:
    script = (
        "import sys; from horde_reference.cli.main import cli; cli(['query', '--help'], standalone_mode=False);"
        "print(sorted({'git', 'pydantic', 'jsonschema_rs', 'orjson', 'jinja2', 'requests'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
