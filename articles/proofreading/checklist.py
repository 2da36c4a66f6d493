"""The pre-publication list: every remark on a story, the blocking ones first."""

from articles.proofreading.advising import advice
from articles.proofreading.blocking import blocking
from articles.proofreading.facts import Remark, Story
from articles.proofreading.manuscript import Manuscript
from articles.proofreading.slips import slips


def remarks(story: Story) -> list[Remark]:
    """Return what to mend in the story: first what forbids publishing, then advice, then slips of the keyboard.

    Pure: reads nothing but the story, asks no database, never fails whatever the texts hold. The publishing verbs
    refuse where one is blocking; the form shows all.
    """
    body = Manuscript(story.body)
    return [*blocking(story, body), *advice(story, body), *slips(story, body)]
