"""Loading the demo newsroom: everything or nothing, once."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import vocabulary
from articles.models import Article, Author, Selection
from debates.models import Argument, Debate
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.demo.arguments import load_debates
from newsroom.demo.desk import load_desk
from newsroom.demo.moments import Clock
from newsroom.demo.people import DOMAIN, load_people
from newsroom.demo.questions import load_polls
from newsroom.demo.readers import load_views
from newsroom.demo.stories import load_articles, load_selections, load_taxonomy
from newsroom.demo.voices import load_comments
from newsroom.discussions.models import Comment
from newsroom.servers.logins import LOGINS
from newsroom.taxonomy.models import Specialty
from polls.models import Poll


def load() -> bool:
    """Load the demo newsroom and return True; change nothing and return False where it is there already.

    All of it is one transaction, so the first demo account is the proof of the rest. Dates are relative to
    now. Side effects: pictures and sound are copied to the site's storage; facts are recorded by the verbs
    of readers and editors, and delivered by the outbox as always. Raises Refusal where settings forbid it.
    """
    if not getattr(settings, "DEMO_ALLOWED", False):
        raise Refusal(_("Demo data are refused here: these are the settings of a real site."))
    if User.objects.filter(email=LOGINS[0].email).exists():
        return False
    with transaction.atomic():
        _load_everything(Clock(timezone.now()))
    return True


def counted() -> Mapping[str, int]:
    """Return how many there are of everything that the demo is made of, by its name for the terminal."""
    return {
        _("specialties"): Specialty.objects.count(),
        _("articles"): Article.objects.count(),
        _("authors"): Author.objects.count(),
        _("selections"): Selection.objects.count(),
        _("debates"): Debate.objects.count(),
        _("arguments"): Argument.objects.count(),
        _("reader polls"): Poll.objects.standalone().count(),
        _("comments"): Comment.objects.count(),
        _("held comments"): Comment.objects.held().count(),
        _("people"): User.objects.filter(email__endswith=f"@{DOMAIN}").count(),
    }


def _load_everything(clock: Clock) -> None:
    people = load_people(clock)
    chief = people["chef"]
    specialties = load_taxonomy()
    known = load_articles(clock, chief, specialties)
    load_selections(known, chief)
    load_polls(clock, people)
    load_debates(clock, people, known, specialties)
    load_comments(clock, people, known)
    load_desk(clock, people, known)
    load_views(known)
    # Made at night; the demo is shown by day.
    vocabulary.refresh()
