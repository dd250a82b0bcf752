"""How much models are used, what the records come to, and which models are at risk."""
