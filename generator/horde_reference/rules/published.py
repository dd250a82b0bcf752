"""Rules on what a public host answers, found by asking it: no record is at fault."""

from typing import Final

from horde_reference.finding import Severity
from horde_reference.rules.rule import Rule

_E: Final = Severity.ERROR

PUBLISHED_RULES: Final = (
    Rule(
        "published-head",
        _E,
        """The head that is public is the one that was built.

Clients ask for `head.json` alone to know whether anything is new. While it is an old one they learn of nothing; where
it is no head they learn of nothing ever again.

Wait: a host may keep an answer for some minutes. If it stays, look whether the upload was carried out, and whether the
address is that of the host it went to.""",
    ),
    Rule(
        "published-file",
        _E,
        """Each public file is the one that `head.json` lists, and every site may read it.

Clients refuse what is not, and go on with an old copy. Browsers refuse what does not say
`Access-Control-Allow-Origin: *`.

Upload the files that `head.json` lists before itself. A host that rewrites what it serves (minifies, adds a script)
must be told not to.""",
    ),
    Rule(
        "published-path",
        _E,
        """Each path is answered, with and without `.json` behind it, and only what is there.

Released clients ask without `.json`, follow no redirects, and must find the same JSON there. A host that answers
everything with 200 gives them a page where they expect a record.

Build with the `--host` that serves the tree, and use what it puts into `hosting/`.""",
    ),
    Rule(
        "published-page",
        _E,
        """The pages of the site are there: home, catalogue, category and model.

People who do not read JSON read these.

Upload the whole tree. If there is to be no site, say `--no-site`, as the build was told.""",
    ),
    Rule(
        "published-unread",
        _E,
        """The released client reads every category from the public address.

Nearly all workers run it. With one record that it does not know how to read, it loses the category.

See what it says. Publish an older commit under a newer number meanwhile: `horde-reference publish rollback`.""",
    ),
)
