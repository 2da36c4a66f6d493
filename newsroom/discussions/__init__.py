"""Threads of comments: posting, replying, withdrawing, reading."""
