"""Dossiers: what readers see of them, in which order, and who puts them together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from articles.announcing import APPEAR, carry_out_appearance, save_dossier
from articles.gathering import articles_in, parts_of
from articles.models import Dossier, DossierItem
from newsroom.core.page_cache import purging, sources
from newsroom.scheduling.models import ScheduledAction
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory
from tests.factories.debates import debate_of
from tests.factories.dossiers import DossierFactory, place
from tests.factories.full_article import page_of
from tests.factories.polls import PollFactory

pytestmark = pytest.mark.django_db

LIST = reverse("articles:dossiers")
TOMORROW = timedelta(days=1)


def test_a_dossier_shows_articles_debates_and_polls_in_the_editors_order(client):
    dossier = DossierFactory()
    last, first = ArticleFactory(), ArticleFactory()
    debate, poll = debate_of(), PollFactory()
    for position, thing in ((30, last), (10, first), (20, debate.poll), (25, poll)):
        place(dossier, position, thing)

    page = page_of(client, dossier)

    found = [page.find(f'href="{thing.get_absolute_url()}"') for thing in (first, debate, poll, last)]
    assert found == sorted(found)
    assert min(found) > page.find("Ce que l’on sait")


def test_a_heading_opens_a_part_and_goes_with_the_last_thing_under_it():
    dossier = DossierFactory(items=[ArticleFactory(title="Avant tout")])
    place(dossier, 2, DraftFactory(), heading="Comprendre")
    place(dossier, 3, ArticleFactory(title="Sous le premier"))
    place(dossier, 4, DraftFactory(), heading="Rien encore")
    place(dossier, 5, ArticleFactory(title="Sous le second"), heading="Agir")

    parts = parts_of(dossier)

    told = [(part.heading, [str(item) for item in part.items]) for part in parts]
    assert told == [
        ("", ["Avant tout"]),
        ("Comprendre", ["Sous le premier"]),
        ("Agir", ["Sous le second"]),
    ]
    assert [str(article) for article in articles_in(parts)] == ["Avant tout", "Sous le premier", "Sous le second"]


def test_headings_stand_between_the_parts_of_the_page(client):
    dossier = DossierFactory()
    place(dossier, 1, ArticleFactory(), heading="Comprendre")

    page = page_of(client, dossier)

    assert '<h2 id="partie-1">Comprendre</h2>' in page
    assert page.find("<h3><a") > page.find("Comprendre</h2>")


def test_what_is_not_public_is_left_out_until_its_hour(client):
    hour = timezone.now() + TOMORROW
    story, poll = ArticleFactory(published_at=hour), PollFactory(opens_at=hour)
    debate, draft = debate_of(opens_at=hour), DraftFactory()
    dossier = DossierFactory(items=[draft, story, debate.poll, poll])
    addresses = [thing.get_absolute_url() for thing in (story, debate, poll)]

    before = page_of(client, dossier)
    with travel(hour, tick=False):
        after = page_of(client, dossier)

    assert [address in before for address in addresses] == [False] * 3
    assert "Rien à lire ici pour le moment" in before
    assert [address in after for address in addresses] == [True] * 3
    assert str(draft) not in after


def test_a_dossier_appears_on_the_second(client):
    hour = timezone.now() + TOMORROW
    dossier, draft = DossierFactory(published_at=hour), DossierFactory(published_at=None)
    article = ArticleFactory()
    place(dossier, 1, article)

    for one in (dossier, draft):
        assert client.get(one.get_absolute_url()).status_code == 404
        assert one.title not in client.get(LIST).content.decode()
    with travel(hour - timedelta(seconds=1), tick=False):
        assert client.get(dossier.get_absolute_url()).status_code == 404
        assert not dossier.is_public_at(timezone.now())
    with travel(hour, tick=False):
        assert client.get(dossier.get_absolute_url()).status_code == 200
        assert dossier.title in client.get(LIST).content.decode()
        assert list(Dossier.objects.published().holding(article)) == [dossier]
        assert dossier.is_public_at(timezone.now())


def test_the_list_shows_the_latest_first_and_says_when_it_is_empty(client):
    assert "Aucun dossier pour le moment" in client.get(LIST).content.decode()
    old = DossierFactory(published_at=timezone.now() - TOMORROW, image=ImageFactory())
    new = DossierFactory()

    page = client.get(LIST).content.decode()

    assert 0 < page.find(new.get_absolute_url()) < page.find(old.get_absolute_url())
    assert client.get(LIST, {"page": 2}).status_code == 404


def test_the_list_is_cut_into_pages(client):
    DossierFactory.create_batch(21)

    second = client.get(LIST, {"page": 2}).content.decode()

    assert "Dossiers (page 2 sur 2)" in second
    assert f'<link rel="canonical" href="http://testserver{LIST}?page=2">' in second


@pytest.mark.parametrize("count", [1, 3])
def test_a_dossier_costs_the_same_whatever_its_length(client, count, django_assert_num_queries):
    things = [thing for _one in range(count) for thing in (ArticleFactory(), debate_of().poll, PollFactory())]
    dossier = DossierFactory(items=things, image=ImageFactory())

    with django_assert_num_queries(7):
        client.get(dossier.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, count, django_assert_num_queries):
    DossierFactory.create_batch(count, image=ImageFactory())

    with django_assert_num_queries(3):
        client.get(LIST)


def test_the_database_holds_one_thing_a_place_once():
    article, poll, dossier = ArticleFactory(), PollFactory(), DossierFactory()
    place(dossier, 1, article)
    place(dossier, 2, poll)

    for things in ({"article": article}, {"poll": poll}, {}, {"article": ArticleFactory(), "poll": PollFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DossierItem.objects.create(dossier=dossier, position=3, **things)


def test_an_empty_place_has_an_empty_name():
    assert str(DossierItem()) == ""


def form_of(dossier, *places):
    """Return what the admin's form sends: the dossier's fields, and places as (position, heading, article, poll)."""
    fields = {"title": dossier.title, "slug": dossier.slug, "introduction": dossier.introduction}
    fields |= {"published_at_0": "2026-01-05", "published_at_1": "09:00:00"}
    fields |= {"items-TOTAL_FORMS": len(places), "items-INITIAL_FORMS": 0}
    for number, (position, heading, article, poll) in enumerate(places):
        named = {"position": position, "heading": heading, "article": article, "poll": poll}
        fields |= {f"items-{number}-{name}": value for name, value in named.items()}
    return fields


def test_the_chief_puts_a_dossier_together(browser_of, chief):
    article, debate = ArticleFactory(), debate_of()
    dossier = DossierFactory.build(items=None)
    form = form_of(dossier, (2, "", article.pk, ""), (1, "Débattre", "", debate.poll_id))

    answer = browser_of(chief).post(reverse("admin:articles_dossier_add"), form)

    assert answer.status_code == 302
    made = Dossier.objects.get(slug=dossier.slug)
    assert [(item.heading, item.article or item.poll) for item in made.items.all()] == [
        ("Débattre", debate.poll),
        ("", article),
    ]


def test_a_place_with_two_things_or_none_is_refused_in_words(browser_of, chief):
    dossier = DossierFactory.build(items=None)
    form = form_of(dossier, (1, "", ArticleFactory().pk, PollFactory().pk), (2, "Rien", "", ""))

    answer = browser_of(chief).post(reverse("admin:articles_dossier_add"), form)

    assert answer.content.decode().count("Choisissez un article, ou un débat ou une consultation") == 2
    assert not Dossier.objects.exists()


def test_an_article_twice_in_a_dossier_is_refused_in_words(browser_of, chief):
    dossier, article = DossierFactory.build(items=None), ArticleFactory()
    form = form_of(dossier, (1, "", article.pk, ""), (2, "", article.pk, ""))

    answer = browser_of(chief).post(reverse("admin:articles_dossier_add"), form)

    assert answer.status_code == 200
    assert not Dossier.objects.exists()


def test_editors_see_dossiers_and_the_chief_changes_them(browser_of, editor, chief):
    form = reverse("admin:articles_dossier_change", args=[DossierFactory().pk])
    new = reverse("admin:articles_dossier_add")

    assert [browser_of(editor).get(address).status_code for address in (form, new)] == [200, 403]
    assert [browser_of(chief).get(address).status_code for address in (form, new)] == [200, 200]


def test_whoever_may_not_change_dossiers_saves_none(editor):
    for dossier in (DossierFactory(), DossierFactory.build(items=None)):
        with pytest.raises(PermissionDenied):
            save_dossier(dossier, by=editor)


def test_a_former_address_leads_on(client, chief):
    dossier = DossierFactory(slug="grippe")
    dossier.slug = "grippe-saisonniere"

    save_dossier(dossier, by=chief)

    answer = client.get("/dossiers/grippe/")
    assert (answer.status_code, answer["Location"]) == (301, "/dossiers/grippe-saisonniere/")


@pytest.mark.parametrize(("model", "is_offered"), [("dossieritem", True), ("article", False)])
def test_debates_are_offered_for_a_place_in_a_dossier_alone(browser_of, chief, model, is_offered):
    debate = debate_of(question="Faut-il vacciner à l’école ?")
    asked = {"app_label": "articles", "model_name": model, "field_name": "poll", "term": "ecole"}

    answer = browser_of(chief).get(reverse("admin:autocomplete"), asked).json()

    assert [row["id"] for row in answer["results"]] == ([str(debate.poll_id)] if is_offered else [])


def test_the_hour_of_a_dossier_is_planned_and_moved(chief):
    hour = timezone.now() + TOMORROW
    dossier = DossierFactory.build(items=None, published_at=hour)
    planned = ScheduledAction.objects.undone().filter(kind=APPEAR)

    save_dossier(dossier, by=chief)
    first = planned.get().due_at
    dossier.published_at = hour + TOMORROW
    save_dossier(dossier, by=chief)
    second = planned.get().due_at
    dossier.published_at = None
    save_dossier(dossier, by=chief)

    assert (first, second) == (hour, hour + TOMORROW)
    assert not planned.exists()


@pytest.mark.parametrize(("hours", "goes"), [(-1, True), (1, False)])
def test_kept_pages_go_at_a_dossiers_hour_and_not_before(
    settings, monkeypatch, django_capture_on_commit_callbacks, hours, goes
):
    settings.PAGE_CACHE = True
    purged = []
    monkeypatch.setattr(purging, "purge", lambda *names: purged.extend(names))
    dossier = DossierFactory(published_at=timezone.now() + timedelta(hours=hours))

    with django_capture_on_commit_callbacks(execute=True):
        carry_out_appearance(dossier.pk)
        carry_out_appearance(0)

    assert purged == (["articles", f"dossier:{dossier.pk}", "dossiers"] if goes else [])


def test_saving_a_dossier_or_a_place_in_it_lets_kept_pages_go(monkeypatch):
    dossier, article = DossierFactory(), ArticleFactory()
    told = []
    monkeypatch.setattr(sources, "changed", lambda *names: told.append(names))

    dossier.save()
    item = place(dossier, 1, article)

    lists = ("dossiers", "articles")
    assert told == [(f"dossier:{dossier.pk}", *lists), (f"dossieritem:{item.pk}", *lists)]
