"""Who follows an author or a dossier; specialties and tags are followed in ``newsroom.taxonomy``."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.authors import Author
from articles.models.dossiers import Dossier


class FollowingQuerySet(models.QuerySet["Following"]):
    """Which followings."""

    def for_listing(self) -> Self:
        """Fetch what a reader's list shows, in one query, what was followed last first."""
        return self.select_related("author", "dossier").order_by("-since", "-id")


class Following(models.Model):
    """That a reader follows an author or a dossier. Personal data: goes with the account."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="followed_pages",
        db_index=False,
        verbose_name=_("reader"),
    )
    author = models.ForeignKey(
        Author, models.CASCADE, null=True, blank=True, related_name="followings", verbose_name=_("author")
    )
    dossier = models.ForeignKey(
        Dossier, models.CASCADE, null=True, blank=True, related_name="followings", verbose_name=_("dossier")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        """Once each."""

        verbose_name = _("followed author or dossier")
        verbose_name_plural = _("followed authors and dossiers")
        constraints = [
            models.UniqueConstraint(name="an_author_is_followed_once", fields=["reader", "author"]),
            models.UniqueConstraint(name="a_dossier_is_followed_once", fields=["reader", "dossier"]),
            models.CheckConstraint(
                name="one_follows_an_author_or_a_dossier",
                condition=Q(author__isnull=False, dossier=None) | Q(author=None, dossier__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return what is followed."""
        return str(self.thing)

    @property
    def thing(self) -> Author | Dossier:
        """Return what is followed; fetched ``for_listing``, without a query."""
        thing: Author | Dossier = self.author or self.dossier  # type: ignore[assignment] # one of the two, by constraint
        return thing

    @property
    def kind(self) -> str:
        """Return the word for its kind in addresses."""
        return "auteurs" if self.author_id else "dossiers"

    @property
    def url(self) -> str:
        """Return the address of the page where one stops following it."""
        return reverse("articles:follow", args=[self.kind, self.thing.slug])
