"""Debates of the demo, with their arguments, answers and silent votes."""

from typing import Any

from articles.models import Article
from debates.lifecycle import bring_in_argument, close_at, feature_quietly, open_debate
from debates.models import Argument, Debate
from newsroom.core.typography import typo_text
from newsroom.demo.content import read
from newsroom.demo.moments import Clock
from newsroom.demo.people import People
from newsroom.demo.questions import closing, voters
from newsroom.demo.voices import bring_replies
from newsroom.taxonomy.models import Specialty
from polls.models import Choice
from polls.voting import vote


def load_debates(clock: Clock, people: People, known: dict[str, Article], specialties: dict[str, Specialty]) -> None:
    """Open the missing debates, oldest first, fill them, and close what is closed."""
    for told in sorted(read("debates")["debate"], key=lambda d: -d["opened_hours_ago"]):
        if Debate.objects.filter(slug=told["slug"]).exists():
            continue
        debate = open_debate(
            question=told["question"],
            slug=told["slug"],
            opens_at=clock.ago(told["opened_hours_ago"]),
            introduction=typo_text(told["introduction"].strip()),
            specialty=specialties[told["specialty"]],
        )
        debate.summary = typo_text(told.get("summary", "").strip())
        debate.save(update_fields=["summary"])
        debate.articles.set([known[slug] for slug in told["cites"]])
        _argue(debate, told, clock, people)
        close_at(debate, closing(told, clock), people["chef"])


def _argue(debate: Debate, told: dict[str, Any], clock: Clock, people: People) -> None:
    sides = {choice.label.lower(): choice for choice in debate.poll.choices.all()}
    arguers = {people[argument["reader"]].pk for argument in told["arguments"]}
    by_reader: dict[str, Argument] = {}
    for argued in sorted(told["arguments"], key=lambda a: -a["hours_ago"]):
        author, side = people[argued["reader"]], sides[argued["side"]]
        vote(debate.poll, side, author)
        argument = bring_in_argument(
            debate,
            side,
            text=argued["text"],
            author_name=author.signature,
            author=author,
            at=clock.ago(argued["hours_ago"]),
        )
        by_reader[argued["reader"]] = argument
        bring_replies(debate.thread, argument.comment, argued.get("replies", []), clock, people)
    for reader in told["featured"]:
        feature_quietly(by_reader[reader])
    _vote_silently(debate, told, people, sides, arguers)


def _vote_silently(
    debate: Debate,
    told: dict[str, Any],
    people: People,
    sides: dict[str, Choice],
    arguers: set[int],
) -> None:
    """Cast the votes of verified physicians who say nothing."""
    ready = (user for user in voters(people, told["slug"]) if user.is_verified_physician and user.pk not in arguers)
    for side, count in told["silent_votes"].items():
        for _ in range(count):
            vote(debate.poll, sides[side], next(ready))
