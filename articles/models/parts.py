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
    role = models.CharField(_("role"), max_length=140, blank=True, help_text=_("Without it, the author’s own."))
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    # Frozen when the article is published: what he declared then, whatever he declares later.
    interests = models.TextField(_("declared interests"), max_length=1000, blank=True)
    are_interests_frozen = models.BooleanField(_("interests as at publication"), default=False, editable=False)

    class Meta:
        """In order."""

        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(name="an_author_signs_once", fields=["article", "author"])]

    def __str__(self) -> str:
        """Return the author."""
        return str(self.author)

    @property
    def declared_interests(self) -> str:
        """Return what readers are told: once published what was declared then, nothing included; else today's."""
        return self.interests or ("" if self.are_interests_frozen else self.author.interests)


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
