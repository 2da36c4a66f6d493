"""Pages that draw on everything: home, search, feeds, the personal fragment, health."""
