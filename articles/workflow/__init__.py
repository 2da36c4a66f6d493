"""Who moves an article where, under which conditions, and what follows: a table, and the engine that reads it."""
