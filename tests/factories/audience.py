"""What was read."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from newsroom.audience.gathering import write


def read(article_id, views=1, ago=timedelta(0)):
    """Let an article have been read so often in the hour that was ``ago``, as if its views had been gathered."""
    hour = (timezone.now() - ago).replace(minute=0, second=0, microsecond=0)
    return write(uuid4(), Counter({(article_id, hour): views}))
