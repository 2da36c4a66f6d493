"""Addresses that have changed, and where they lead now."""
