"""Commands of polls."""
