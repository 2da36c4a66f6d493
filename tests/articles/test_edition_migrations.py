"""What selections held before there were editions becomes their first one, and comes back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("articles", "0008_desk_roles")], [("articles", "0011_slots")]


def migrated(targets):
    """Migrate to the targets and return the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def _latest():
    """Bring the database back to its latest state, whatever the test left."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_latest")
def test_items_become_the_first_edition_and_come_back_in_order():
    old = migrated(BEFORE)
    articles = [old.get_model("articles", "Article").objects.create(title=f"Titre {n}", slug=f"t{n}") for n in range(4)]
    chosen = old.get_model("articles", "Selection").objects.create(title="Une", slug="une")
    old.get_model("articles", "Selection").objects.create(title="Vide", slug="vide")
    # Two at one number, and a gap: as forms allowed.
    for article, position in zip(articles, (5, 2, 2, 9), strict=True):
        old.get_model("articles", "SelectionItem").objects.create(selection=chosen, article=article, position=position)

    new = migrated(AFTER)

    edition = new.get_model("articles", "SelectionEdition").objects.get()
    items = new.get_model("articles", "SelectionItem").objects.order_by("position")
    assert (edition.selection_id, edition.number, edition.starts_at == edition.published_at) == (chosen.pk, 1, True)
    assert [(item.position, item.article.title) for item in items] == [
        (1, "Titre 1"),
        (2, "Titre 2"),
        (3, "Titre 0"),
        (4, "Titre 3"),
    ]
    second = new.get_model("articles", "SelectionEdition").objects.create(
        selection_id=chosen.pk, number=2, starts_at=edition.starts_at, published_at=edition.starts_at
    )
    composed = new.get_model("articles", "SelectionEdition").objects.create(selection_id=chosen.pk, number=3)
    slots = new.get_model("articles", "SelectionItem").objects
    slots.create(edition=second, position=1, rule="commented")
    slots.create(edition=second, position=2, article_id=articles[3].pk)
    slots.create(edition=composed, position=1, article_id=articles[0].pk)

    back = migrated(BEFORE)

    left = back.get_model("articles", "SelectionItem").objects.get()
    assert (left.selection_id, left.article_id) == (chosen.pk, articles[3].pk)
    back.get_model("articles", "SelectionItem").objects.all().delete()
    back.get_model("articles", "Selection").objects.all().delete()
    back.get_model("articles", "Article").objects.all().delete()
