"""What the newsroom decided about its home page.

A model stands here because only this storey knows what the page draws on: selections, specialties, debates and
consultations.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import newsroom.frontpage.kept_items  # noqa: F401 - models of this app
from newsroom.core.page_cache.sources import PageSource
from newsroom.frontpage.zones import USUAL, Plan, from_json


class HomeEditionQuerySet(models.QuerySet["HomeEdition"]):
    """Which editions."""

    def latest_first(self) -> Self:
        """Order by number, the one that readers see first."""
        return self.order_by("-number")


class HomeEdition(PageSource):
    """The whole plan of the home page as somebody saved it. Never changed: the one with the highest number counts."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    # A ``zones.Plan`` as JSON. Keys in it may lead nowhere: what was deleted is as if nobody had chosen it.
    stored_plan = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    objects = HomeEditionQuerySet.as_manager()
    lists = ("home",)

    class Meta:
        """Numbered from 1: 0 is the page where nobody decided anything."""

        verbose_name = _("edition of the home page")
        verbose_name_plural = _("editions of the home page")
        constraints = [models.CheckConstraint(name="home_editions_count_from_one", condition=Q(number__gte=1))]

    def __str__(self) -> str:
        """Return its number."""
        return f"{self._meta.verbose_name} {self.number}"

    @property
    def plan(self) -> Plan:
        """Return the plan as a value."""
        return from_json(self.stored_plan)


def current_edition() -> HomeEdition | None:
    """Return the edition that readers see; None where nobody has decided anything yet."""
    return HomeEdition.objects.latest_first().first()


def current_plan() -> Plan:
    """Return the plan that readers see, in one query; the usual one where nobody has decided anything."""
    edition = current_edition()
    return edition.plan if edition else USUAL
