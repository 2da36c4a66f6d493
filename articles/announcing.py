"""Saving dossiers, and what is done when their hour comes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.events import ARTICLES
from articles.models import Dossier
from newsroom.accounts.models import User
from newsroom.core.page_cache.purging import changed
from newsroom.redirects.leading import save_where_it_stands
from newsroom.scheduling.planning import cancel, plan

# The kind of planned action; ``newsroom.wiring`` says who carries it out.
APPEAR = "dossiers.appear"


@transaction.atomic
def save_dossier(dossier: Dossier, *, by: User) -> None:
    """Save a dossier as the form gives it. Where its address is another now, its page leads on.

    Readers see it by the clock alone; what is planned for its hour is that kept pages go. Raises PermissionDenied to
    whoever may not add or change dossiers.
    """
    action = "add" if dossier.pk is None else "change"
    if not by.has_perm(f"articles.{action}_dossier"):
        raise PermissionDenied
    save_where_it_stands(dossier, lambda one: [one.get_absolute_url()])
    if dossier.published_at is not None and dossier.published_at > timezone.now():
        plan(APPEAR, dossier.pk, dossier.published_at)
    else:
        cancel(APPEAR, dossier.pk)


@transaction.atomic
def carry_out_appearance(dossier_id: int) -> None:
    """Let the kept pages go on which a dossier stands from now on: done by the schedule when its hour has come.

    A dossier that is gone, or whose hour has been moved, changes nothing.
    """
    dossier = Dossier.objects.published().filter(pk=dossier_id).first()
    if dossier is not None:
        changed(dossier.source_name, *dossier.lists, ARTICLES)
