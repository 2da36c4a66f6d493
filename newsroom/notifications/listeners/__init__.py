"""What people are told when something happens.

Deliveries of a fact may repeat and may come late: each listener looks at how things are now, and the occasion's key
keeps a second telling from having any effect.
"""

from newsroom.notifications.listeners.desk import (
    tell_editors_mentioned,
    tell_who_asked_of_answer,
    tell_who_is_asked_for_review,
)
from newsroom.notifications.listeners.messages import (
    tell_author_of_featuring,
    tell_author_of_rejection,
    tell_author_of_release,
    tell_author_of_reply,
)

__all__ = [
    "tell_author_of_featuring",
    "tell_author_of_rejection",
    "tell_author_of_release",
    "tell_author_of_reply",
    "tell_editors_mentioned",
    "tell_who_asked_of_answer",
    "tell_who_is_asked_for_review",
]
