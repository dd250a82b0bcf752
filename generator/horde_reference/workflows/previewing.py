"""Build what would be published if a proposal were merged, and pass on which proposal that was."""

from pathlib import Path

from horde_reference.adapters.git.merging import materialised, merge
from horde_reference.adapters.plain_files import read_plain
from horde_reference.errors import CannotRun, Unsound
from horde_reference.pending.note import MAX_BYTES, Note, NoteUnsound, decode
from horde_reference.workflows.build import Built, Wishes, build


def preview(data: Path, base: str, head: str, out: Path) -> Built:
    """The tree of the merged records, without their past. Nothing of the proposal is run.

    Raises:
        CannotRun: one of the two is no commit, they contradict each other, or `out` cannot be written.
    """
    merged = merge(data, base, head)
    if merged.tree is None:
        raise CannotRun(f"{head} contradicts {base} in {', '.join(merged.conflicts)}: there is nothing to preview.")
    with materialised(data, merged.tree) as folder:
        return build(folder, out.absolute(), Wishes(max_shrink=1.0))


def read_note(path: Path) -> Note:
    """The note in a file.

    Raises:
        CannotRun: there is none.
    """
    try:
        return decode(read_plain(path, MAX_BYTES))
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}.") from error
    except (NoteUnsound, Unsound) as error:
        raise CannotRun(f"{path} cannot be used: {error}.") from error
