"""The switchboard: which listeners hear which fact, in the order of delivery; and who carries out what is planned."""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles import announcing, calendar
from articles import listeners as articles
from articles.curating import releasing
from articles.events import ArticleChanged, ArticlePublished, EditorsMentioned, ReviewAsked, ReviewSettled
from articles.models import Article, Dossier, SelectionEdition, SelectionItem
from debates import phases
from debates.events import ArgumentFeatured
from debates.models import Debate
from newsroom.core.written import MOMENT, Written
from newsroom.discussions.events import CommentPublished, CommentRejected, CommentReleased
from newsroom.events.delivery import Listeners
from newsroom.events.pages import PurgeMissed, purge_missed
from newsroom.frontpage import recomposing
from newsroom.frontpage.models import HomeEdition
from newsroom.notifications import listeners as notifications
from newsroom.scheduling.board import Action, Actions
from newsroom.scheduling.models import ScheduledAction
from polls.models import Poll

LISTENERS: Listeners = {
    PurgeMissed: (purge_missed,),
    ArticlePublished: (articles.refresh_related, articles.draw_share_image),
    ArticleChanged: (articles.refresh_related, articles.draw_share_image),
    CommentPublished: (notifications.tell_author_of_reply,),
    CommentReleased: (notifications.tell_author_of_release,),
    CommentRejected: (notifications.tell_author_of_rejection,),
    ArgumentFeatured: (notifications.tell_author_of_featuring,),
    EditorsMentioned: (notifications.tell_editors_mentioned,),
    ReviewAsked: (notifications.tell_who_is_asked_for_review,),
    ReviewSettled: (notifications.tell_who_asked_of_answer,),
}

# What planned actions are done to, with what their names take.
ARTICLES = Article.objects.only("title")
EDITIONS = SelectionEdition.objects.select_related("selection")
SLOTS = SelectionItem.objects.select_related("article", "rule_specialty", "rule_tag").defer("article__body")
DEBATES = Debate.objects.select_related("poll")

ACTIONS: Actions = {
    calendar.PUBLISH: Action(_("Publication of an article"), ARTICLES, calendar.carry_out_publication),
    calendar.END_EMBARGO: Action(_("End of an article’s embargo"), ARTICLES, calendar.carry_out_end_of_embargo),
    calendar.UNPUBLISH: Action(_("End of an article’s publication"), ARTICLES, calendar.carry_out_end),
    releasing.START: Action(_("Start of a selection’s edition"), EDITIONS, releasing.tell_change),
    releasing.END: Action(_("End of a selection’s edition"), EDITIONS, releasing.tell_change),
    releasing.SLOT_START: Action(_("Start of a slot in a selection"), SLOTS, releasing.tell_slot),
    releasing.SLOT_END: Action(_("End of a slot in a selection"), SLOTS, releasing.tell_slot),
    announcing.APPEAR: Action(_("Publication of a dossier"), Dossier.objects.all(), announcing.carry_out_appearance),
    recomposing.TURN: Action(_("Another debate of the day"), HomeEdition.objects.all(), recomposing.take_turn),
    phases.OPEN: Action(_("Opening of a debate"), DEBATES, phases.tell_of_opening),
    phases.CLOSE: Action(_("Closing of a debate"), DEBATES, phases.tell_of_closing),
}


def _coming() -> QuerySet[Any, Any]:
    """Return the moments at which something comes next, of each kind the first."""
    planned, polls = ScheduledAction.objects.next_due(MOMENT), Poll.objects.all()
    return planned.union(polls.next_opening(MOMENT), polls.next_closing(MOMENT), all=True)


# Each page that is made asks.
_COMING: Final = Written(_coming)


def next_release() -> datetime | None:
    """Return the next moment at which public pages change by the clock: a planned action's, a consultation's."""
    return min((moment for (moment,) in _COMING.rows()), default=None)
