"""Rules: what a good record is, beyond its shape. One function a rule; its docstring is its page on the site."""
