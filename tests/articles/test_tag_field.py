"""Tags suggested while they are typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.forms.tags import TagsInput
from tests.factories.articles import DraftFactory, TagFactory

pytestmark = pytest.mark.django_db

TAGS = "desk:tags"


def suggested(browser, typed):
    return [(tag["name"], tag["found"]) for tag in browser.get(reverse(TAGS), {"q": typed}).json()["tags"]]


def test_editors_are_told_tags_by_their_names_and_synonyms(browser_of, editor):
    main = TagFactory(name="Œdème pulmonaire")
    TagFactory(name="OAP", synonym_of=main)
    browser = browser_of(editor)

    assert suggested(browser, "oedè") == [("Œdème pulmonaire", "")]
    assert suggested(browser, "oap") == [("Œdème pulmonaire", "OAP")]
    assert suggested(browser, "") == suggested(browser, "rien de tel") == []
    assert suggested(browser, "x" * 5000) == []


def test_ten_are_suggested_at_most_with_one_query(browser_of, editor):
    TagFactory.create_batch(12)
    browser = browser_of(editor)
    counts = []
    for typed in ("thème", "thème 1"):
        with CaptureQueriesContext(connection) as asked:
            assert len(suggested(browser, typed)) <= 10
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert len(suggested(browser, "thème")) == 10


@pytest.mark.parametrize(("role", "status"), [("lea", 403), ("moderator", 403), ("editor", 200), ("chief", 200)])
def test_whoever_may_see_tags_is_told_them(browser_of, request, role, status):
    assert browser_of(request.getfixturevalue(role)).get(reverse(TAGS), {"q": "a"}).status_code == status


def test_the_field_shows_its_tags_as_text_and_tells_the_script_where_to_ask():
    article = DraftFactory()
    article.tags.add("zona", "Œdème")

    html = TagsInput().render("tags", article.tags.all(), {"id": "id_tags"})

    assert f'data-tags="{reverse(TAGS)}"' in html
    assert 'value="Œdème, zona"' in html
    assert "desk-tags.js" in str(TagsInput().media)
