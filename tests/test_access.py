"""Who may knock where: every address of the resolver, for every role, with four methods.

``tests.addresses`` says for each of our addresses who may open it and by which methods (``OURS``), and names what comes
with allauth and the admin (``THEIRS``, ``ADMIN``). An address that stands in none of them fails the test: whoever adds
one says there who may open it. Rights over single objects are tested with the verbs and views themselves.
"""

import inspect
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from articles import sharing
from articles.models import (
    Article,
    Author,
    Batch,
    Dossier,
    Remark,
    ReviewRequest,
    SavedView,
    Selection,
    ShareLink,
)
from articles.selecting import fill
from debates.models import Debate
from newsroom.accounts.models import User
from newsroom.core.access import Access
from newsroom.discussions.opening import open_thread
from newsroom.discussions.posting import bring_in
from newsroom.events.tasks import HEARTBEAT
from newsroom.notifications.models import Notification
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Choice, Poll
from tests.addresses import ADMIN, ADMIN_MODELS, OURS, THEIRS
from tests.factories.articles import ImageFactory

ROLES = ("anonymous", "lea", "camille", "editor", "chief", "moderator", "head_moderator", "administrator")
METHODS = ("GET", "POST", "TRACE", "DELETE")
HOUSE = ("newsroom.", "articles.", "debates.", "polls.")


class Route(NamedTuple):
    """An address of the resolver: name with namespaces (nothing after them without one), view, arguments."""

    name: str
    view: object
    arguments: tuple[str, ...]


def routes(patterns=None, namespace=""):
    """Yield every address of the resolver."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name or ''}", pattern.callback, tuple(pattern.pattern.regex.groupindex))
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            for route in routes(pattern.url_patterns, inner):
                yield route._replace(arguments=(*pattern.pattern.regex.groupindex, *route.arguments))


def is_ours(view):
    return getattr(inspect.unwrap(view), "__module__", "").startswith(HOUSE)


def is_admins(route):
    return route.name.startswith("admin:")


def declared(view):
    """Return the access that a view declares, itself or inside its wrappers; None without one."""
    while view is not None:
        if hasattr(view, "access"):
            return view.access
        view = getattr(view, "__wrapped__", None)
    return None


def listed(name):
    """Return the access and the methods that ``OURS`` gives an address."""
    who, *methods = OURS[name].split()
    return (Access(who) if who in {"all", "readers"} else Access("staff", who)), methods


OUR_ROUTES = [route for route in routes() if is_ours(route.view) and not is_admins(route)]
THEIR_ROUTES = [route for route in routes() if not is_ours(route.view) and not is_admins(route)]
ADMIN_ROUTES = [route for route in routes() if is_admins(route)]


def test_every_address_is_listed_and_every_listed_one_exists():
    unnamed = [route.view for route in (*OUR_ROUTES, *THEIR_ROUTES) if not route.name]

    assert unnamed == []
    assert {route.name for route in OUR_ROUTES} == set(OURS)
    assert {route.name for route in THEIR_ROUTES} == THEIRS
    of_models = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in ("changelist", "add", "history", "delete", "change", "usages")
    }
    assert {model._meta.label for model in admin.site._registry} == ADMIN_MODELS
    assert {route.name for route in ADMIN_ROUTES if route.name != "admin:"} - of_models == ADMIN


@pytest.mark.parametrize("route", OUR_ROUTES, ids=[route.name for route in OUR_ROUTES])
def test_every_view_declares_the_access_that_is_listed(route):
    assert declared(route.view) == listed(route.name)[0]


@pytest.fixture
def world(db):
    """One of everything that addresses lead to; all slugs are "objet". Returns arguments for addresses."""
    cache.set(HEARTBEAT, timezone.now().timestamp())
    now = timezone.now() - timedelta(hours=1)
    article = Article.objects.create(
        title="Objet",
        slug="objet",
        status=Article.Status.PUBLISHED,
        published_at=now,
        thread=open_thread("Objet", "/articles/objet/", opens_at=now),
    )
    article.authors.add(Author.objects.create(name="Objet", slug="objet"))
    article.specialties.add(Specialty.objects.create(name="Objet", slug="objet"))
    article.tags.add(Tag.objects.create(name="objet"))
    Dossier.objects.create(title="Objet", slug="objet", published_at=now)
    selection = Selection.objects.create(title="Objet", slug="objet")
    fill(fill(selection, [article], User(is_superuser=True)), [article], User(is_superuser=True))
    Poll.objects.create(question="Objet ?", slug="objet", opens_at=now)
    poll = Poll.objects.create(question="Débat ?", slug="debat", opens_at=now, is_part_of_debate=True)
    for position, label in enumerate(("Oui", "Non"), start=1):
        Choice.objects.create(poll=poll, label=label, position=position)
    Debate.objects.create(slug="objet", poll=poll, thread=open_thread("Débat ?", "/debats/objet/", opens_at=now))
    comment = bring_in(article.thread, text="Un avis.", author_name="Dre Hélène V.", at=now)
    asking = User.objects.create(email="objet@example.org", is_superuser=True)
    link = ShareLink.objects.create(article=article, made_for="Objet", made_by=asking)
    pks = {
        "desk:remark-settle": Remark.objects.create(article=article, author=asking, text="Objet", version=0).pk,
        "desk:link-revoke": link.pk,
        "desk:review-": ReviewRequest.objects.create(article=article, kind="medical", asked_by=asking).pk,
        "desk:batch": Batch.objects.create(act="submit", by=asking).pk,
        "desk:selection": selection.pk,
        "desk:image": ImageFactory().pk,
        "desk:view": SavedView.objects.create(owner=asking, name="Objet", listing="articles.article").pk,
        "desk:": article.pk,
        "": comment.pk,
    }
    words = {"slug": "objet", "kind": "themes"}
    words |= {"name": "charte", "path": "rien.txt", "act": "submit", "token": address_of_link(link)}
    return {**words, "thread": article.thread_id, "pks": pks}


def address_of_link(link):
    """Return the signed part of a share link's address."""
    return sharing.address_of(link).strip("/").rpartition("/")[2]


def own_pk(name, pks):
    """Return the id of an object of the kind that an address leads to, so that its own rights are asked too."""
    return next(pk for prefix, pk in pks.items() if name.startswith(prefix))


def address_of(route, world):
    """Return the route's address with the world's arguments; 1, or a word, where the world has none."""
    values = {argument: world.get(argument, "1") for argument in route.arguments}
    if "pk" in values:
        values["pk"] = own_pk(route.name, world["pks"])
    if route.name.startswith("demo:"):
        values = dict.fromkeys(values, "rien")
    return reverse(route.name, kwargs=values)


def browser_for(person):
    """Return a browser signed in as ``person`` (None: signed out); a fault of the program is an answer of 500."""
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def answers(person, method, routes_, world):
    """Yield each route with what it answers to ``person``; posting may end a session, so each post has its own."""
    browser = browser_for(person)
    for route in routes_:
        asking = browser_for(person) if method == "POST" else browser
        yield route, asking.generic(method, address_of(route, world))


def passes(person, access):
    """Say whether a declared access lets the person knock."""
    if access.kind == "all":
        return True
    return person is not None and (access.kind == "readers" or person.has_perm(access.permission))


def is_to_sign_in(response):
    return response.status_code == 302 and response["Location"].startswith("/compte/connexion/")


@pytest.fixture(params=ROLES)
def person(request, db):
    return None if request.param == "anonymous" else request.getfixturevalue(request.param)


@pytest.mark.parametrize("method", METHODS)
def test_our_addresses_open_to_whom_they_should_and_to_declared_methods_alone(person, world, method):
    faults = []
    if person is not None:
        Notification.objects.create(recipient=person, kind="reply", key="objet", title="Objet", path="/articles/objet/")
    for route, response in answers(person, method, OUR_ROUTES, world):
        access, methods = listed(route.name)
        if response.status_code >= 500:
            faults.append(f"{route.name}: {response.status_code}")
        elif not passes(person, access):
            turned_away = is_to_sign_in(response) if person is None else response.status_code == 403
            if not turned_away and response.status_code != 405:
                faults.append(f"{route.name}: lets in, {response.status_code}")
        elif is_to_sign_in(response) or (response.status_code == 405) is (method in methods):
            faults.append(f"{route.name}: turns away, {response.status_code}")

    assert faults == []


@pytest.mark.parametrize("method", METHODS)
def test_no_address_of_allauth_fails(person, world, method):
    statuses = {route.name: answer.status_code for route, answer in answers(person, method, THEIR_ROUTES, world)}

    # 501 is what the oEmbed protocol wants said of a format that is not offered (section 2.3.4).
    faults = {name: status for name, status in statuses.items() if status >= 500}
    assert faults in ({}, {"frontpage:oembed": 501})


def test_the_admin_is_closed_to_readers_and_fails_for_nobody(person, world):
    faults = []
    is_staff = person is not None and person.is_staff
    pages = [route for route in ADMIN_ROUTES if route.name not in {"admin:", "admin:login", "admin:logout"}]
    for route, response in answers(person, "GET", pages, {**world, "app_label": "articles"}):
        if response.status_code >= 500 or (not is_staff and response.status_code != 302):
            faults.append(f"{route.name}: {response.status_code}")

    assert faults == []


def test_signing_in_and_out_of_the_admin_is_the_sites_own(person, world):
    for name in ("admin:login", "admin:logout"):
        assert browser_for(person).get(reverse(name)).status_code in {302, 403, 405}


def test_a_nul_anywhere_is_a_bad_request(world):
    browser = browser_for(None)

    statuses = {browser.get(f"{address_of(route, world)}?q=%00").status_code for route in OUR_ROUTES}

    assert statuses == {400}


@pytest.mark.parametrize("value", ["99999999999999999999", "9" * 5000, "-1", "é", "%ED%A0%80", "1'--"])
def test_odd_parameters_fail_nowhere(camille, world, value):
    names = (
        "page",
        "q",
        "fil",
        "debat",
        "consultation",
        "reponse",
        "choix",
        "position",
        "format",
        "tri",
        "specialite",
        "next",
        "avant",
        "apres",
        "suivi",
    )
    query = "&".join(f"{name}={value}" for name in names)

    browser = browser_for(camille)
    statuses = {route.name: browser.get(f"{address_of(route, world)}?{query}").status_code for route in OUR_ROUTES}

    # 501 is what the oEmbed protocol wants said of a format that is not offered (section 2.3.4).
    faults = {name: status for name, status in statuses.items() if status >= 500}
    assert faults in ({}, {"frontpage:oembed": 501})
