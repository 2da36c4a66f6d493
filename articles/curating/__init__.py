"""Composing the editions of selections, publishing them and taking them back."""
