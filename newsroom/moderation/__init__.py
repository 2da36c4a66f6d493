"""Keeping threads clean: reports, decisions and the moderators' queue."""
