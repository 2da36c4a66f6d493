"""Putting articles forward."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Selection, SelectionItem
from articles.models.selections import LONGEST_SELECTION
from articles.permissions import Person, can_curate
from newsroom.core.refusals import Refusal


@transaction.atomic
def fill(selection: Selection, articles: Iterable[Article], by: Person) -> Selection:
    """Make ``articles``, in their order and each once, the whole selection, and return it.

    The selection's row is locked: of two editors, the later one's list stands entire. Raises PermissionDenied
    without the right to change selections, Refusal beyond 14 articles.
    """
    if not can_curate(by, selection):
        raise PermissionDenied
    chosen = list(dict.fromkeys(articles))
    if len(chosen) > LONGEST_SELECTION:
        raise Refusal(_("A selection holds at most %(most)d articles.") % {"most": LONGEST_SELECTION})
    Selection.objects.select_for_update().get(pk=selection.pk)
    selection.items.all().delete()
    SelectionItem.objects.bulk_create(
        SelectionItem(selection=selection, article=article, position=position)
        for position, article in enumerate(chosen, start=1)
    )
    return selection
