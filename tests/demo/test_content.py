"""The content files agree with one another, before any database is asked."""

import re
from collections import Counter

import pytest

from newsroom.core.folding import slugged
from newsroom.demo.content import FOLDER, articles, read
from newsroom.taxonomy.models import Accent

LOGINS = set(read("people"))
READERS = {f"{slugged(row[1])}.{slugged(row[2])}": row for row in read("readers")["readers"]}
# An article's own words, without those of the others: 150 at least but for a draft.
SHORTEST, LONG = 150, 1_200


def everything_said(comments):
    """Yield every comment of a thread, answers included."""
    for comment in comments:
        yield comment
        yield from everything_said(comment.get("replies", []))


def comments():
    """Return every comment of the content files."""
    return [comment for thread in read("comments")["thread"] for comment in everything_said(thread["comments"])]


def test_there_are_forty_articles_with_slugs_of_their_own():
    slugs = [article["slug"] for article in articles()]

    assert len(slugs) == len(set(slugs)) == 40


def test_every_kind_of_article_is_there():
    told = articles()

    assert sum(article.get("format") == "podcast" for article in told) == 1
    assert sum("sponsor" in article for article in told) == 1
    assert sum(article.get("audience") == "professionals" for article in told) == 1
    assert sum("embargo_hours" in article for article in told) == 1
    assert sum(article.get("status") == "draft" for article in told) == 1
    assert sum("corrected" in article for article in told) == 1


def test_one_article_is_long_and_rests_on_references():
    longest = max(articles(), key=lambda article: len(article["body"].split()))

    assert len(longest["body"].split()) >= LONG
    assert len(longest["reference"]) >= 4
    assert "<table>" in longest["body"]
    calls = {int(number) for number in re.findall(r"\[(\d)\]", longest["body"])}
    assert calls == set(range(1, len(longest["reference"]) + 1))


@pytest.mark.parametrize("article", articles(), ids=lambda article: article["slug"])
def test_an_article_names_only_what_exists(article):
    tags = {tag["name"] for tag in read("taxonomy")["tag"]}
    specialties = {specialty["slug"] for specialty in read("taxonomy")["specialty"]}
    authors = {author["slug"] for author in read("authors")["author"]}

    assert article["specialty"] in specialties
    assert set(article["tags"]) <= tags
    assert article["authors"]
    assert set(article["authors"]) <= authors
    assert (FOLDER / "img" / f"{article['image']}.webp").is_file()
    assert all(reference["doi"].startswith("10.5555/") for reference in article.get("reference", []))
    assert len(article["title"]) <= 90
    assert len(article["standfirst"]) <= 300
    assert len(article["body"].split()) >= SHORTEST or article.get("status") == "draft"


def test_eight_specialties_have_each_their_colour():
    specialties = read("taxonomy")["specialty"]

    assert len(specialties) == 8
    assert {specialty["accent"] for specialty in specialties} == set(Accent.values)


def test_selections_choose_articles_that_are_public():
    public = {a["slug"] for a in articles() if a.get("status") != "draft" and "embargo_hours" not in a}
    by_slug = {selection["slug"]: selection for selection in read("selections")["selection"]}

    assert len(by_slug["redaction"]["articles"]) == 14
    assert len(by_slug["la-revue-du-praticien"]["articles"]) == 5
    for selection in by_slug.values():
        assert set(selection["articles"]) <= public
        assert len(set(selection["articles"])) == len(selection["articles"])


def test_the_vaccine_debate_has_forty_arguments_of_forty_readers():
    debate = next(d for d in read("debates")["debate"] if d["slug"] == "stocker-des-vaccins-au-cabinet")
    sides = Counter(argument["side"] for argument in debate["arguments"])

    assert debate["question"] == "Etes-vous prêt à stocker des vaccins au cabinet?"
    assert sides == {"oui": 22, "non": 18}
    assert len({argument["reader"] for argument in debate["arguments"]}) == 40
    assert len({argument["text"] for argument in debate["arguments"]}) == 40


def test_debates_and_polls_cite_articles_that_exist():
    slugs = {article["slug"] for article in articles()}

    for debate in read("debates")["debate"]:
        assert set(debate["cites"]) <= slugs
    for poll in read("polls")["poll"]:
        assert set(poll["articles"]) <= slugs
        assert len(poll["choices"]) == len(poll["votes"])


def test_sixty_readers_are_all_different():
    assert len(READERS) == 60
    assert len({row[2] for row in READERS.values()}) == 60


def test_only_verified_readers_and_the_house_speak():
    speakers = {comment["by"] for comment in comments()}
    arguments = [argument for debate in read("debates")["debate"] for argument in debate["arguments"]]
    speakers |= {argument["reader"] for argument in arguments}
    speakers |= {reply["reader"] for argument in arguments for reply in argument.get("replies", [])}

    assert speakers <= set(READERS) | LOGINS
    assert {name for name in speakers & set(READERS) if READERS[name][5] != "verified"} == set()


def test_the_threads_hold_what_moderators_need():
    states = Counter(comment.get("state", "published") for comment in comments())

    assert states["held"] == 12
    assert states["rejected"] == 2
    assert states["removed"] == 1
    assert sum("reports" in comment for comment in comments()) == 4
    assert sum(states.values()) >= 120


def test_no_two_messages_are_the_same():
    texts = [comment["text"] for comment in comments()]

    assert len(texts) == len(set(texts))


def test_the_sound_is_real_and_light():
    sound = FOLDER / "audio" / "entre-deux-patients.mp3"

    assert sound.stat().st_size < 400_000
    assert sound.read_bytes()[:3] == b"ID3"
