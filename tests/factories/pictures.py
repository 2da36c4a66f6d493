"""Real files made by Pillow, as people send them."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, TiffImagePlugin

PARIS = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 8.0)}
GPS = 34853


def picture(kind="JPEG", size=(320, 180), mode="RGB", colour=(11, 93, 78), name="photo.jpg", **options):
    """Return an uploaded file that holds a plain picture."""
    content = BytesIO()
    Image.new(mode, size, colour).save(content, kind, **options)
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def photograph_with_a_place():
    """Return a JPEG that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[315] = "Dr Dupont"
    exif[274] = 6  # to be turned by a quarter
    exif.get_ifd(GPS).update({key: _rational(value) for key, value in PARIS.items()})
    return picture(exif=exif, comment=b"patient Durand")


def swapped_colours():
    """Return a colour profile under which red means green: the web's own, with two of its primaries exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"....", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"....", b"gXYZ", 1)


def animation():
    """Return a GIF of two frames."""
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    content = BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    return SimpleUploadedFile("anime.gif", content.getvalue())


def drawing():
    """Return a vector drawing that runs a program."""
    content = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    return SimpleUploadedFile("dessin.svg", content, content_type="image/svg+xml")


def scene(size=(640, 360)):
    """Return a picture with something in it: bands of colour, which renditions must not lose."""
    content = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(content, "PNG")
    return SimpleUploadedFile("bandes.png", content.getvalue())


def polyglot():
    """Return a JPEG that is an HTML page too."""
    sent = picture(comment=b"<script>alert(1)</script>")
    return SimpleUploadedFile("photo.html", sent.read() + b"<script>alert(document.domain)</script>")


def bomb(width, height):
    """Return a PNG of a few bytes whose header announces ``width`` x ``height`` pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        content += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return SimpleUploadedFile("bombe.png", content)


def _rational(value):
    if isinstance(value, str):
        return value
    return tuple(TiffImagePlugin.IFDRational(part) for part in value)
