"""Exact scheduling: what has to be done at a moment, planned with the change that asks for it, carried out once."""
