"""Pages that draw on everything. All but the personal fragment are the same for everybody."""
