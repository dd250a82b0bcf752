"""Reading what is published: sources of files, stores that keep them, and the reference made of both."""
