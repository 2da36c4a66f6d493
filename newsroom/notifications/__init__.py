"""Telling people what concerns them, on the site and by e-mail, once."""
