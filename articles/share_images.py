"""The picture of an article's link: what stands on it, its name, and its file among the media.

The name is made of what the picture shows, so a page names a picture without asking whether it is drawn: a new title
is a new address. Files are drawn when the article comes out or changes (``articles.listeners``), or when somebody asks
for one that is not there yet; nobody gets one before the article is public, for the view asks the guarded QuerySet.
"""

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from newsroom.core.share_cards import DRAWING, Card, draw
from newsroom.taxonomy.models import Accent

FOLDER = "partage"


def card_of(article: Article) -> Card:
    """Return what the picture shows: nothing that the head of the public page does not."""
    specialty = article.primary_specialty
    accent = specialty.accent if specialty else Accent.BLOC
    kicker = article.kicker or (specialty.name if specialty else "")
    if article.is_sponsored:
        return Card(article.title, _("Sponsored content"), Accent.ARDOISE, settings.SITE_NAME)
    return Card(article.title, kicker[:1].upper() + kicker[1:], accent, settings.SITE_NAME)


def digest_of(article: Article) -> str:
    """Return the digest of what the picture shows, 24 hexadecimal digits."""
    shown = "\n".join((str(DRAWING), *card_of(article)))
    return hashlib.sha256(shown.encode()).hexdigest()[:24]


def address_of(article: Article) -> str:
    """Return the picture's address on the site; no query where the specialty was fetched."""
    return reverse("articles:share-image", args=[article.slug, digest_of(article)])


def keep(article: Article) -> str:
    """Draw the article's picture unless it is there, and return its name in the storage.

    Side effect: a file is stored. Raises OSError where fonts or storage cannot be reached. The caller makes sure that
    readers may know of the article.
    """
    digest = digest_of(article)
    name = f"{FOLDER}/{digest[:2]}/{digest}.png"
    if not default_storage.exists(name):
        stored = default_storage.save(name, ContentFile(draw(card_of(article))))
        if stored != name:
            # Somebody else was faster: the same picture, under the name that pages know.
            default_storage.delete(stored)
    return name
