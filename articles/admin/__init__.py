"""The newsroom's desk: articles, authors, pictures, selections."""

from articles.admin import articles, authors, images, selections, sources

__all__ = ["articles", "authors", "images", "selections", "sources"]
