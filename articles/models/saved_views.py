"""Lists as editors have set them: filters, search and order, kept under a name."""

from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A person keeps so many of one list: more links than this are no shortcut.
MOST_VIEWS: Final = 20
LONGEST_QUERY: Final = 2000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Which views."""

    def of_list(self, listing: str) -> Self:
        """Return the views of one list, named as models are ("articles.article")."""
        return self.filter(listing=listing)

    def seen_by(self, person: Any) -> Self:
        """Return the person's own views and those that are shared, in order, his own first."""
        mine = Q(owner=person)
        seen = self.filter(mine | Q(is_shared=True)).annotate(
            is_mine=models.ExpressionWrapper(mine, models.BooleanField())
        )
        return seen.select_related("owner").order_by("-is_mine", "position", "name", "pk")


class SavedView(models.Model):
    """What a list's address says after its "?", under a name. It is asked for again, and never believed.

    The list itself reads it, as it reads every address: what it does not allow is left out there.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("whose")
    )
    listing = models.CharField(_("list"), max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    is_shared = models.BooleanField(_("shared with the newsroom"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        """A person's views of a list are told apart by their names."""

        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        permissions = [("share_savedview", "Can share saved views")]
        constraints = [
            models.UniqueConstraint(name="a_view_of_a_list_has_its_own_name", fields=["owner", "listing", "name"]),
            models.CheckConstraint(name="a_saved_view_has_a_name", condition=~Q(name="")),
        ]
        indexes = [models.Index(name="views_shared", fields=["listing"], condition=Q(is_shared=True))]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
