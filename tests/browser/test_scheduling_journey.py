"""An article appears on its second with every worker stopped; a poisoned neighbour delays nothing and is shown."""

import time
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.db import transaction
from django.utils import timezone

from articles.calendar import PUBLISH
from articles.events import ArticlePublished
from newsroom.events.models import Event
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import plan
from tests.browser.desk import open_form
from tests.factories.articles import DraftFactory
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TITLE = "Vaccins : ce qui change ce matin"
# Long enough for the form to be sent on a busy machine.
SOON = timedelta(seconds=15)
# A number that no article has.
NOBODY = 987_654_321


@pytest.fixture
def site(web):
    """The web server alone: no worker, no clock."""
    return web


@pytest.fixture
def marc(visitor, chief):
    """The editor in chief at his browser."""
    person = visitor()
    person.sign_in(chief)
    return person


def schedule_by_hand(person, article):
    """Type a date of publication that comes in a moment, and press the button; return the moment."""
    open_form(person, article)
    at = (timezone.now() + SOON).replace(microsecond=0)
    person.page.fill("#id_published_at_0", timezone.localtime(at).strftime("%d/%m/%Y"))
    person.page.fill("#id_published_at_1", timezone.localtime(at).strftime("%H:%M:%S"))
    person.page.get_by_role("button", name="Publier", exact=True).first.click()
    person.page.locator(".field-state").get_by_text("Programmé").wait_for()
    assert timezone.now() < at, "the machine was too slow for this test: the moment had come before the form was sent"
    return at


def poison(at):
    """Plan, for the same moment, the publication of an article that does not exist."""
    with transaction.atomic():
        return plan(PUBLISH, NOBODY, at)


def looks_around(address, at):
    """Ask for a page as somebody signed out until its moment is past: pairs of (began, ended) and the status."""
    looks = []
    while not looks or looks[-1][0] < at:
        began = timezone.now()
        try:
            with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
                status = answer.status
        except HTTPError as error:
            status = error.code
        looks.append((began, timezone.now(), status))
        time.sleep(0.02)
    return looks


def facts():
    return Event.objects.filter(kind=ArticlePublished.kind())


def test_an_article_appears_on_its_second_beside_a_poisoned_neighbour_with_all_workers_stopped(
    marc, visitor, site, stage
):
    article = DraftFactory(title=TITLE, slug="vaccins-ce-matin")
    at = schedule_by_hand(marc, article)
    poisoned = poison(at)

    # Nobody works behind the web server. Every answer that ended before the second hides it, each asked for since
    # shows it.
    looks = looks_around(f"{site.url}{article.get_absolute_url()}", at)
    before = [status for _began, ended, status in looks if ended < at]
    after = [status for began, _ended, status in looks if began >= at]
    assert set(before) == {404}
    assert max(ended for _began, ended, _status in looks if ended < at) > at - timedelta(seconds=2)
    assert after == [200]

    reader = visitor()
    reader.goto("/articles/")
    reader.page.get_by_role("link", name=TITLE).first.click()
    reader.page.get_by_role("heading", name=TITLE).wait_for()
    assert reader.complaints == []
    article.refresh_from_db()
    assert (article.status, facts().count()) == ("scheduled", 0)
    assert ScheduledAction.objects.filter(attempts=0, done_at=None).count() == 2

    # The workers come back: what follows is done once, and the neighbour is nobody's trouble but its own.
    stage.worker()
    stage.beat()
    wait_until(lambda: facts().exclude(delivered_at=None).exists())
    wait_until(lambda: ScheduledAction.objects.get(pk=poisoned.pk).attempts >= 2)
    marc.goto("/admin/articles/article/?status__exact=published")
    assert TITLE in marc.page.inner_text("#result_list .field-title")
    assert marc.page.inner_text("#result_list .field-state") == "Publié"
    assert [fact.payload for fact in facts()] == [{"article_id": article.pk}]
    done = ScheduledAction.objects.get(kind=PUBLISH, subject_id=article.pk)
    assert (done.state, done.attempts) == ("done", 1)

    marc.goto("/admin/")
    trouble = marc.page.get_by_role("region", name="En échec").inner_text()
    assert TITLE not in trouble
    assert "tentatives" in trouble
    assert "DoesNotExist" in trouble

    marc.goto("/admin/scheduling/scheduledaction/?state=failing")
    row = marc.page.locator("#result_list tbody tr")
    assert row.count() == 1
    assert row.locator(".field-subject").inner_text() == str(NOBODY)
    assert row.locator(".field-state").inner_text() == "En échec"
    assert int(row.locator(".field-attempts").inner_text()) >= 2
    assert "DoesNotExist" in row.locator(".field-error_line").inner_text()
    assert marc.complaints == []
