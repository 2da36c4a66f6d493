"""Addresses of specialties, tags and authors that change."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.renaming import save_author
from newsroom.redirects.models import Redirect
from newsroom.taxonomy.models import Tag
from newsroom.taxonomy.renaming import save
from tests.factories.articles import ArticleFactory, AuthorFactory, SpecialtyFactory, TagFactory

pytestmark = pytest.mark.django_db


def hops():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_a_specialty_with_another_address_is_found_at_both(client, browser_of, chief):
    specialty = SpecialtyFactory(name="Cancérologie", slug="cancerologie")
    form = {"name": "Oncologie", "slug": "oncologie", "accent": "bloc", "description": "", "position": 1}

    browser_of(chief).post(reverse("admin:taxonomy_specialty_change", args=[specialty.pk]), form)

    assert client.get("/specialites/cancerologie/")["Location"] == "/specialites/oncologie/"
    assert client.get("/flux/specialites/cancerologie.rss")["Location"] == "/flux/specialites/oncologie.rss"
    assert client.get("/specialites/oncologie/").status_code == 200


def test_a_tag_with_another_address_is_found_at_both(client, browser_of, chief):
    tag = TagFactory(name="Vaccins", slug="vaccins")
    ArticleFactory().tags.add(tag)

    browser_of(chief).post(
        reverse("admin:taxonomy_tag_change", args=[tag.pk]),
        {"name": "Vaccins", "slug": "vaccination", "description": ""},
    )

    assert client.get("/themes/vaccins/")["Location"] == "/themes/vaccination/"
    assert client.get("/themes/vaccination/").status_code == 200


def test_an_author_with_another_address_is_found_at_both(client, browser_of, chief):
    author = AuthorFactory(name="Anne Dupré", slug="anne-dupre")
    ArticleFactory(signed_by=[author])
    form = {"civility": "", "name": "Anne Martin", "slug": "anne-martin", "role": "", "biography": "", "interests": ""}

    browser_of(chief).post(reverse("admin:articles_author_change", args=[author.pk]), form)

    assert client.get("/auteurs/anne-dupre/")["Location"] == "/auteurs/anne-martin/"
    assert client.get("/auteurs/anne-martin/").status_code == 200


def test_another_name_at_the_same_address_leads_nowhere(chief):
    author, tag = AuthorFactory(), TagFactory()
    author.name, tag.name = "Autre", "Autre"

    save_author(author, by=chief)
    save(tag, by=chief)

    assert hops() == {}


def test_what_is_new_had_no_address(chief):
    save(Tag(name="Nouveau"), by=chief)

    assert Tag.objects.get().slug == "nouveau"
    assert hops() == {}


def test_a_new_synonym_is_one_of_the_main_tag(chief):
    """The tag it was to be a synonym of was merged while the form was being filled in."""
    main = TagFactory()
    merged = TagFactory(synonym_of=main)

    save(Tag(name="Nouveau", synonym_of=merged), by=chief)

    assert Tag.objects.get(name="Nouveau").synonym_of == main


def test_the_verbs_check_who_asks(lea, editor):
    for thing in (Tag(name="x"), TagFactory(), SpecialtyFactory()):
        with pytest.raises(PermissionDenied):
            save(thing, by=lea)
    with pytest.raises(PermissionDenied):
        save_author(AuthorFactory(), by=lea)
    with pytest.raises(PermissionDenied):
        save(TagFactory(), by=editor)


def test_places_are_changed_in_the_list_by_the_same_verb(browser_of, chief):
    specialty = SpecialtyFactory(position=5)
    form = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": specialty.pk,
        "form-0-position": 1,
        "_save": "",
    }

    browser_of(chief).post(reverse("admin:taxonomy_specialty_changelist"), form)

    specialty.refresh_from_db()
    assert specialty.position == 1
