"""What a model is: vocabularies, record types, and the table of categories."""
