"""What templates of debates load."""
