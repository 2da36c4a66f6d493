"""Messages that wait for a moderator, made by the verbs themselves."""

from django.utils import timezone

from debates.arguing import take_position
from debates.lifecycle import bring_in_argument, open_debate
from newsroom.discussions.posting import post
from newsroom.moderation.reporting import report
from tests.factories.discussions import ThreadFactory, comment_in


def held_comment(author, *, thread=None, parent=None, text="Un premier message, lu avant publication."):
    """Return a message that a moderator reads before publication: an author's first ones are."""
    comment = post(thread or ThreadFactory(), text=text, by=author, parent=parent)
    assert comment.is_held
    return comment


def reported_comment(author, *reporters, thread=None, reason="attack", text="ton agressif"):
    """Return a published message that each of ``reporters`` has reported."""
    comment = comment_in(thread or ThreadFactory(), author=author, text="Vous n’avez jamais vu un cabinet.")
    for reporter in reporters:
        report(comment, reporter, reason=reason, text=text)
    return comment


def a_debate(slug="stocker-des-vaccins"):
    """Return an open debate."""
    question = "Êtes-vous prêt à stocker des vaccins au cabinet ?"
    return open_debate(question=question, slug=slug, opens_at=timezone.now() - timezone.timedelta(days=1))


def held_argument(author):
    """Return the message of an argument that a moderator reads before publication."""
    debate = a_debate()
    argument = take_position(
        debate, debate.poll.choices.first(), author, text="La pharmacie est à quarante mètres. " * 3
    )
    assert argument.comment.is_held
    return argument.comment


def published_argument(author):
    """Return an argument that readers see."""
    debate = a_debate()
    position = debate.poll.choices.first()
    text = "La pharmacie est à quarante mètres."
    return bring_in_argument(debate, position, text=text, author_name="x", at=timezone.now(), author=author)
