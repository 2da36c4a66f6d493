"""Every sitemap, against its schema: the protocol's, and that of news."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from xmlschema import XMLSchema

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parent / "schemas"
PROTOCOL = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ENTRY = "<url><loc>https://observance.example/a/</loc>{}</url>"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


@pytest.fixture(scope="module")
def schema():
    return XMLSchema([SCHEMAS / "sitemap.xsd", SCHEMAS / "news.xsd"])


def faults_in(schema, xml):
    return [f"{fault.path}: {fault.reason}" for fault in schema.iter_errors(xml)]


def parts(client):
    """Return the addresses that the index names."""
    tree = fromstring(client.get("/sitemap.xml").content)
    return [urlsplit(place.text).path for place in tree.iter(f"{PROTOCOL}loc")]


def test_every_map_of_a_full_site_keeps_to_its_schema(client, house, schema):
    maps = ["/sitemap.xml", "/sitemap-news.xml", *parts(client)]

    told = {address: client.get(address).content.decode() for address in maps}

    assert {address: faults for address, xml in told.items() if (faults := faults_in(schema, xml))} == {}
    assert told["/sitemap-news.xml"].count("<news:title>") > 20
    for kind in ("listes", "articles", "debats", "consultations", "auteurs"):
        assert any(f"sitemap-{kind}" in address for address in maps), kind


def test_every_map_of_an_empty_site_keeps_to_its_schema(client, schema):
    for address in ("/sitemap.xml", "/sitemap-news.xml", *parts(client)):
        assert faults_in(schema, client.get(address).content.decode()) == []


@pytest.mark.parametrize(
    "entry",
    [
        "<url/>",
        "<url><loc>/a/</loc></url>",
        ENTRY.format("<lastmod>2026-03-01T08:00:00</lastmod>"),
        ENTRY.format("<lastmod>hier</lastmod>"),
        ENTRY.format("<priority>2</priority>"),
        ENTRY.format("<title>Un titre</title>"),
        ENTRY.format("<news:news><news:title>Un titre</news:title></news:news>"),
        ENTRY.format("") * 2,
    ],
)
def test_the_schema_refuses_what_the_protocol_does(schema, entry):
    assert faults_in(schema, f"<urlset {NAMESPACES}>{entry}</urlset>")


def test_the_schema_takes_what_the_protocol_does(schema):
    entry = ENTRY.format("<lastmod>2026-03-01</lastmod><changefreq>daily</changefreq><priority>0.8</priority>")

    assert faults_in(schema, f"<urlset {NAMESPACES}>{entry}</urlset>") == []
