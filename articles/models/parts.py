"""The rows that belong to an article: its signatures, tags, references and corrections."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from articles.models.authors import Author
from newsroom.taxonomy.models import Tag

# Before the first French medical weeklies: a date of an earlier year is a slip of the keyboard.
EARLIEST_YEAR = 1800
# A DOI as its handbook has it: directory indicator 10, registrant code, a slash, a suffix without spaces
# (DOI Handbook, section 2.2).
is_doi = RegexValidator(r"^10\.\d{4,9}(\.\d+)*/\S+$", _("A DOI looks like 10.1038/s41586-025-08974-4."))

# What people put before a DOI: the resolver's address, or the word.
DOI_PREFIXES = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:")


def bare_doi(text: str) -> str:
    """Return the DOI in ``text`` without what people put before it; says nothing about whether it is one."""
    doi = text.strip()
    prefix = next((prefix for prefix in DOI_PREFIXES if doi.lower().startswith(prefix)), "")
    return doi[len(prefix) :].strip()


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


class Reference(models.Model):
    """A source that the article rests on."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="references")
    text = models.CharField(_("reference"), max_length=500)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[is_doi])
    url = models.URLField(_("address"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        """Numbered in order."""

        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.text

    @property
    def link(self) -> str:
        """Return where the source can be read: its DOI's resolver first."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


class Correction(models.Model):
    """What was wrong and has been put right, told to readers."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="corrections")
    text = models.TextField(_("correction"), max_length=600)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        """Latest first."""

        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        """Return the correction."""
        return self.text
