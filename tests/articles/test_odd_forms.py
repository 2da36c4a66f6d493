"""What no editor types and some script or accident sends all the same: a sentence, never a fault, nothing lost."""

import json
from contextlib import suppress

import pytest
from django.urls import reverse

from articles.models import Article, ArticleRevision
from articles.publishing import publish
from articles.writing import write
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory, SpecialtyFactory
from tests.factories.desk import rows, typed
from tests.factories.polls import PollFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(browser_of, chief):
    return browser_of(chief)


def form_of(story):
    return reverse("admin:articles_article_change", args=[story.pk])


def signature(author, **fields):
    return {"position": 1, "author": author.pk, "role": "", "affiliation": "", "interests": "", **fields}


ODD = {
    "a base to come": {"base": "2147483647"},
    "a base beyond integers": {"base": str(10**12)},
    "a base beyond all": {"base": "9" * 30},
    "a negative base": {"base": "-3"},
    "a word for a base": {"base": "x"},
    "NUL everywhere": {"title": "a\0b", "body": "<p>\0</p>", "tags": "a\0b", "slug": "a\0b", "form_key": "\0"},
    "an id beyond all": {"image": "9" * 20, "poll": "9" * 20, "primary_specialty": "9" * 20, "specialties": "9" * 20},
    "a negative id": {"image": "-1", "poll": "-1", "primary_specialty": "-1"},
    "no management form": {"bylines-TOTAL_FORMS": "", "bylines-INITIAL_FORMS": ""},
    "rows that were never there": {"bylines-TOTAL_FORMS": "5", "bylines-INITIAL_FORMS": "5"},
    "references that were never there": {"references-TOTAL_FORMS": "5", "references-INITIAL_FORMS": "5"},
    "corrections that were never there": {"corrections-TOTAL_FORMS": "5", "corrections-INITIAL_FORMS": "5"},
    "too many rows": {"bylines-TOTAL_FORMS": "100000000"},
    "fewer than none": {"bylines-TOTAL_FORMS": "-1"},
    "the year 1": {"published_at_0": "01/01/0001", "review_by": "01/01/0001"},
    "the year 9999": {
        "published_at_0": "31/12/9999",
        "published_at_1": "23:59:59",
        "embargo_until_0": "31/12/9999",
        "embargo_until_1": "23:59:59",
        "review_by": "31/12/9999",
    },
    "an end before the beginning": {"unpublish_at_0": "01/01/2025", "unpublish_at_1": "08:00:00"},
    "a sound without end": {"audio_seconds": "9" * 12},
    "a negative sound": {"audio_seconds": "-1"},
    "a position beyond all": rows("bylines", {"position": "9" * 20, "author": "", "role": "x"}),
    "a long title": {"title": "é" * 5000},
    "many tags": {"tags": ", ".join(f"thème {n}" for n in range(2000))},
    "a format of its own": {"format": "roman", "audience": "all", "evidence_level": "Z"},
    "a merge of nothing": {"fusion-base": "7", "fusion-audio": "forged"},
    "a merge to come": {"fusion-base": "2147483647", "base": "2147483647"},
    "a merge beyond all": {"fusion-base": "9" * 30},
}


@pytest.mark.parametrize("sent", ODD.values(), ids=ODD)
def test_odd_input_is_answered_in_words(sent, desk, chief):
    story = write(ArticleFactory(), {"title": "Un titre"}, by=chief)

    answer = desk.post(form_of(story), typed(**({"base": story.version, "title": "Autre titre"} | sent)))

    assert answer.status_code in {200, 302, 409}
    assert desk.get(form_of(story)).status_code == 200
    assert desk.get(reverse("articles:preview", args=[Article.objects.get(pk=story.pk).slug])).status_code == 200
    assert desk.get(reverse("desk:agenda")).status_code == 200


NONSENSE = ["\ud800", "\0", "[", "null", "[1]", '{"fields": 3}', '{"fields": [["a"]]}', "[" * 9000]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("name", ["keep", "ping"])
def test_a_script_that_sends_nonsense_is_answered_in_words(name, body, desk):
    story = DraftFactory()

    answer = desk.post(
        reverse(f"desk:{name}", args=[story.pk]), body.encode(errors="surrogatepass"), content_type="application/json"
    )

    assert answer.status_code in {200, 400, 409}


def test_lone_surrogates_and_nul_are_kept_without_them(desk):
    story = DraftFactory()
    sent = {"fields": [["title", "a\ud800b\0c"], ["body", "<p>\udfff</p>"], ["form_key", "\ud800"], ["base", "9" * 30]]}

    answer = desk.post(reverse("desk:keep", args=[story.pk]), json.dumps(sent), content_type="application/json")

    assert answer.status_code == 200
    assert "\ud800" not in ArticleRevision.objects.get().content["title"]


OLD_SHAPES = {
    "without rows": lambda content: {name: content[name] for name in ("title", "body", "standfirst")},
    "with what nobody knows": lambda content: content | {"lead": "?", "blocks": [{"kind": "x"}]},
    "with bare rows": lambda content: content | {"bylines": [{"author": row["author"]} for row in content["bylines"]]},
    "with rows of nobody": lambda content: content | {"bylines": [{"name": "Anne"}], "references": [{"text": "R"}]},
    "with ids that are gone": lambda content: (
        content
        | {"image": 10**9, "poll": 10**9, "primary_specialty": 10**9, "specialties": [10**9]}
        | {"bylines": [{"author": 10**9, "role": "", "affiliation": "", "interests": ""}]}
    ),
    "empty": lambda _content: {},
}


@pytest.mark.parametrize("change", OLD_SHAPES.values(), ids=OLD_SHAPES)
def test_a_revision_of_an_older_shape_is_shown_compared_and_restored(change, desk, chief):
    story = write(DraftFactory(), {"kicker": "Un", "tags": ["thème"]}, by=chief)
    old = story.revisions.get(number=2)
    ArticleRevision.objects.filter(pk=old.pk).update(content=change(old.content))
    write(story, {"kicker": "Deux"}, by=chief)

    pages = [
        reverse("desk:history", args=[story.pk]),
        f"{reverse('desk:compare', args=[story.pk])}?de=1&a=2",
        f"{reverse('desk:compare', args=[story.pk])}?de=2&a=3",
        f"{reverse('articles:preview', args=[story.slug])}?revision=2",
    ]
    assert [desk.get(page).status_code for page in pages] == [200] * 4
    assert desk.post(reverse("desk:restore", args=[story.pk, 2])).status_code == 302
    assert desk.get(form_of(story)).status_code == 200


@pytest.mark.parametrize("change", OLD_SHAPES.values(), ids=OLD_SHAPES)
def test_a_working_version_of_an_older_shape_is_edited_and_published(change, desk, chief, client):
    story = write(ArticleFactory(), {"kicker": "Un", "title": "Le titre change"}, by=chief)
    content = change(story.working.content) | {"title": "Le titre change"}
    ArticleRevision.objects.filter(pk=story.working_id).update(content=content)
    story = Article.objects.get(pk=story.pk)

    assert desk.get(form_of(story)).status_code == 200
    assert desk.get(story.get_preview_url()).status_code == 200
    assert desk.post(reverse("desk:check", args=[story.pk]), typed()).status_code == 200
    # A story without its author or specialty may be refused, in a sentence.
    with suppress(Refusal):
        publish(story, by=chief)
        assert Article.objects.get(pk=story.pk).title == "Le titre change"
    assert client.get(story.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("gone", ["author", "specialty", "poll"])
def test_what_is_deleted_while_the_form_is_open_is_said_and_loses_nothing(gone, desk, chief):
    author, specialty = AuthorFactory(), SpecialtyFactory()
    poll = PollFactory()
    story = write(DraftFactory(), {"kicker": "Un"}, by=chief)
    sent = typed(
        title="Retapé",
        base=story.version,
        primary_specialty=specialty.pk,
        poll=poll.pk,
        **rows("bylines", signature(author)),
    )
    {"author": author, "specialty": specialty, "poll": poll}[gone].delete()

    answer = desk.post(form_of(story), sent)

    assert answer.status_code == 200
    assert "Retapé" in answer.content.decode()
    assert answer.context["faults"]


def test_an_author_who_signs_twice_is_refused_in_words(desk, chief):
    author = AuthorFactory()
    story = write(DraftFactory(), {"kicker": "Un"}, by=chief)
    sent = typed(base=story.version, **rows("bylines", signature(author), signature(author, position=2)))

    answer = desk.post(form_of(story), sent)

    assert answer.status_code == 200
    assert answer.context["faults"]


def test_a_restored_revision_whose_author_signs_twice_or_is_gone_publishes(chief):
    story = write(ArticleFactory(), {"title": "En chantier"}, by=chief)
    writer = story.bylines.get().author
    signed = {"author": writer.pk, "role": "", "affiliation": "", "interests": ""}
    ArticleRevision.objects.filter(pk=story.working_id).update(
        content=story.working.content | {"bylines": [signed, signed]}
    )

    published = publish(Article.objects.get(pk=story.pk), by=chief)

    assert [byline.author for byline in published.bylines.all()] == [writer]


@pytest.mark.parametrize("many", [300, 1001])
def test_hundreds_of_rows_are_saved_or_refused_in_words(many, desk, chief):
    story = write(DraftFactory(), {"kicker": "Un"}, by=chief)
    sources = [{"position": n, "text": f"Source {n}.", "doi": "", "pmid": "", "url": ""} for n in range(1, many + 1)]

    answer = desk.post(form_of(story), typed(base=story.version, **rows("references", *sources)))

    assert answer.status_code in {200, 302}
    assert (answer.status_code == 302) == (Article.objects.get(pk=story.pk).references.count() == many)


def test_a_text_of_five_megabytes_is_answered_in_words(desk, chief):
    story = write(DraftFactory(), {"kicker": "Un"}, by=chief)

    answer = desk.post(form_of(story), typed(base=story.version, body="<p>mot</p>" * 600_000))

    assert answer.status_code == 200
    assert answer.context["faults"]
