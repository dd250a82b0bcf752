"""Rules without a function of their own: whoever reads a file, of ours or a legacy one, reports what it finds."""

from typing import Final

from horde_reference.finding import Severity
from horde_reference.rules.rule import Rule

_E, _W = Severity.ERROR, Severity.WARNING

READING_RULES: Final = (
    Rule("json-syntax", _E, """A file is JSON, in UTF-8.

Nothing else in the file can be read before it is.

The finding names the line and column where reading stopped; the fault is there or just before: a comma too many or
too few, a quotation mark that is not closed."""),
    Rule("json-duplicate-key", _E, """No key stands twice in one object.

Most programs silently keep the last one, so what people read in the first is not what workers get.

Keep one of the two lines."""),
    Rule("missing-key", _E, """What a category requires is stated.

Clients rely on it; without it they refuse the record, and some refuse the whole category.

Add the key. The schema of the category lists the required keys."""),
    Rule("unknown-key", _E, """Every key is known.

A misspelt key is silently lost: what it says reaches nobody.

Correct the spelling; the finding suggests the nearest key."""),
    Rule("unknown-value", _E, """A value of a closed vocabulary is one of its words.

Released clients refuse the record, and some of them the whole category, over a baseline or style that they do not
know.

Use the suggested word. A new word is one line in the vocabulary, in a change of its own."""),
    Rule("out-of-bounds", _E, """Numbers lie in their bounds, and no text is empty.

A size of zero or an empty text says nothing true.

Correct the value, or leave the key out."""),
    Rule("wrong-type", _E, """Every value has the type that its key asks for.

Clients in typed languages fail on the first value of another type.

Write numbers without quotation marks, texts with them, lists in brackets, even with one item."""),
    Rule("null-value", _E, """No value is null.

A key without a value says nothing, and clients differ in what they make of it.

Leave the key out. `horde-reference fix` does.""", fixable=True),
    Rule("format", _W, """Files are in canonical form.

One form for people and programs keeps differences between versions small and readable.

Run `horde-reference fix`, or let the pre-commit hook do it.""", fixable=True),
    Rule("path-matches-name", _E, """A file's path is made from its name.

People find a record by its path and programs by its name; both must lead to the same model.

Move the file to the path in the finding, or correct the name. A `/` in a name is a folder; characters that file
systems or addresses cannot take are percent-encoded."""),
    Rule("unknown-category", _E, """Records are stored below a folder that is a category.

A file elsewhere is read by nobody.

Move it to `<category>/<name>.json`."""),
    Rule("unknown-file", _E, """Only records are stored below a category, and below `text_groups/` only its three files.

Other files are read by nobody, and one with another ending is often a record that was named wrongly.

Remove it, or end its name in `.json`; below `text_groups/` use one of the names that the finding lists."""),
    Rule("name-schema-order", _E, """The order of a naming schema has the base in it, and no part twice.

Names are composed by it: without a base all models of one size would have one name.

Add `base` where it stands in the names, and keep each part once."""),
    Rule("not-a-file", _E, """Records are plain files.

A link would publish whatever it leads to, also from outside the folder.

Put the record itself in its place."""),
    Rule("unreadable", _E, """Every file can be read.

A file that cannot be read would drop out of what is published.

Correct its permissions, or get the file anew."""),
    Rule("too-large", _E, """A record has at most 64 KiB.

The largest real record has 4 KiB; what is larger is not a record.

Remove what does not belong to the record."""),
    Rule("unneeded-exception", _E, """A stated exception is still needed.

An exception that excuses nothing hides the next real fault.

Remove it from `exceptions`. `horde-reference fix` does.""", fixable=True),
    Rule("unknown-exception", _E, """An exception names a rule.

One that names no rule excuses nothing.

Correct the id."""),
    Rule("history-absent", _W, """The records lie in a git repository.

When a record came and changed, by whose hand, and what changed since any point in time is read from its history.
Without it the tree is complete but for these: times are missing, audit trail and changes are empty.

Build in a clone. With `--require-history` a build stops here instead."""),
    Rule("history-shallow", _W, """The clone holds the whole history.

A shallow clone lacks older commits: every record would seem to have come with the oldest one that is there. So
nothing of it is used.

Run `git fetch --unshallow`; in a workflow, check out with `fetch-depth: 0`."""),
    Rule("history-modified", _W, """The records are those of the last commit.

What is not committed has no time and no author: it is published as it stands, with the history of what is committed.

Commit, then build."""),
    Rule("history-rewritten", _W, """What was published before is part of the history.

Numbers of changes and events count along the mainline, the first parents. A forced push moves them, and so does a
`git pull` that merges what is published into local work: then the local commits come first. Change files that caches
keep for ever, and the audit trail, would say something else than before.

Bring the mainline back to what was published and merge onto it, by pull request. To start anew, build into an empty
folder."""),
    Rule("name-reused", _W, """A name is not given to another model.

Whoever still asks for the name of a model that was removed gets the weights of another, without a word.

Give the new record another name. To take a model out of the list, state `withdrawn` in its record instead of
deleting the file: its name then stays its own."""),
    Rule("usage-absent", _W, """The snapshot of usage is there.

Without it nobody knows how much models are used: the tree is published with that unknown.

Run `horde-reference usage fetch --into FILE`, or build without `--usage`."""),
    Rule("usage-unreadable", _W, """The files of usage can be read.

What cannot be read is passed over, and published as unknown.

Fetch anew with `horde-reference usage fetch`. The last good snapshot is in the branch that keeps them."""),
    Rule("usage-partial", _W, """The snapshot of usage is complete.

The AI-Horde did not answer some of the questions. What is missing is published as unknown, not as zero: nothing
is called unused because somebody did not answer.

Fetch again later."""),
    Rule("approvers-form", _E, """The file of approvers says who may approve.

Whoever applies a proposal reads it from the main branch. While it is broken, nobody can approve anything, not even
what would mend it.

The finding says what is wrong. `site/concepts/queue.md` shows the form."""),
    Rule("forged-approval", _E, """A proposal does not claim its own approval.

Who proposed and who approved a change stands in the message of the commit that applied it, from where the audit trail
takes it. A commit of a proposal that says so itself would put words into others' mouths.

Take the lines `Proposed-by` and `Approved-by` out of the message."""),
    Rule("queue-unreadable", _W, """The file of the pending queue can be read.

Without it the tree is published as if no pull request were open.

Run `horde-reference queue fetch --into FILE`, or build without `--queue`."""),
    Rule("usage-stale", _W, """The snapshot of usage is about as old as the records.

Whoever decides what to remove by numbers of last month removes the wrong model. Every published answer says when usage
was fetched.

Fetch anew. In a workflow, see why the daily refresh failed."""),
    Rule("adopt-duplicate-row", _W, """Each model has one row in `models.csv`.

The legacy readers keep the last row of a name and so do we; what an earlier row says otherwise is lost.

Remove the earlier row from the legacy file."""),
    Rule("adopt-key-differs", _W, """A legacy record's key is its name.

The published files use the name; the key is kept for the legacy file only.

Nothing needs to be done, unless the name is wrong."""),
    Rule("adopt-unknown-column", _W, """Every column of `models.csv` has a field in our records.

What stands in one that has none is not adopted, and stays in the legacy file as it is.

Nothing needs to be done, unless our records should say it as well."""),
    Rule("adopt-unrepresentable", _E, """A legacy record can be said in canonical form.

What cannot is left out rather than changed without a word.

Correct the record in the legacy file, then adopt again."""),
    Rule("adopt-exception", _W, """What was wrong in the legacy files is stated as an exception.

So the first check of adopted records begins clean, and each fault is seen when it is adopted and not later.

Look at each: mend the record and remove the exception, or give the true reason for it."""),
    Rule("adopt-not-in-legacy", _W, """A record that is stored here stands in the legacy file as well.

Either it is new here and the legacy file will get it, or it was removed there.

Run adopt with `--prune` to remove such records, or leave them."""),
)  # fmt: skip
"""Their ids are those that `formats`, `adapters` and `workflows` report; a test compares the two."""
