"""What templates of articles ask for."""
