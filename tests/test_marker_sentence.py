"""A sentence of a restricted text is in no answer to those who may not read it, wherever on the site they ask.

One article a restricted audience holds the sentence in everything that is part of its text. Then the whole resolver is
walked, and every link that an answer leads to, signed out and signed in without the right; e-mails are read too. Those
with the right find it all at its address.
"""

import re
from html import unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone

from articles.correcting import correct
from articles.models import Article, Byline, Dossier, DossierItem, Reference, Selection
from articles.publishing import publish
from articles.selecting import fill
from articles.writing import write
from debates.models import Debate
from newsroom.accounts.models import User
from newsroom.discussions.posting import bring_in, post
from newsroom.events.delivery import deliver
from newsroom.events.models import Event
from newsroom.notifications import mailing
from newsroom.notifications.models import Delivery
from tests.factories.articles import SpecialtyFactory
from tests.factories.discussions import comment_in
from tests.notifications.conftest import no_post_office, post_office
from tests.page_cache.conftest import kept, visitor
from tests.test_access import address_of, browser_for, routes, world

pytestmark = pytest.mark.django_db

__all__ = ["kept", "no_post_office", "post_office", "visitor", "world"]

# Words that stand in no other text, dictionary or name, so that no part of the sentence may be found either.
MARKER = "zibelinevermeille quatorzegouttes au crépuscule"
TOKENS = ("zibelinevermeil", "quatorzegoutte")
RESTRICTED = [Article.Audience.REGISTERED, Article.Audience.PROFESSIONALS]
# More pages than the little world of the test has: a crawl that comes here is going round in circles.
MOST_PAGES = 1_500
LINK = re.compile(r"""(?:href|src|url|data-here)=["']([^"']+)["']|content="(http[^"]+)"|<(?:loc|link|guid)>([^<]+)<""")


@pytest.fixture(params=RESTRICTED)
def story(request, world, chief, settings, tmp_path):
    """The world's article, restricted, with the sentence in every part of its text, released by the verbs."""
    settings.MEDIA_ROOT = tmp_path
    article = Article.objects.get(slug="objet")
    Article.objects.filter(pk=article.pk).update(title="Réservé", standfirst="Ce que chacun peut savoir.")
    article.refresh_from_db()
    article.audience = request.param
    article.format = Article.Format.PODCAST
    article.primary_specialty = SpecialtyFactory(name="Cardiologie", slug="cardiologie")
    article.body = f"<p>{MARKER} [1].</p><table><tr><td>{MARKER}</td></tr></table>"
    article.key_points = f"{MARKER}, en bref"
    article.evidence_level, article.evidence_note = "A", f"{MARKER}, preuve"
    article.transcript = f"Dre Hélène V. : {MARKER}, dit-elle."
    article.chapter_lines = f"00:00 {MARKER}, début"
    article.audio_seconds = 90
    article.audio.save(f"{MARKER}.mp3", ContentFile(MARKER.encode()), save=False)
    article.save()
    Reference.objects.create(article=article, text=f"{MARKER}, étude", doi="10.5555/zibelinevermeille")
    Byline.objects.filter(article=article).update(interests=f"{MARKER}, liens", are_interests_frozen=True)
    correct(article, f"{MARKER}, corrigé", chief, kind="figure")
    bring_in(article.thread, text="Un avis.", author_name="Dr A.", at=timezone.now())
    fill(Selection.objects.create(title="La sélection", slug="redaction"), [article], by=User(is_superuser=True))
    DossierItem.objects.create(dossier=Dossier.objects.get(), article=article)
    Debate.objects.get().articles.add(article)
    # What the newsroom works on, and what it then publishes: revisions hold the sentence too.
    write(article, {"evidence_note": f"{MARKER}, preuve neuve"}, chief)
    publish(article, by=chief)
    write(article, {"key_points": f"{MARKER}, demain"}, chief)
    deliver_all()
    return article


@pytest.fixture
def outsiders(lea, story):
    """Browsers of those who may not read it: nobody, and a reader who lacks what the audience asks for."""
    if story.audience == Article.Audience.PROFESSIONALS:
        confirm(lea)
    return {"nobody": browser_for(None), "léa": browser_for(lea)}


def confirm(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def deliver_all():
    for event in Event.objects.filter(delivered_at=None):
        assert deliver(event.pk)


def told(answer):
    """Return everything an answer says, headers included, as text in lower case."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return unescape(unquote(f"{headers}\n{body.decode(errors='replace')}")).lower()


def tells(text):
    return [token for token in TOKENS if token in text]


def is_asked(route):
    """Say whether an address is asked: not one that the newsroom gives a single person, nor the admin's forms."""
    return route.name != "articles:shared" and not (route.name.startswith("admin:") and route.arguments)


def asked_addresses(world, story):
    """Return every address of the resolver with the world's objects, and questions that try to make it speak."""
    known = [address_of(route, world) for route in routes() if is_asked(route)]
    page = story.get_absolute_url()
    nearly = ("zibelinevermeilles", "zibelinevermeile", "quatorzegoutte")
    return [
        *known,
        *(f"/recherche/?q={word}{more}" for word in nearly for more in ("", "&tri=date", "&specialite=cardiologie")),
        *(f"/recherche/?q={quote(word)}" for word in ('"au crépuscule"', "réservé", "Réservé -crépuscule", "savoir")),
        *(f"/recherche/suggestions/?q={word}" for word in (*nearly, "zib", "quat", "réser", "crépus")),
        *(f"{page}?{query}" for query in ("page=1", "tri=anciens", "public=professionals", "le=2126-01-01T00:00")),
        *(f"{story.get_preview_url()}?{query}" for query in ("", "public=professionals", "revision=1")),
        *(
            f"/oembed/?url={quote(address)}"
            for address in (f"http://testserver{page}", "http://testserver/debats/objet/")
        ),
        f"/moi/ici/?fil={story.thread_id}",
        f"/commentaires/{story.thread.comments.first().pk}/",
        *(f"/flux/articles.{ending}" for ending in ("rss", "atom", "json")),
        *(f"/flux/podcast/{story.pk}/{part}" for part in ("chapitres.json", "transcription.txt")),
        *(f"/sitemap-{kind}-1.xml" for kind in ("articles", "debats")),
        "/articles/?format=podcast",
        "/",
    ]


def links_in(text, address):
    """Yield the addresses of this site that an answer names."""
    for found in LINK.findall(text):
        target = urlsplit(urljoin(f"http://testserver{address}", next(filter(None, found))))
        is_here = target.netloc in {"testserver", ""} and target.scheme in {"http", ""}
        if is_here and not target.path.startswith("/static/"):
            yield f"{target.path}{'?' if target.query else ''}{target.query}"


def walked(browser, addresses):
    """Yield each address, and those that answers lead to, with what it says."""
    waiting, seen = list(dict.fromkeys(addresses)), set()
    while waiting:
        address = waiting.pop(0)
        if address in seen or "deconnexion" in address:
            continue
        seen.add(address)
        assert len(seen) < MOST_PAGES
        answer = browser.get(address)
        text = told(answer)
        yield address, text
        found = {*links_in(text, address), urljoin(address, answer.headers.get("Location", address))}
        # Forms of the account name the page that one came from, over and over.
        waiting += [link for link in sorted(found - seen) if "next=" not in link]


@pytest.mark.parametrize("who", ["nobody", "léa"])
def test_no_answer_to_those_who_may_not_read_it_holds_the_sentence(who, outsiders, world, story):
    answers = dict(walked(outsiders[who], asked_addresses(world, story)))

    # The words that somebody asks for are shown to him again: those are his.
    leaks = {
        address: tells(text.replace(unquote(urlsplit(address).query.partition("q=")[2].partition("&")[0]).lower(), ""))
        for address, text in answers.items()
    }
    assert {address: found for address, found in leaks.items() if found} == {}
    assert len(answers) > 100
    assert "réservé" in answers[story.get_absolute_url()]


def test_the_way_in_is_told(client, story):
    page = client.get(story.get_absolute_url()).content.decode()

    assert "Ce que chacun peut savoir." in page
    assert 'id="texte-reserve"' in page
    assert f'href="{story.get_reserved_url()}"' in page
    assert f"/compte/inscription/?next={quote(story.get_reserved_url(), safe='')}" in page
    is_for_professionals = story.audience == Article.Audience.PROFESSIONALS
    assert ("Faire vérifier mon titre" in page) == is_for_professionals
    assert ("réservé aux lecteurs inscrits" in page) != is_for_professionals


def test_the_sound_is_kept_under_a_name_that_nobody_can_guess(story):
    assert re.fullmatch(r"audio/\d{4}/\d\d/zibelinevermeille-[a-z-]+-[\w-]{16}\.mp3", story.audio.name)


def test_those_with_the_right_find_all_of_it_at_its_address(lea, camille, chief, story):
    confirm(lea)
    readers = [camille, chief, *([lea] if story.audience == Article.Audience.REGISTERED else [])]

    for reader in readers:
        answer = browser_for(reader).get(story.get_reserved_url())

        page = unescape(answer.content.decode())
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        for part in ("en bref", "preuve neuve", "dit-elle", "début", "étude", "liens", "corrigé"):
            assert f"{MARKER}, {part}" in page
        assert f"<p>{MARKER} <sup>" in page.replace("\N{NARROW NO-BREAK SPACE}", " ")
        assert story.audio.url in page
        assert "demain" not in page


def test_others_are_told_what_they_lack(outsiders, story):
    signed_out, signed_in = (browser.get(story.get_reserved_url()) for browser in outsiders.values())

    assert signed_out.status_code == 302
    assert signed_out["Location"].startswith("/compte/connexion/?next=")
    assert signed_in.status_code == 403
    lacking = {"registered": "adresse électronique est confirmée", "professionals": "dont le titre est vérifié"}
    assert lacking[story.audience] in signed_in.content.decode()


def test_a_reader_who_left_reads_nothing(lea, story):
    confirm(lea)
    User.objects.filter(pk=lea.pk).update(is_active=False)

    assert not story.is_readable_by(User.objects.get(pk=lea.pk))


def test_no_e_mail_holds_the_sentence(story, camille, moderator, post_office):
    confirm(camille)
    post(story.thread, text="Une réponse.", by=moderator, parent=comment_in(story.thread, author=camille))
    deliver_all()
    Delivery.objects.update(next_attempt_at=timezone.now())
    mailing.sweep()

    letters = [part.get_content() for part in post_office.messages[0].walk() if part.get_content_maintype() == "text"]
    assert len(post_office.messages) == 1
    assert any("Réservé" in letter for letter in letters)
    assert [letter for letter in letters if tells(letter.lower())] == []


def test_what_a_reader_with_the_right_has_seen_is_given_to_nobody_else_from_a_warm_cache(story, camille, visitor):
    session = {"cookie": f"sessionid={browser_for(camille).cookies['sessionid'].value}; membre=1"}
    reserved, page = story.get_reserved_url(), story.get_absolute_url()

    for _time in range(2):
        assert tells(unescape(visitor.get(reserved, **session).body.decode()))
        for who in (session, {}):
            answer = visitor.get(page, **who)
            assert (answer.status, tells(answer.body.decode())) == (200, [])
        answer = visitor.get(reserved)
        assert (answer.status, tells(answer.body.decode())) == (302, [])
