"""Where to contest a decision."""

from django.conf import settings


def appeal_address() -> str:
    """Return the moderators' address, which reads answers to rejections.

    ``settings.MODERATION_EMAIL`` where the house has set one, else "moderation@" at the domain the site writes from.
    """
    given: str = settings.MODERATION_EMAIL
    return given or "moderation@" + settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
