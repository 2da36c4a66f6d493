"""Adding pictures to the library."""

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from articles.models import Image
from articles.permissions import Person, can_add_image
from articles.pictures import read_picture


@transaction.atomic
def add_to_library(file: File[bytes], by: Person, *, alt: str = "", caption: str = "", credit: str = "") -> Image:
    """Write the picture in ``file`` anew, keep it and return its row: one row for one picture.

    Without ``alt`` the row is declared decorative: a picture placed inside a text is described in that text.
    Raises PermissionDenied without the right to add images, Refusal when the file is not an acceptable picture.
    Side effect: the file is stored under a name made of its content.
    """
    if not can_add_image(by):
        raise PermissionDenied
    picture = read_picture(file)
    described = {"alt": alt, "is_decorative": not alt, "caption": caption, "credit": credit}
    size = {"width": picture.width, "height": picture.height}
    # Of two who send the same picture at once, the second finds the first one's row.
    image, _is_new = Image.objects.get_or_create(
        digest=picture.digest,
        defaults={"file": picture.as_file, **size, **described},
    )
    return image
