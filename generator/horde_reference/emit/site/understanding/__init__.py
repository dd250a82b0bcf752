"""The pages that say what all of it comes to: statistics, deletion risk, families, what changed, what is proposed."""
