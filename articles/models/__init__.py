"""What the newsroom publishes."""

from articles.models.articles import Article, ArticleQuerySet
from articles.models.authors import Author
from articles.models.corrections import Correction
from articles.models.images import Image
from articles.models.parts import ArticleTag, Byline
from articles.models.references import Reference
from articles.models.selections import Selection, SelectionItem

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleTag",
    "Author",
    "Byline",
    "Correction",
    "Image",
    "Reference",
    "Selection",
    "SelectionItem",
]
