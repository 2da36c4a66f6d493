"""What editors put forward."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article

# The design's home page shows at most this many.
LONGEST_SELECTION = 14
# The newsroom's own selection, which has its place on every page.
NEWSROOM_SELECTION = "redaction"


class SelectionQuerySet(models.QuerySet["Selection"]):
    """Which selections."""

    def partners(self) -> Self:
        """Return the partners' selections."""
        return self.filter(is_partner=True)


class Selection(models.Model):
    """An ordered choice of articles: the newsroom's own, or a partner's, which is always labelled so."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    is_partner = models.BooleanField(_("partner's"), default=False)
    articles = models.ManyToManyField(Article, through="articles.SelectionItem", related_name="selections")

    objects = SelectionQuerySet.as_manager()

    class Meta:
        """By title."""

        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["title"]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:selection", args=[self.slug])


class SelectionItem(models.Model):
    """An article's place in a selection."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="items")
    article = models.ForeignKey(Article, models.CASCADE, related_name="selection_items", verbose_name=_("article"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        """In the editors' order; an article stands once."""

        verbose_name = _("selected article")
        verbose_name_plural = _("selected articles")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(name="an_article_is_selected_once", fields=["selection", "article"])]

    def __str__(self) -> str:
        """Return the article's title."""
        return str(self.article)
