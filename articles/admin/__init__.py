"""The newsroom's desk: articles, authors, pictures, selections."""

from articles.admin import articles, authors, images, selections

__all__ = ["articles", "authors", "images", "selections"]
