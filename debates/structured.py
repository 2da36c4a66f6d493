"""What machines read of a debate: schema.org's DiscussionForumPosting, its arguments as comments."""

from collections.abc import Sequence
from typing import Any

from debates.models import Argument, Debate
from newsroom.core.structured import LANGUAGE, SCHEMA, absolute, comments_action, house, without_gaps


def discussion(debate: Debate, arguments: Sequence[Argument] = ()) -> dict[str, Any]:
    """Return the debate as what the house posted and readers answer; ``arguments`` are those that the page shows.

    The debate was fetched ``for_listing`` and the arguments too: no query. Comments are counted with the answers to
    them, as the page does it.
    """
    address = absolute(debate.get_absolute_url())
    opened = debate.poll.opens_at
    data = {
        "@context": SCHEMA,
        "@type": "DiscussionForumPosting",
        "@id": f"{address}#debat",
        "headline": debate.question,
        "text": debate.introduction or debate.question,
        "url": address,
        "mainEntityOfPage": address,
        "author": house(),
        "datePublished": opened.isoformat() if opened else None,
        "articleSection": debate.specialty.name if debate.specialty else None,
        "inLanguage": LANGUAGE,
        "commentCount": debate.thread.comment_count,
        "interactionStatistic": comments_action(debate.thread.comment_count),
        "comment": [_comment(address, argument) for argument in arguments],
    }
    return without_gaps(data)


def _comment(address: str, argument: Argument) -> dict[str, Any]:
    said = argument.comment
    author = {"@type": "Person", "name": said.author_name, "jobTitle": said.author_title}
    return {
        "@type": "Comment",
        "url": f"{address}#arg-{argument.pk}",
        "author": without_gaps(author),
        "datePublished": said.created_at.isoformat(),
        "text": said.source,
    }
