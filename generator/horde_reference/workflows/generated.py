"""Keep the committed files that are made from the code up to date."""

from pathlib import Path

from horde_reference.adapters.disk import stale_files, sync_folder
from horde_reference.emit import issue_forms
from horde_reference.emit.openapi import document
from horde_reference.emit.reference import everything as reference
from horde_reference.emit.reference.facts import Command
from horde_reference.emit.reference.markdown import MARK
from horde_reference.emit.schemas import everything as schemas
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.workflows.documented import facts


def refresh_schemas(folder: Path, *, check: bool) -> list[str]:
    """Write schemas and OpenAPI document, or with `check` only say which differ; returns paths below the folder.

    Raises:
        OutputNotOurs: the folder holds a file that was not made from the code.
        CannotRun: a file cannot be written.
    """
    made = schemas.all_schemas()
    tree = {path.removeprefix("schemas/"): body for path, body in (*schemas.emit(made), *document.emit(made))}
    return stale_files(folder, tree) if check else sync_folder(folder, tree, PUBLIC_ROOT.encode())


def refresh_docs(site: Path, command: Command, *, check: bool) -> list[str]:
    """Write the pages made from the code, or with `check` only say which differ; returns their paths below the folder.

    Args:
        site: folder of the documentation, which holds folders that are made and others that are written.
        command: the command line, whole.
        check: whether to write nothing.

    Raises:
        OutputNotOurs: a folder holds a file that was not made from the code.
        CannotRun: a file cannot be written.
    """
    tree = dict(reference.emit(facts(command)))
    changed: list[str] = []
    for folder in reference.FOLDERS:
        inside = {path.removeprefix(f"{folder}/"): body for path, body in tree.items() if path.startswith(f"{folder}/")}
        found = stale_files(site / folder, inside) if check else sync_folder(site / folder, inside, MARK.encode())
        changed += (f"{folder}/{path}" for path in found)
    return changed


def refresh_forms(folder: Path, *, check: bool) -> list[str]:
    """Write the issue forms, or with `check` only say which differ; returns their paths below the folder.

    Raises:
        OutputNotOurs: the folder holds a file that was not made from the code.
        CannotRun: a file cannot be written.
    """
    tree = dict(issue_forms.emit())
    return stale_files(folder, tree) if check else sync_folder(folder, tree, issue_forms.MARK.encode())
