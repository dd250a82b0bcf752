"""The pages that people read: home, catalogue, categories, and one page for each model.

All that a page says is made from the edition; what it looks like comes from `site/templates` and `site/assets`.
Links are relative, so that the pages work in whatever folder of a host they lie.
"""
