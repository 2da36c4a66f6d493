"""Every page of the desk: no console error, no CSP violation, no axe violation, no sideways scroll; 1280 and 390 px."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import calendar, sharing
from articles.batching import ask_for, work
from articles.correcting import correct
from articles.developing import develop
from articles.keeping_views import keep_view
from articles.models import Article, ReviewRequest, Source
from articles.models.cited_works import NoticeKind
from articles.presence import attend
from articles.remarking import remark
from articles.uploading import add_to_library
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import write
from newsroom.discussions.posting import post
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import plan
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import open_form, retitle, scrolls_sideways
from tests.factories.articles import (
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    SelectionFactory,
    SpecialtyFactory,
    TagFactory,
)
from tests.factories.pictures import scene
from tests.factories.selections import EditionFactory, slot

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# Where pictures of the pages go, for people to look at; nowhere unless asked.
PICTURES = os.environ.get("PICTURES", "")
BODY = (
    "<h2>Ce que l’étude montre</h2><p>Un paragraphe avec un <a href='https://exemple.example/'>lien</a> [1].</p>"
    "<blockquote><p>Une citation.</p></blockquote>"
    "<figure class='table'><table><thead><tr><th>Dose</th><th>Effet</th></tr></thead>"
    "<tbody><tr><td>5 mg</td><td>Aucun</td></tr></tbody></table></figure><p>La suite TK.</p>"
)


def content(**changes):
    """Return an article's content with a row of each kind."""
    given = {
        "title": "Hypertension : relire les mesures",
        "kicker": "Pratique",
        "standfirst": "Ce que change la nouvelle recommandation, et pour qui.",
        "body": BODY,
        "key_points": "Un point\nUn autre",
        "format": "news",
        "audience": "public",
        "primary_specialty": SpecialtyFactory(name="Cardiologie", slug="cardiologie").pk,
        "specialties": [SpecialtyFactory(name="Médecine générale", slug="medecine-generale").pk],
        "tags": ["hypertension", "tension artérielle"],
        "bylines": [{"author": AuthorFactory().pk, "role": "", "affiliation": "CHU de Nantes", "interests": "Aucun."}],
        "references": [{"text": "Dupont J. Revue. 2025.", "doi": "10.5555/essai.2025.1", "pmid": "", "url": ""}],
    }
    return given | changes


@pytest.fixture
def picture(editor):
    """A picture with its files where the site serves them from."""
    image = add_to_library(scene((1_200, 675)), by=editor, alt="Une salle d’attente", credit="AFP")
    other = add_to_library(scene((900, 600)), by=editor, alt="Un flacon de vaccin", credit="L’Observance")
    develop(image.pk)
    develop(other.pk)
    yield image
    for one in (image, other):
        for name in (one.file.name, *(row.file.name for row in one.renditions.all())):
            default_storage.delete(name)


@pytest.fixture
def stories(editor, chief, picture):
    """A draft with one of everything, a published article with a working version, one to be reviewed."""
    draft = write(Article(), content(image=picture.pk), by=editor)
    write(draft, content(image=picture.pk, title="Hypertension : relire ses mesures", tags=["hypertension"]), by=editor)
    out = ArticleFactory(title="Anticoagulants au cabinet", published_at=timezone.now() - timedelta(days=2))
    correct(out, "La dose était fausse : c’est 5 mg.", chief)
    write(out, content(title="Anticoagulants : ce qui change"), by=editor)
    asked = write(Article(), content(title="Vaccins : le point"), by=editor)
    move(asked, Act.SUBMIT, editor)
    move(write(Article(), content(title="Fièvre de l’enfant", is_clinical=True), by=editor), Act.SUBMIT, editor)
    soon = DraftFactory(title="Un article pour demain")
    move(soon, Act.PUBLISH, chief, at=timezone.now() + timedelta(days=1))
    return {"draft": draft, "out": out, "asked": asked, "soon": soon}


@pytest.fixture
def said(stories, editor, chief):
    """What is said of the draft: remarks, a link with what came of it; and who has it open."""
    draft = stories["draft"]
    first = remark(draft, "Le chiffre est à vérifier, @Anne Dupré.", chief, passage="Un paragraphe")
    remark(draft, "C’est fait.", editor, reply_to=first)
    link = sharing.share(draft, "Comité de lecture", editor)
    sharing.note_visit(link)
    sharing.comment(link, "Pr Paul Roy", "Un tiers, ou un quart ?", passage="La suite")
    sharing.sign_off(link, "Pr Paul Roy", note="Sous réserve.")
    sharing.revoke(sharing.share(draft, "Une relectrice", editor), editor)
    attend(stories["asked"], editor)


@pytest.fixture
def behind(stories, chief, camille):
    """What workers did and did not: a batch with a refusal, a failing action, a retracted source, a held comment."""
    batch = ask_for(Act.PUBLISH, [DraftFactory(title="Prêt"), DraftFactory(title="Incomplet", signed_by=[])], chief)
    work()
    with transaction.atomic():
        failing = plan(calendar.PUBLISH, 987_654_321, timezone.now() - timedelta(minutes=5))
    error = "DoesNotExist: Article matching query does not exist.\nTraceback"
    later = timezone.now() + timedelta(hours=1)
    ScheduledAction.objects.filter(pk=failing.pk).update(attempts=4, last_error=error, next_attempt_at=later)
    Source.objects.update(notice_kind=NoticeKind.RETRACTION, notice_found_at=timezone.now())
    post(stories["out"].thread, text="Voir https://exemple.example", by=camille)
    keep_view("articles.article", "status__exact=draft", name="Brouillons", is_shared=True, by=chief)
    keep_view("articles.article", "q=tension", name="Tension", is_shared=False, by=chief)
    return {"batch": batch, "failing": failing, "source": Source.objects.first()}


@pytest.fixture
def selection(stories):
    """A selection that readers see, and its next edition, which is being composed."""
    selection = SelectionFactory(title="La sélection de la rédaction", slug="redaction")
    EditionFactory(selection=selection, number=1, articles=[ArticleFactory(title="Déjà là"), stories["out"]])
    composed = EditionFactory(selection=selection, number=2, starts_at=None, articles=[stories["out"]])
    slot(composed, 2, article=stories["soon"])
    return selection


@pytest.fixture
def desk(stories, said, behind, selection, picture):
    """Return every page of the desk by name: an address, or what a person does to come there."""
    tags = [TagFactory(name="infarctus"), TagFactory(name="crise cardiaque")]
    draft, out, asked = stories["draft"], stories["out"], ReviewRequest.objects.filter(article=stories["asked"]).get()
    admin = {
        "articles": "articles_article_changelist",
        "authors": "articles_author_changelist",
        "images": "articles_image_changelist",
        "new image": "articles_image_add",
        "selections": "articles_selection_changelist",
        "sources": "articles_source_changelist",
        "tags": "taxonomy_tag_changelist",
        "actions": "scheduling_scheduledaction_changelist",
    }
    ours = {
        "history": reverse("desk:history", args=[draft.pk]),
        "comparison": f"{reverse('desk:compare', args=[draft.pk])}?de=1&a=2",
        "preview frame": reverse("desk:preview", args=[draft.pk]),
        "links": reverse("desk:links", args=[draft.pk]),
        "remarks": reverse("desk:remarks", args=[draft.pk]),
        "move": reverse("desk:move", args=[out.pk, Act.UNPUBLISH]),
        "reviews": reverse("desk:reviews"),
        "plan of a review": reverse("desk:review-plan", args=[asked.pk]),
        "answer to a review": reverse("desk:review-answer", args=[asked.pk]),
        "batch": reverse("desk:batch", args=[behind["batch"].pk]),
        "calendar": reverse("desk:agenda"),
        "replacing": reverse("desk:image-replace", args=[picture.pk]),
        "removing": reverse("desk:image-remove", args=[picture.pk]),
        "curation": reverse("desk:selection", args=[selection.pk]),
        "preview of a selection": reverse("desk:selection-preview", args=[selection.pk]),
    }
    listed, changed = reverse("admin:articles_article_changelist"), "admin:{}_change"
    return {
        "index": reverse("admin:index"),
        **{name: reverse(f"admin:{view}") for name, view in admin.items()},
        "articles filtered": f"{listed}?status__exact=draft&format=news",
        "articles searched": f"{listed}?q=tension",
        "articles not found": f"{listed}?q=absent",
        **ours,
        "image": reverse(changed.format("articles_image"), args=[picture.pk]),
        "selection": reverse(changed.format("articles_selection"), args=[selection.pk]),
        "source": reverse(changed.format("articles_source"), args=[behind["source"].pk]),
        "action": reverse(changed.format("scheduling_scheduledaction"), args=[behind["failing"].pk]),
        "tag": reverse(changed.format("taxonomy_tag"), args=[tags[0].pk]),
        "where a tag is used": reverse("admin:taxonomy_tag_usages", args=[tags[0].pk]),
        "deleting a tag": reverse("admin:taxonomy_tag_delete", args=[tags[0].pk]),
        "merging tags": lambda person: choose_to_merge(person, tags),
        "new article": write_new,
        "draft": lambda person: open_form(person, draft),
        "working version": lambda person: open_form(person, out),
        "form with errors": lambda person: send_errors(person, draft),
        "merging two texts": lambda person: save_over(person, draft, by=draft.revisions.first().by),
    }


def choose_to_merge(person, tags):
    person.goto(reverse("admin:taxonomy_tag_changelist"))
    for tag in tags:
        person.page.check(f"#result_list input[name=_selected_action][value='{tag.pk}']")
    person.page.select_option("select[name=action]", "merge_chosen")
    person.page.click(".actions button[type=submit]")
    person.page.wait_for_selector("[name=into]", state="attached")


def write_new(person):
    person.goto(reverse("admin:articles_article_add"))
    person.page.locator(".ck-editor__editable[role=textbox]").wait_for()


def send_errors(person, article):
    open_form(person, article)
    retitle(person, "")
    person.page.fill("#id_references-0-url", "pas une adresse")
    person.page.keyboard.press("Control+s")
    person.page.locator("[data-faults]").wait_for()
    person.page.locator(".ck-editor__editable[role=textbox]").wait_for()


def save_over(person, article, by):
    """Save what was typed on a text that a colleague has changed meanwhile."""
    open_form(person, article)
    theirs = content(title=f"Écrit entre-temps, à {timezone.now():%H:%M:%S}")
    write(Article.objects.get(pk=article.pk), theirs, by=by)
    retitle(person, "Écrit ici")
    person.page.keyboard.press("Control+s")
    person.page.get_by_role("heading", name="Un collègue a enregistré cet article entre-temps").wait_for()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_of_the_desk(desk, visitor, chief, viewport):
    person = visitor(viewport=viewport)
    # A form that was typed into asks before it is left.
    person.page.on("dialog", lambda dialog: dialog.accept())
    person.sign_in(chief)

    faults = [f"{name}: {fault}" for name, way in desk.items() for fault in faults_of(person, name, way)]

    assert not faults, "\n".join(faults)


def faults_of(person, name, way):
    """Open a page and return what is wrong with it, in the light and in the dark."""
    person.complaints.clear()
    if callable(way):
        way(person)
        person.page.wait_for_load_state("networkidle")
    else:
        assert person.goto(way).status == 200, name
    # The browser names the status of an answer that is not 200; those are what the pages are about.
    faults = [complaint for complaint in person.complaints if "status of 4" not in complaint]
    if scrolls_sideways(person):
        faults.append("scrolls sideways")
    for scheme in ("light", "dark"):
        person.page.emulate_media(color_scheme=scheme)
        # The admin's colours change in 0.3 s.
        person.page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
        faults += [f"{scheme}: {fault}" for fault in person.violations()]
        if PICTURES:
            width = person.page.viewport_size["width"]
            person.page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
    return faults
