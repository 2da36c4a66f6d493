"""Reader debates: a question, its poll, its arguments."""
