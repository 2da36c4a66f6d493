import subprocess
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from newsroom.discussions.cards import accent_of, draw
from newsroom.discussions.models import Comment
from newsroom.discussions.posting import bring_in, post
from newsroom.taxonomy.models import Accent
from tests.factories.discussions import ThreadFactory, comment_in

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;<a href="javascript:alert(1)" hx-get="/x">x</a>'


class Elements(HTMLParser):
    """What a browser would make of some HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.addresses.update(value for name, value in attrs if name == "href")


@pytest.fixture
def thread(db):
    return ThreadFactory()


def test_a_card_says_who_when_and_what(thread, camille):
    comment = comment_in(thread, author=camille, text="La chaîne du froid.\n\nD'abord.")

    assert f'<article class="cmt" id="c-{comment.pk}" aria-labelledby="c-{comment.pk}-n">' in comment.card
    assert f'<h3 id="c-{comment.pk}-n">Dre\N{NO-BREAK SPACE}Camille R.</h3>' in comment.card
    assert "Médecin vérifié · Cardiologue" in comment.card
    assert ">CR</span>" in comment.card
    assert "<p>La chaîne du froid.</p><p>D'abord.</p>" in comment.card


def test_a_cards_time_is_absolute_and_in_paris(thread):
    at = datetime(2025, 5, 12, 9, 12, tzinfo=UTC)

    comment = bring_in(thread, text="Un avis.", author_name="Dr A.", at=at)

    assert (
        '<time datetime="2025-05-12T11:12:00+02:00" title="12\N{NO-BREAK SPACE}mai 2025 à '
        '11\N{NARROW NO-BREAK SPACE}h\N{NARROW NO-BREAK SPACE}12" data-ago>12/05/2025</time>'
    ) in comment.card


def test_a_card_links_to_replying_reporting_and_itself(thread):
    comment = comment_in(thread)

    assert f'href="/fils/{thread.pk}/ecrire/?reponse={comment.pk}"' in comment.card
    assert f'href="/commentaires/{comment.pk}/signaler/"' in comment.card
    assert f'href="/commentaires/{comment.pk}/"' in comment.card


def test_a_replys_card_says_whom_it_answers(thread, camille):
    root = comment_in(thread, author=camille)

    reply = comment_in(thread, parent=root)

    assert "en réponse à Dre\N{NO-BREAK SPACE}Camille R." in reply.card
    assert "en réponse" not in root.card


def test_the_newsrooms_badge_is_its_own(thread, editor):
    comment = comment_in(thread, author=editor)

    assert "badge--red" in comment.card
    assert "Rédaction" in comment.card


def test_a_signature_without_title_has_no_badge(thread):
    assert "badge" not in comment_in(thread).card


def test_hostile_text_and_names_are_only_text(thread, editor):
    editor.pseudonym = HOSTILE[:40]

    written = post(thread, text=HOSTILE, by=editor)
    brought = bring_in(thread, text=HOSTILE, author_name=HOSTILE, at=written.created_at, author_title=HOSTILE)
    reply = post(thread, text=HOSTILE, by=editor, parent=brought)

    for comment in (written, brought, reply):
        elements = Elements()
        elements.feed(comment.card)
        assert not {"script", "img"} & elements.tags
        assert not {"onerror", "hx-get"} & elements.attributes
        assert not any(address.startswith("javascript") for address in elements.addresses)
    assert written.source == HOSTILE


def test_a_card_is_drawn_anew_in_place(thread):
    comment = comment_in(thread)
    comment.source = "Autre chose."

    draw(comment)

    comment.refresh_from_db()
    assert "Autre chose." in comment.html
    assert "Autre chose." in comment.card


def test_the_placeholder_of_a_removal_without_reason_says_the_rest(thread):
    comment = comment_in(thread)
    comment.status = Comment.Status.REMOVED

    draw(comment)

    assert "Message retiré par la modération." in comment.card


def test_an_accent_is_the_same_in_every_process():
    program = "from zlib import crc32; print(crc32('Dre Hélène V.'.encode()) % 8)"

    elsewhere = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout

    assert accent_of("Dre Hélène V.") == Accent.values[int(elsewhere)]
    assert {accent_of(f"Dr {number}") for number in range(200)} == set(Accent.values)
