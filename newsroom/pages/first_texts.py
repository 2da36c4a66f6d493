"""The texts that the house comes with: files under ``texts/``, whose first three lines are title, description, lead.

They are read once, when an installation is made; what editors make of them afterwards stands in the database alone.
"""

from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = Path(__file__).with_name("texts")
LINES_BEFORE_BODY: Final = 3


def first_text(slug: str) -> dict[str, str]:
    """Return title, description, lead and body of a page as it comes; addresses of mail are at the site's domain."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    text = (FOLDER / f"{slug}.html").read_text(encoding="utf-8").replace("{domain}", domain)
    title, description, lead, body = text.split("\n", LINES_BEFORE_BODY)
    return {"title": title, "description": description, "lead": lead, "body": body.strip()}
