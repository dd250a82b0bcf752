"""JSON Schemas of every shape that people edit or programs read."""
