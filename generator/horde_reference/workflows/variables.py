"""Variables of the environment that commands read, besides the settings of the client and of the sync."""

from typing import Final

from horde_reference.emit.reference.facts import Variable

# fmt: off
GITHUB: Final = (
    Variable("GITHUB_REPOSITORY", "", "Owner and name of the repository; in a workflow GitHub sets it. `--repository` wins over it."),  # noqa: E501
    Variable("GITHUB_TOKEN", "", "Token of who asks, for where there is no App. Never read from the command line."),
    Variable("GH_TOKEN", "", "The same, as GitHub's own command line calls it."),
    Variable("GITHUB_APP_ID", "", "Number or client id of a GitHub App that asks instead."),
    Variable("GITHUB_APP_PRIVATE_KEY", "", "Its private key in PEM; line ends may be written as `\\n`."),
    Variable("GITHUB_APP_PRIVATE_KEY_PATH", "", "File that holds the key instead."),
    Variable("GITHUB_APP_INSTALLATION_ID", "", "Number of its installation; without, GitHub is asked."),
    Variable("GITHUB_INSTALLATION_ID", "", "The same, as it was called before."),
    Variable("GITHUB_API_URL", "https://api.github.com", "Address of the API."),
    Variable("GITHUB_SERVER_URL", "https://github.com", "Address below which repositories are cloned from."),
    Variable("GITHUB_RUN_ID", "", "Number of the workflow's run; `publish report` leads to it."),
    Variable("GITHUB_EVENT_PATH", "", "File of the event that a workflow runs for; `propose issue` reads the issue from it."),  # noqa: E501
)
SURROUNDINGS: Final = (
    Variable("XDG_CACHE_HOME", "~/.cache", "Folder below which the client keeps copies, in `horde-reference`."),
    Variable("LOCALAPPDATA", "", "The same on Windows."),
    Variable("CI", "", "Where it is set, no progress is drawn."),
    Variable("TMPDIR", "/tmp", "Folder of temporary files."),  # noqa: S108 - it is only shown
    Variable("HTTPS_PROXY", "", "Proxy that git asks through; `NO_PROXY` names hosts that it asks without."),
    Variable("NO_PROXY", "", "Hosts that git asks directly."),
)
# fmt: on
