"""Keep the committed files that are made from the code up to date."""

from pathlib import Path

from horde_reference.adapters.disk import stale_files, sync_folder
from horde_reference.emit import issue_forms, pages
from horde_reference.emit.openapi import document
from horde_reference.emit.schemas import everything as schemas
from horde_reference.formats.addresses import PUBLIC_ROOT


def refresh_schemas(folder: Path, *, check: bool) -> list[str]:
    """Write schemas and OpenAPI document, or with `check` only say which differ; returns paths below the folder.

    Raises:
        OutputNotOurs: the folder holds a file that was not made from the code.
        CannotRun: a file cannot be written.
    """
    made = schemas.all_schemas()
    tree = {path.removeprefix("schemas/"): body for path, body in (*schemas.emit(made), *document.emit(made))}
    return stale_files(folder, tree) if check else sync_folder(folder, tree, PUBLIC_ROOT.encode())


def refresh_docs(site: Path, *, check: bool) -> list[str]:
    """Write the pages made from the code, or with `check` only say which differ; returns their paths below the folder.

    Raises:
        OutputNotOurs: the folder holds a file that was not made from the code.
        CannotRun: a file cannot be written.
    """
    folder = site / "rules"
    tree = {path.removeprefix("rules/"): body for path, body in pages.emit()}
    changed = stale_files(folder, tree) if check else sync_folder(folder, tree, pages.MARK.encode())
    return [f"rules/{path}" for path in changed]


def refresh_forms(folder: Path, *, check: bool) -> list[str]:
    """Write the issue forms, or with `check` only say which differ; returns their paths below the folder.

    Raises:
        OutputNotOurs: the folder holds a file that was not made from the code.
        CannotRun: a file cannot be written.
    """
    tree = dict(issue_forms.emit())
    return stale_files(folder, tree) if check else sync_folder(folder, tree, issue_forms.MARK.encode())
