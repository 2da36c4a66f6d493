"""Which articles go with an article: found when it is published, not when it is read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The page shows three; the others stand in for what was taken back, or is still to come.
MOST_RELATED = 8


class Related(models.Model):
    """That readers of an article are offered another; whether that one is public is for the clock to say."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="related")
    other = models.ForeignKey("articles.Article", models.CASCADE, related_name="related_to")
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        """In order, each once, never itself."""

        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(name="an_article_is_related_once", fields=["article", "other"]),
            models.CheckConstraint(
                name="no_article_is_related_to_itself", condition=~models.Q(article=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        """Return both keys: their titles would cost two queries."""
        return f"{self.article_id} → {self.other_id}"
