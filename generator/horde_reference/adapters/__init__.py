"""The outside world: disk, git, HTTP. Nothing here knows what a rule or an emitter is."""
