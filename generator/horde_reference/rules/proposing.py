"""Rules on proposals: found while an answer of a form, a row of a table or a file's host is read, before any record."""

from typing import Final

from horde_reference.finding import Severity
from horde_reference.rules.rule import Rule

_E, _W = Severity.ERROR, Severity.WARNING

PROPOSAL_RULES: Final = (
    Rule("form-section", _E, """An issue that proposes a model has each question of the form once.

A heading that is missing or stands twice leaves it open which answer was meant. Nothing is guessed.

Edit the issue so that each heading stands there as the form has it, or open a new issue with the form."""),
    Rule("form-answer", _E, """Each answer of the form can be understood.

A half-understood answer would become a wrong record.

Edit the issue: the finding names the question and says how the answer is written."""),
    Rule("proposal-target", _E, """A proposal adds a model that is not there, or changes one that is.

Two records of one name cannot be, also where the names differ only in upper and lower case or one of them is an
earlier name; and what is not there cannot be changed.

Correct the name, or choose the other operation."""),
    Rule("table-shape", _E, """A table has the columns of an export, and as many cells in each row.

Otherwise cells could be taken for those of another column or record.

Export the table anew, and save it as CSV in UTF-8."""),
    Rule("table-cell", _E, """Each cell of a table says a value of its column.

A number that was rounded, or JSON that is broken, would be lost without a word.

Correct the cell: the finding names line and column. Other rows show how it is written."""),
    Rule("download-hash-differs", _E, """A stated SHA-256 is the one that the file's host tells.

Either the hash was copied from another file, or the address leads to another one than was meant. Workers would
download it again and again, and use it never.

Correct the hash or the address, or leave the hash out: it is filled in."""),
    Rule("download-size-differs", _E, """A stated size is the one that the file's host tells.

A wrong size makes workers reckon with the wrong space, and hints at another file.

Correct the size, or leave it out: it is filled in."""),
    Rule("download-absent", _E, """An address leads to a file.

A model whose file is not there can be run by nobody. Addresses inside private networks and such without https are
not asked at all.

Copy the address of the download anew."""),
    Rule("download-unconfirmed", _W, """A file can be looked at without a login.

Hosts that ask for a login tell nothing of a file, so its hash and size cannot be filled in or compared.

State name, hash and size, and let a reviewer compare them."""),
)  # fmt: skip
"""Their ids are those that `proposals` and `workflows` report; a test compares the two."""
