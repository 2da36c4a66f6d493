"""What the desk finds an article by while readers do not see its latest words yet."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkingWords(models.Model):
    """The words of an article's working version, as the column ``desk_search`` holds those of its rows.

    The database keeps the row: triggers (migration ``0032_working_words``) make it with a working version, write it
    anew with the next and delete it when readers see the words or nobody will. So no verb can forget it, and nothing
    of it is in what answers readers.
    """

    article = models.OneToOneField(
        "articles.Article",
        models.CASCADE,
        primary_key=True,
        related_name="working_words",
        editable=False,
        verbose_name=_("article"),
    )
    words = SearchVectorField(_("words"), editable=False)

    class Meta:
        """One article, one working version: the primary key says so."""

        verbose_name = _("words of a working version")
        verbose_name_plural = _("words of working versions")
        indexes = [GinIndex(name="working_words_found", fields=["words"])]

    def __str__(self) -> str:
        """Return the key: the title would cost a query."""
        return f"#{self.article_id}"
