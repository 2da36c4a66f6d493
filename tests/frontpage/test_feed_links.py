"""Each list names its own feeds, in its head."""

import re

from articles.models import Author

LINK = re.compile(
    r'<link rel="alternate" type="application/(rss\+xml|atom\+xml|feed\+json)" title="([^"]+)" href="([^"]+)">'
)
KINDS = {"rss": "rss+xml", "atom": "atom+xml", "json": "feed+json"}


def test_each_list_names_its_own_feeds_and_they_are_there(
    client, new_article, new_specialty, new_tag, new_debate, select
):
    article = new_article(primary_specialty=new_specialty("Cardiologie"), tags=[new_tag("rythme")])
    article.authors.add(Author.objects.create(name="Marielle Ammouche", slug="ammouche"))
    select("redaction", [article])
    new_debate()
    feeds = {
        "/": "articles",
        "/articles/": "articles",
        article.primary_specialty.get_absolute_url(): f"specialites/{article.primary_specialty.slug}",
        "/themes/rythme/": "themes/rythme",
        "/auteurs/ammouche/": "auteurs/ammouche",
        "/selections/redaction/": "selections/redaction",
        "/corrections/": "corrections",
        "/debats/": "debats",
    }

    for page, feed in feeds.items():
        found = {(kind, address) for kind, _title, address in LINK.findall(client.get(page).content.decode())}
        assert {(kind, f"/flux/{feed}.{ending}") for ending, kind in KINDS.items()} <= found, page
        assert {client.get(address).status_code for _kind, address in found} == {200}


def test_the_list_of_podcasts_names_the_podcast(client, new_article):
    html = client.get("/articles/?format=podcast").content.decode()

    assert ("rss+xml", "Podcasts", "/flux/podcast.rss") in LINK.findall(html)
