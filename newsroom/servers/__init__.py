"""The embedded servers and the commands that start them: PostgreSQL, Redis, a mail catch-all, the demo."""
