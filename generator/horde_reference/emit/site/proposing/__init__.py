"""The form in which people propose a model, or a change of one, in their browser."""
