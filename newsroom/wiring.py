"""The switchboard of facts: which listeners hear which fact. Order is the order of delivery."""

from debates.events import ArgumentFeatured
from newsroom.discussions.events import CommentPublished, CommentRejected, CommentReleased
from newsroom.events.delivery import Listeners
from newsroom.notifications import listeners as notifications

LISTENERS: Listeners = {
    CommentPublished: (notifications.tell_author_of_reply,),
    CommentReleased: (notifications.tell_author_of_release,),
    CommentRejected: (notifications.tell_author_of_rejection,),
    ArgumentFeatured: (notifications.tell_author_of_featuring,),
}
