"""Feeds: sound in each way of writing, absolute addresses, nothing that is not for everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Author, Correction
from newsroom.frontpage.feeds.answering import ITEMS
from newsroom.taxonomy.models import Tag
from tests.frontpage.feed_rules import (
    ATOM,
    CONTENT,
    CREATOR,
    MEDIA,
    checked_atom,
    checked_json,
    checked_rss,
)

SITE = "https://observance.example"
CHECKED = {"rss": checked_rss, "atom": checked_atom, "json": checked_json}


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def lists(new_article, new_specialty, new_tag, new_debate, select, db):
    """Return the address of each list's feed without its ending, with what the newest item in it is called."""
    article = new_article(
        "Palpitations & rythme",
        "<p>Le texte.</p>",
        primary_specialty=new_specialty("Cardiologie"),
        tags=[new_tag("rythme")],
        standfirst="Le chapô.",
    )
    article.authors.add(Author.objects.create(name="Marielle Ammouche", slug="ammouche", civility="Dre"))
    Correction.objects.create(article=article, text="Il y avait douze patients.")
    select("redaction", [article])
    new_debate("Ouvert ?")
    return {
        "articles": article.title,
        f"specialites/{article.primary_specialty.slug}": article.title,
        "themes/rythme": article.title,
        "auteurs/ammouche": article.title,
        "selections/redaction": article.title,
        "corrections": f"Erreur factuelle\N{NO-BREAK SPACE}: {article.title}",
        "debats": "Ouvert ?",
    }


def titles(content, ending):
    feed = CHECKED[ending](content)
    if ending == "rss":
        return [item.findtext("title") for item in feed.findall("item")]
    if ending == "atom":
        return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    return [item["title"] for item in feed["items"]]


def rss_items(client, address="articles"):
    return checked_rss(client.get(f"/flux/{address}.rss").content).findall("item")


def json_items(client, address="articles"):
    return checked_json(client.get(f"/flux/{address}.json").content)["items"]


@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
def test_every_list_has_a_sound_feed_in_each_way_of_writing(client, lists, new_article, ending):
    new_article("Autre chose", published_at=timezone.now() - timedelta(days=2))
    for address, title in lists.items():
        response = client.get(f"/flux/{address}.{ending}")

        found = titles(response.content, ending)
        assert found[0] == title, address
        assert len(found) == (2 if address == "articles" else 1), address
        assert response["Content-Type"].endswith("; charset=utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
def test_a_feed_of_an_empty_list_is_a_feed(client, new_specialty, select, ending):
    select("redaction", [])
    specialty = new_specialty("Vide")

    for address in ("articles", "debats", "corrections", "selections/redaction", f"specialites/{specialty.slug}"):
        assert titles(client.get(f"/flux/{address}.{ending}").content, ending) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["specialites", "themes", "auteurs", "selections"])
@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
def test_a_feed_of_nothing_that_exists_is_not_found(client, kind, ending):
    assert client.get(f"/flux/{kind}/rien.{ending}").status_code == 404


@pytest.mark.django_db
def test_a_tag_or_an_author_of_whom_nothing_is_published_has_no_feed(client, new_article, new_tag):
    secret = new_article("Brouillon", status="draft", tags=[new_tag("secret")])
    secret.authors.add(Author.objects.create(name="Inconnue", slug="inconnue"))

    assert client.get("/flux/themes/secret.rss").status_code == 404
    assert client.get("/flux/auteurs/inconnue.json").status_code == 404


def test_the_feed_of_a_synonym_leads_to_that_of_its_main_tag(client, new_article, new_tag):
    main = new_tag("gorge")
    Tag.objects.create(name="pharynx", synonym_of=main)
    new_article(tags=[main])

    response = client.get("/flux/themes/pharynx.atom")

    assert (response.status_code, response["Location"]) == (301, "/flux/themes/gorge.atom")


def test_an_item_says_who_wrote_what_about_what_with_its_text_and_picture(
    client, new_article, new_image, new_specialty
):
    image = new_image()
    article = new_article(
        "Angine",
        "<p>Le <strong>texte</strong>.</p>",
        slug="angine",
        standfirst="Le chapô.",
        primary_specialty=new_specialty("ORL"),
        tags=[Tag.objects.create(name="gorge")],
        image=image,
        image_alt="Une gorge",
    )
    article.authors.add(Author.objects.create(name="Marielle Ammouche", slug="ammouche", civility="Dre"))

    (item,) = rss_items(client)
    (entry,) = checked_atom(client.get("/flux/articles.atom").content).findall(f"{ATOM}entry")
    (told,) = json_items(client)

    assert item.findtext("link") == told["url"] == f"{SITE}/articles/angine/"
    assert item.findtext("description") == entry.findtext(f"{ATOM}summary") == told["summary"] == "Le chapô."
    html = "<p>Le <strong>texte</strong>.</p>"
    assert item.findtext(CONTENT) == entry.findtext(f"{ATOM}content") == told["content_html"] == html
    author = "Dre\N{NO-BREAK SPACE}Marielle Ammouche"
    assert item.findtext(CREATOR) == entry.findtext(f"{ATOM}author/{ATOM}name") == told["authors"][0]["name"] == author
    assert [category.text for category in item.findall("category")] == told["tags"] == ["ORL", "gorge"]
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["ORL", "gorge"]
    assert item.find(f"{MEDIA}content").get("url") == told["image"] == f"{SITE}{image.url}"
    assert item.findtext(f"{MEDIA}content/{MEDIA}description") == "Une gorge"


def test_the_name_of_an_item_stays_when_its_address_changes(client, new_article):
    article = new_article("Angine", slug="angine")
    (before,) = rss_items(client)
    article.slug = "angine-aigue"
    article.save()

    (after,) = rss_items(client)
    (entry,) = json_items(client)

    assert after.findtext("link") == f"{SITE}/articles/angine-aigue/"
    assert before.findtext("guid") == after.findtext("guid") == entry["id"]
    assert entry["id"] == f"tag:observance.example,2026:articles/{article.pk}"


def test_what_was_put_right_on_substance_says_when(client, new_article):
    moment = timezone.now() - timedelta(minutes=5)
    article = new_article(corrected_at=moment)

    (entry,) = checked_atom(client.get("/flux/articles.atom").content).findall(f"{ATOM}entry")
    (item,) = rss_items(client)

    assert entry.findtext(f"{ATOM}updated") == item.findtext(f"{ATOM}updated") == moment.isoformat()
    assert entry.findtext(f"{ATOM}published") == article.published_at.isoformat()


def test_a_text_leaves_the_site_without_anything_that_only_works_here(client, new_article):
    new_article("Angine", slug="angine")
    article = new_article(
        "Long", '<p>Voir <a href="/articles/angine/">là</a>, <a href="#ref-1">1</a>.</p>', slug="long"
    )
    # As a text of today's renderer never is, and one of a day to come may be.
    html = article.body_html.replace("<p>", '<p class="box insert" data-poll="4"><script>alert(1)</script>', 1)
    image = '<img src="/media/a.jpg" alt="A" srcset="/media/a.jpg 320w" loading="lazy">'
    picture = (
        f'<figure class="fig" tabindex="0"><picture><source srcset="/media/a.avif 320w">{image}</picture></figure>'
    )
    type(article).objects.filter(pk=article.pk).update(body_html=html + picture)

    text = json_items(client)[0]["content_html"]

    assert f'<a href="{SITE}/articles/angine/">là</a>' in text
    assert f'href="{SITE}/articles/long/#ref-1"' in text
    assert f'<img src="{SITE}/media/a.jpg" alt="A">' in text
    assert not any(
        word in text for word in ("script", "alert", "data-", "class=", "srcset", "loading", "tabindex", "<source")
    )


@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
@pytest.mark.parametrize(
    ("audience", "reason"),
    [("professionals", "réservé aux professionnels de santé"), ("registered", "réservé aux lecteurs connectés")],
)
def test_of_what_is_reserved_a_feed_gives_the_standfirst_and_the_reason(
    client, new_article, new_image, ending, audience, reason
):
    fields = {"audience": audience, "standfirst": "Chapô public.", "audio": "audio/secretissime.mp3"}
    new_article("Réservé", "<p>Secretissime.</p>", image=new_image(), **fields)

    answer = client.get(f"/flux/articles.{ending}").content

    CHECKED[ending](answer)
    text = answer.decode().replace("&#x27;", "'")
    assert "Réservé" in text
    assert "Chapô public." in text
    assert reason in text
    assert "ecretissime" not in text


@pytest.mark.parametrize("address", ["/flux/articles.rss", "/flux/articles.atom", "/flux/articles.json"])
def test_what_is_not_public_is_in_no_feed(client, new_article, address):
    tomorrow = timezone.now() + timedelta(days=1)
    new_article("Brouillon", status="draft")
    new_article("Embargo", embargo_until=tomorrow)
    new_article("Demain", published_at=tomorrow)
    new_article("Fini", unpublish_at=timezone.now() - timedelta(seconds=5))

    answer = client.get(address).content.decode()

    assert not any(word in answer for word in ("Brouillon", "Embargo", "Demain", "Fini"))


def test_what_somebody_paid_for_says_so_in_its_title(client, new_article):
    new_article("Un vaccin", sponsor="Laboratoire X")

    (item,) = json_items(client)

    assert item["title"] == "[Contenu partenaire] Un vaccin"
    assert "Contenu partenaire" in item["tags"]


def test_a_selection_keeps_the_editors_order(client, new_article, select):
    first, second = new_article("Premier"), new_article("Second")
    select("redaction", [second, first])

    assert titles(client.get("/flux/selections/redaction.atom").content, "atom") == ["Second", "Premier"]


def test_a_feed_has_the_fifty_newest(client, new_article):
    for number in range(ITEMS + 1):
        new_article(f"N° {number}")

    found = titles(client.get("/flux/articles.json").content, "json")

    assert len(found) == ITEMS
    assert (found[0], found[-1]) == ("N° 50", "N° 1")


def test_debates_that_have_opened_are_in_their_feed_and_say_when_they_are_over(client, new_debate):
    now = timezone.now()
    debate = new_debate("Ouvert ?")
    new_debate("Demain ?", opens_at=now + timedelta(days=1))
    closed_at = now - timedelta(hours=1)
    new_debate("Fini ?", opens_at=now - timedelta(days=3), closes_at=closed_at)

    still, over = json_items(client, "debats")

    assert (still["title"], over["title"]) == ("Ouvert ?", "Fini ? (clos)")
    assert still["url"] == f"{SITE}/debats/{debate.slug}/"
    assert over["date_modified"] == closed_at.isoformat()


@pytest.mark.parametrize(
    "address", ["articles", "specialites/{specialty}", "selections/redaction", "debats", "corrections"]
)
def test_a_feed_takes_the_same_few_queries_however_long(
    client, new_article, new_tag, new_specialty, new_debate, select, django_assert_max_num_queries, address
):
    specialty, made = new_specialty("Cardiologie"), []
    address = address.format(specialty=specialty.slug)
    counts = []
    for articles in (1, 2):
        for _article in range(articles):
            made.append(new_article(tags=[new_tag(f"thème {len(made)}")], primary_specialty=specialty))
            Correction.objects.create(article=made[-1], text="Il y avait douze patients.")
            new_debate(f"Ouvert {len(made)} ?")
        select("redaction", made)
        client.get(f"/flux/{address}.json")
        with django_assert_max_num_queries(5) as queries:
            client.get(f"/flux/{address}.json")
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= (5 if address.startswith("selections") else 4)


def test_items_are_written_in_the_same_queries_however_many(client, new_article, new_tag, django_assert_num_queries):
    client.get("/flux/articles.json")
    counts = []
    for articles in (1, 3):
        for number in range(articles):
            new_article(tags=[new_tag(f"thème {articles} {number}")])
        with django_assert_num_queries(12) as queries:
            client.get("/flux/articles.json")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_control_sign_pasted_into_a_title_breaks_no_feed(client, new_article, new_debate, new_specialty):
    specialty = new_specialty("Cardio\x0blogie")
    new_article("Deux\x0blignes", "<p>Le\x0c texte</p>", standfirst="Un\x1f chapô\ufffe", primary_specialty=specialty)
    new_debate(question="Pour\x0cou contre ?")

    for ending in CHECKED:
        for address in ("articles", f"specialites/{specialty.slug}", "debats"):
            titles(client.get(f"/flux/{address}.{ending}").content, ending)
    assert rss_items(client)[0].findtext("title") == "Deux lignes"


def test_the_feed_of_a_specialty_holds_what_is_filed_there_first_of_all(client, new_article, new_specialty):
    specialty = new_specialty("Cardiologie")
    new_article("Palpitations", primary_specialty=specialty).specialties.clear()

    [item] = rss_items(client, f"specialites/{specialty.slug}")

    assert item.findtext("title") == "Palpitations"
