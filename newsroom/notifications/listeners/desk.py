"""What editors are told of what concerns them at the desk: on the site, not by e-mail."""

from django.urls import reverse
from django.utils.translation import gettext

from articles.events import EditorsMentioned, ReviewAsked, ReviewSettled
from articles.models import Remark, ReviewRequest
from newsroom.notifications.models import Kind
from newsroom.notifications.telling import tell


def tell_editors_mentioned(fact: EditorsMentioned) -> None:
    """Tell whoever a remark names, once, unless it was settled meanwhile."""
    said = Remark.objects.select_related("article", "reply_to").filter(pk=fact.remark_id).first()
    if said is None or (said.reply_to or said).is_resolved:
        return
    first = said.reply_to_id or said.pk
    for person in said.mentioned.all():
        tell(
            person,
            kind=Kind.MENTION,
            key=f"{Kind.MENTION}:{said.pk}",
            title=gettext("%(name)s names you in a remark") % {"name": said.author_name},
            body=gettext("On “%(title)s”: %(text)s") % {"title": said.article, "text": said.text},
            path=f"{reverse('desk:remarks', args=[said.article_id])}#remarque-{first}",
        )


def tell_who_is_asked_for_review(fact: ReviewAsked) -> None:
    """Tell the person to whom a request was given; what was given to nobody stands in the queue for all."""
    asked = ReviewRequest.objects.open().select_related("article", "assignee").filter(pk=fact.request_id).first()
    if asked is None or asked.assignee is None or asked.assignee_id == asked.asked_by_id:
        return
    tell(
        asked.assignee,
        kind=Kind.REVIEW,
        key=f"{Kind.REVIEW}:{asked.pk}",
        title=gettext("A review is given to you"),
        body=gettext("%(kind)s of “%(title)s”.") % {"kind": asked.get_kind_display(), "title": asked.article},
        path=reverse("admin:articles_article_change", args=[asked.article_id]),
    )


def tell_who_asked_of_answer(fact: ReviewSettled) -> None:
    """Tell who asked for a review what the answer is, unless he gave it himself."""
    settled = (
        ReviewRequest.objects.select_related("article", "asked_by", "settled_by").filter(pk=fact.request_id).first()
    )
    if settled is None or settled.asked_by is None or settled.asked_by_id == settled.settled_by_id:
        return
    facts = {"kind": settled.get_kind_display(), "outcome": settled.get_outcome_display().lower()}
    tell(
        settled.asked_by,
        kind=Kind.REVIEW,
        key=f"{Kind.REVIEW}:answer:{settled.pk}",
        title=gettext("%(kind)s: %(outcome)s") % facts,
        body=f"{gettext('“%(title)s”.') % {'title': settled.article}} {settled.note}".strip(),
        path=reverse("admin:articles_article_change", args=[settled.article_id]),
    )
