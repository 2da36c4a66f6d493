"""What the newsroom publishes: articles, authors, references, selections."""
