"""What the newsroom's desk takes in."""
