"""Template tags and filters for every template of the site."""
