"""The rows that belong to an article: its signatures and its tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from articles.models.authors import Author
from newsroom.taxonomy.models import Tag

# Before the first French medical weeklies: a date of an earlier year is a slip of the keyboard.
EARLIEST_YEAR = 1800


class Byline(models.Model):
    """An author's place in an article's signature."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines", verbose_name=_("author"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        """In order."""

        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(name="an_author_signs_once", fields=["article", "author"])]

    def __str__(self) -> str:
        """Return the author."""
        return str(self.author)


class ArticleTag(ItemBase):  # type: ignore[misc] # taggit has no types
    """That an article carries a tag. A real foreign key, not a generic one."""

    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="article_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="article_tags", verbose_name=_("tag"))

    class Meta:
        """Once each."""

        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(name="a_tag_is_carried_once", fields=["content_object", "tag"])]

    def __str__(self) -> str:
        """Return the tag."""
        return str(self.tag)
