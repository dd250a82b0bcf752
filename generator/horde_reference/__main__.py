"""`python -m horde_reference` is the command `horde-reference`."""

from horde_reference.cli.entry import main

main()
