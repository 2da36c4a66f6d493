"""Adding pictures to the library."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from articles.models import Image
from articles.permissions import Person, can_add_image
from articles.pictures import read_picture
from newsroom.events.alarms import ring


@transaction.atomic
def add_to_library(file: File[bytes], by: Person, *, alt: str = "", caption: str = "", credit: str = "") -> Image:
    """Write the picture in ``file`` anew, keep it and return its row: one row for one picture.

    Without ``alt`` the library still asks for words: a picture that is dropped into a text is described in that text.
    One that was taken out of the library comes back. Raises PermissionDenied without the right to add images, Refusal
    when the file is not an acceptable picture. Side effects: the file is stored under a name made of its content;
    after commit a worker is asked for its renditions.
    """
    if not can_add_image(by):
        raise PermissionDenied
    picture = read_picture(file)
    described = {"alt": alt, "needs_words": not alt, "caption": caption, "credit": credit}
    size = {"width": picture.width, "height": picture.height}
    # Of two who send the same picture at once, the second finds the first one's row.
    image, is_new = Image.objects.get_or_create(
        digest=picture.digest,
        defaults={"file": picture.as_file, **size, **described},
    )
    if image.is_removed:
        image.removed_at = None
        image.save(update_fields=["removed_at"])
    if is_new:
        ask_for_renditions(image)
    return image


def ask_for_renditions(image: Image) -> None:
    """Ask a worker, after commit, to make the picture's widths and formats; the sweep does it if none is there."""
    transaction.on_commit(partial(ring, "articles.develop", image.pk), robust=True)
