"""The newsroom's desk: articles, authors, dossiers, pictures, selections."""

from articles.admin import articles, authors, dossiers, images, selections, sources

__all__ = ["articles", "authors", "dossiers", "images", "selections", "sources"]
