"""Changing what a page about the house says: over the version that it was read at, kept as a revision."""

from dataclasses import asdict, dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.core.rendering import RENDERER, normalised
from newsroom.events.recording import record
from newsroom.pages.events import PageChanged
from newsroom.pages.marks import rendered
from newsroom.pages.models import Page, PageRevision
from newsroom.pages.permissions import can_rewrite


@dataclass(frozen=True)
class Texts:
    """What a page says: plain text, and the source HTML of its body."""

    title: str
    description: str
    lead: str
    body: str


class StalePageError(Exception):
    """The page was saved by somebody else since it was read; nothing was changed."""

    def __init__(self, page: Page) -> None:
        """Keep the page as it is now."""
        super().__init__("The page has changed since it was read.")
        self.page = page


@transaction.atomic
def rewrite(page: Page, texts: Texts, by: User | AnonymousUser, *, version: int) -> Page:
    """Make the page say ``texts``, keep them as its next revision and return it; records PageChanged.

    ``version`` is the one that the editor read: StalePageError when the page has another by now. Raises
    PermissionDenied without the right. What is what it was is not saved again.
    """
    if not can_rewrite(by):
        raise PermissionDenied
    held = Page.objects.select_for_update().get(pk=page.pk)
    if held.version != version:
        raise StalePageError(held)
    wanted = Texts(**{name: normalised(text) for name, text in asdict(texts).items()})
    if wanted == texts_of(held):
        return held
    if not held.was_edited:
        # The text that the house came with is the first revision: it can be gone back to.
        PageRevision.objects.get_or_create(
            page=held, number=held.version, defaults=asdict(texts_of(held)) | {"saved_at": held.changed_at}
        )
    for name, text in asdict(wanted).items():
        setattr(held, name, text)
    held.body_html, held.renderer = rendered(held.body), RENDERER
    held.version += 1
    held.changed_by, held.changed_at = by if isinstance(by, User) and by.pk else None, timezone.now()
    held.save()
    PageRevision.objects.create(
        page=held, number=held.version, saved_by=held.changed_by, saved_at=held.changed_at, **asdict(wanted)
    )
    record(PageChanged(held.pk))
    return held


def texts_of(words: Page | PageRevision) -> Texts:
    """Return what a page or a revision says."""
    return Texts(words.title, words.description, words.lead, words.body)
