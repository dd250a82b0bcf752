"""What the name of a text model says."""
