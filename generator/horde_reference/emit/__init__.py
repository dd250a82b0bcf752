"""Emitters: edition → files to publish. Each module's head lists the paths that it writes."""
