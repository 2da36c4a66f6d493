"""Pages of what the newsroom publishes, and of its desk."""
