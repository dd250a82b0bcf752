"""Records in a spreadsheet and back, as people and spreadsheet programs do it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]
DATA = Path(__file__).parent.parent.parent / "data"
QUILL = "text_generation/author/Quill-8B.json"


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    write(folder, "text_generation", "author/Quill-8B", tags=["chat", "a, b"], settings={"top_p": 0.5}, nsfw=True)
    write(folder, "text_generation", "author/Ink-1B", description='=1+1 "so"\n-- two lines', version="'3")
    write(folder, "image_generation", "Lantern XL")
    return folder


@pytest.fixture
def table(data: Path, tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "table.csv"
    assert run("records", "export", "text_generation", "--data", data, "--csv", path).exit_code == 0
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def save(path: Path, found: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(found[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(found)
    path.write_bytes(text.getvalue().encode(encoding))


def edit(path: Path, of: str, **cells: str) -> None:
    found = rows(path)
    next(row for row in found if row["name"] == of).update(cells)
    save(path, found)


def files(data: Path) -> dict[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*.json")}


def stated(data: Path, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / path).read_bytes())
    return found


def test_an_export_has_a_row_a_record_and_a_column_a_field(table: Path) -> None:
    quill = next(row for row in rows(table) if row["name"] == "author/Quill-8B")
    assert len(rows(table)) == 2
    assert (quill["parameters"], quill["nsfw"], quill["tags"]) == ("8000000000", "true", '["chat", "a, b"]')
    assert (quill["settings"], quill["version"]) == ('{"top_p": 0.5}', "")
    assert {"finetune_series.name", "config.download", "withdrawn.reason", "aliases"} <= quill.keys()
    assert not any(column.startswith("legacy") for column in quill)


def test_no_cell_is_a_formula(table: Path) -> None:
    ink = next(row for row in rows(table) if row["name"] == "author/Ink-1B")
    assert ink["description"] == '\'=1+1 "so"\n-- two lines'
    assert ink["version"] == "''3"


def test_the_table_is_printed_or_written_for_excel(data: Path, table: Path, run: Run) -> None:
    printed = run("records", "export", "text_generation", "--data", data)
    assert table.read_bytes() == b"\xef\xbb\xbf" + printed.stdout_bytes


def test_columns_can_be_chosen(data: Path, run: Run) -> None:
    fields = "settings,legacy.position"
    printed = run("records", "export", "text_generation", "--data", data, "--fields", fields).stdout
    assert printed.splitlines()[0] == "name,settings,legacy.position"
    refused = run("records", "export", "text_generation", "--data", data, "--fields", "setings")
    assert refused.exit_code == 3
    assert "Did you mean settings?" in refused.stderr


def test_an_export_changes_nothing_when_it_is_imported(data: Path, table: Path, run: Run) -> None:
    before = files(data)
    done = run("records", "import", "text_generation", table, "--data", data)
    assert (done.exit_code, done.stdout) == (0, "No record differs.\n0 files written.\n")
    assert files(data) == before


def test_a_cell_that_was_changed_changes_that_field(data: Path, table: Path, run: Run) -> None:
    before = files(data)
    edit(table, "author/Quill-8B", style="story")
    done = run("records", "import", "text_generation", table, "--data", data)
    assert done.stdout == '~ text_generation/author/Quill-8B\n    style: - -> "story"\n1 file written.\n'
    assert {path for path, body in files(data).items() if before[path] != body} == {QUILL}
    assert stated(data, QUILL) == {**json.loads(before[QUILL]), "style": "story"}


def test_an_empty_cell_removes_a_field_and_a_missing_row_removes_nothing(data: Path, table: Path, run: Run) -> None:
    edit(table, "author/Quill-8B", settings="", nsfw="FALSE")
    save(table, [row for row in rows(table) if row["name"] == "author/Quill-8B"])
    assert run("records", "import", "text_generation", table, "--data", data).exit_code == 0
    assert not {"settings", "nsfw"}.intersection(stated(data, QUILL))
    assert (data / "text_generation/author/Ink-1B.json").exists()


def test_nested_fields_come_and_go(data: Path, table: Path, run: Run) -> None:
    edit(table, "author/Quill-8B", **{"finetune_series.name": "Quills", "finetune_series.author": "me"})
    run("records", "import", "text_generation", table, "--data", data)
    assert stated(data, QUILL)["finetune_series"] == {"name": "Quills", "author": "me"}
    edit(table, "author/Quill-8B", **{"finetune_series.name": "", "finetune_series.author": ""})
    run("records", "import", "text_generation", table, "--data", data)
    assert "finetune_series" not in stated(data, QUILL)


def test_a_new_name_adds_a_record(data: Path, table: Path, run: Run) -> None:
    new = dict.fromkeys(rows(table)[0], "") | {"name": "author/New-2B", "parameters": "2000000000"}
    save(table, [*rows(table), {**new, "tags": "chat, story", "nsfw": "no"}])
    done = run("records", "import", "text_generation", table, "--data", data)
    assert done.stdout == "+ text_generation/author/New-2B\n1 file written.\n"
    added = stated(data, "text_generation/author/New-2B.json")
    added.pop("$schema")
    assert added == {"name": "author/New-2B", "parameters": 2_000_000_000, "tags": ["chat", "story"]}


def test_a_dry_run_writes_nothing(data: Path, table: Path, run: Run) -> None:
    before = files(data)
    edit(table, "author/Quill-8B", style="story")
    done = run("records", "import", "text_generation", table, "--data", data, "--dry-run")
    assert done.stdout.endswith("1 file would be written.\n")
    assert files(data) == before


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_tables_of_other_programs_are_read(data: Path, table: Path, run: Run, delimiter: str, encoding: str) -> None:
    edit(table, "author/Quill-8B", style="story", description="Ümlaut; mit, Zeichen")
    save(table, rows(table), delimiter, encoding)
    assert run("records", "import", "text_generation", table, "--data", data).exit_code == 0
    assert stated(data, QUILL)["description"] == "Ümlaut; mit, Zeichen"


def test_what_programs_do_to_a_table_changes_nothing(data: Path, table: Path, run: Run) -> None:
    text = table.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\n", "\r\n")
    text = text.replace("8000000000", "8E+09", 1).replace("true", "TRUE")
    table.write_bytes(b"sep=,\r\n" + text.encode() + b"\r\n,,,\r\n"[:2])
    done = run("records", "import", "text_generation", table, "--data", data)
    assert (done.exit_code, done.stdout) == (0, "No record differs.\n0 files written.\n")


def test_all_findings_come_at_once_with_lines_of_the_table_and_nothing_is_written(
    data: Path, table: Path, run: Run
) -> None:
    before = files(data)
    edit(table, "author/Ink-1B", parameters="1,5", nsfw="maybe", settings="{", tags="[1")
    edit(table, "author/Quill-8B", style="story")
    save(table, [*rows(table), {**rows(table)[0], "name": ""}, rows(table)[1]])
    done = run("records", "import", "text_generation", table, "--data", data)
    assert done.exit_code == 1
    assert files(data) == before
    told = json.loads(run("records", "import", "text_generation", table, "--data", data, "--format", "json").stdout)
    places = [(one["line"], one["pointer"], one["rule"]) for one in told["findings"]]
    # The description of the first record has two lines.
    assert places == [
        (2, "/nsfw", "table-cell"), (2, "/parameters", "table-cell"), (2, "/settings", "table-cell"),
        (2, "/tags", "table-cell"), (5, "/name", "table-cell"), (7, "/name", "table-cell"),
    ]  # fmt: skip
    assert all(one["path"] == table.as_posix() and one["hint"] for one in told["findings"])


def test_what_the_rules_say_has_the_line_of_the_row(data: Path, table: Path, run: Run) -> None:
    before = files(data)
    edit(table, "author/Quill-8B", url="javascript:alert(1)", parameters="-1")
    told = json.loads(run("records", "import", "text_generation", table, "--data", data, "--format", "json").stdout)
    (finding,) = [one for one in told["findings"] if one["severity"] == "error"]
    assert (finding["path"], finding["line"], finding["rule"]) == (table.as_posix(), 4, "out-of-bounds")
    assert finding["message"].startswith("author/Quill-8B: ")
    edit(table, "author/Quill-8B", parameters="8000000000")
    text = run("records", "import", "text_generation", table, "--data", data).stdout
    assert f"{table}:4: error [link-https] /url" in text
    assert files(data) == before


def test_a_name_that_differs_only_in_case_is_refused(data: Path, table: Path, run: Run) -> None:
    edit(table, "author/Quill-8B", name="author/quill-8b")
    done = run("records", "import", "text_generation", table, "--data", data)
    assert done.exit_code == 1
    assert "differs only in how it is written" in done.stdout


BROKEN: dict[str, tuple[bytes, int, str]] = {
    "UTF-16": ("name,style\r\n".encode("utf-16"), 1, "not UTF-8"),
    "Latin-1": ("name,style\r\na,ü\r\n".encode("latin-1"), 2, "not UTF-8"),
    "no name": (b"style\r\nchat\r\n", 1, "no column 'name'"),
    "unknown column": (b"name,stile\r\na,b\r\n", 1, "Did you mean style?"),
    "column twice": (b"name,style,style\r\n", 1, "stands twice"),
    "empty": (b"", 1, "no column 'name'"),
    "open quotation mark": (b'name,style\r\na,b\r\n"c,d\r\n', 3, "quotation mark"),
    "cells missing": (b"name,style\r\na\r\n", 2, "1 cells instead of 2"),
    "too many cells": (b"name,style\r\na,b,c\r\n", 2, "3 cells instead of 2"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_table_that_is_none_is_refused(data: Path, tmp_path: Path, run: Run, fault: str) -> None:
    raw, line, words = BROKEN[fault]
    (tmp_path / "broken.csv").write_bytes(raw)
    done = run("records", "import", "text_generation", tmp_path / "broken.csv", "--data", data, "--format", "json")
    told = json.loads(done.stdout)["findings"]
    assert done.exit_code == 1
    assert any(one["line"] == line and words in one["message"] + one["hint"] for one in told), told


def test_names_cannot_command_a_terminal(data: Path, table: Path, run: Run) -> None:
    edit(table, "author/Ink-1B", name="\x1b[31mred")
    done = run("records", "import", "text_generation", table, "--data", data)
    assert done.exit_code == 1
    assert "\x1b[31m" not in done.stdout


@pytest.mark.parametrize("category", ["text_generation", "image_generation", "controlnet", "clip", "esrgan"])
def test_the_real_records_come_back_from_a_table_as_they_were(
    adopted: Path, tmp_path: Path, run: Run, category: str
) -> None:
    table = tmp_path / "table.csv"
    assert run("records", "export", category, "--data", adopted, "--csv", table).exit_code == 0
    done = run("records", "import", category, table, "--data", adopted, "--dry-run", "--format", "json")
    told = json.loads(done.stdout)
    assert (told["changes"], told["files"]) == ([], [])


def test_one_cell_of_the_real_text_models_changes_one_file(adopted: Path, tmp_path: Path, run: Run) -> None:
    table = tmp_path / "table.csv"
    run("records", "export", "text_generation", "--data", adopted, "--csv", table)
    found = rows(table)
    assert len(found) == 719
    found[300]["version"] = "9.9"
    save(table, found, ";", "utf-8-sig")
    done = run("records", "import", "text_generation", table, "--data", adopted, "--dry-run", "--format", "json")
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["name"], [field["field"] for field in change["fields"]]) == (found[300]["name"], ["version"])


@pytest.mark.parametrize("category", ["text_generation", "image_generation"])
def test_our_records_come_back_from_a_table_as_they_were(tmp_path: Path, run: Run, category: str) -> None:
    table = tmp_path / "table.csv"
    assert run("records", "export", category, "--data", DATA, "--csv", table).exit_code == 0
    done = run("records", "import", category, table, "--data", DATA, "--dry-run")
    assert "No record differs.\n0 files would be written.\n" in done.stdout
