"""Reader polls: questions, choices, one vote a reader, honest results."""
