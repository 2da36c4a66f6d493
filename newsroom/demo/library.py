"""The pictures and the sound of the demo, put where the site serves files from."""

from hashlib import sha256

from django.core.files import File
from django.core.files.storage import default_storage

from articles.models import Image
from newsroom.demo.content import FOLDER
from newsroom.demo.drawing.canvas import HEIGHT, WIDTH

CREDIT = "L’Observance"


def load_images(captions: dict[str, str]) -> dict[str, Image]:
    """Add the missing illustrations to the library, with their captions by name; return each by its name."""
    files = sorted((FOLDER / "img").glob("*.webp"))
    digests = {file.stem: sha256(file.read_bytes()).hexdigest() for file in files}
    known = {image.digest: image for image in Image.objects.filter(digest__in=digests.values())}
    new = [
        Image(
            file=store(f"img/{file.name}"),
            width=WIDTH,
            height=HEIGHT,
            is_decorative=True,
            caption=captions.get(file.stem, ""),
            credit=CREDIT,
            digest=digests[file.stem],
        )
        for file in files
        if digests[file.stem] not in known
    ]
    Image.objects.bulk_create(new)
    known.update({image.digest: image for image in new})
    return {name: known[digest] for name, digest in digests.items()}


def store(path: str) -> str:
    """Copy `content/<path>` under `demo/` in the site's storage unless it is there; return its name there."""
    name = f"demo/{path}"
    if not default_storage.exists(name):
        with (FOLDER / path).open("rb") as file:
            default_storage.save(name, File(file))
    return name
