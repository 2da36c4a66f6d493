"""A newsroom with something in every place that readers can see."""

from datetime import date, timedelta
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone

from articles import sharing
from articles.developing import develop
from articles.models import Article, Reference, Source
from articles.models.cited_works import NoticeKind
from articles.publishing import unpublish
from articles.selecting import fill
from articles.uploading import add_to_library
from debates.arguing import take_position
from newsroom.accounts.models import User
from newsroom.discussions import posting
from newsroom.moderation.decisions import reject
from newsroom.moderation.reporting import report
from newsroom.notifications.models import Notification
from newsroom.taxonomy import following
from polls.voting import vote
from tests.factories.accounts import UserFactory
from tests.factories.articles import ArticleFactory, AuthorFactory, SelectionFactory, SpecialtyFactory, TagFactory
from tests.factories.debates import argument_in, closed_debate, debate_of
from tests.factories.discussions import comment_in
from tests.factories.dossiers import DossierFactory, place
from tests.factories.full_article import full_article
from tests.factories.pictures import scene
from tests.factories.polls import PollFactory, closed
from tests.factories.selections import EditionFactory

BODY = (
    "<h2>Ce que l’étude montre</h2><p>Un paragraphe avec un <a href='https://exemple.example/'>lien</a> [1].</p>"
    "<h3>Dans le détail</h3><ul><li>Un premier point ;</li><li>un second.</li></ul>"
    "<blockquote><p>Une citation.</p></blockquote>"
    "<figure class='table'><table><thead><tr><th>Dose</th><th>Effet</th></tr></thead>"
    "<tbody><tr><td>5 mg</td><td>Aucun</td></tr></tbody></table></figure>"
    "<h2>Ce qu’il faut en faire</h2><p>La suite, avec 5 m<sup>2</sup> et H<sub>2</sub>O &amp; &lt;le reste&gt;.</p>"
)
# One more than stand on a page of a list, or of a thread.
MORE_THAN_A_PAGE = 22


def furnish(people):
    """Fill the site; return what addresses are made of. ``people`` has those of the cast whom it needs."""
    house = SimpleNamespace(specialty=SpecialtyFactory(name="Cardiologie", slug="cardiologie"), **vars(people))
    confirm(*vars(people).values())
    house.picture = picture_of(house)
    house.story = story_of(house)
    house.author = house.story.bylines.first().author
    house.tag = TagFactory(name="rythme")
    ArticleFactory.create_batch(MORE_THAN_A_PAGE, primary_specialty=house.specialty, signed_by=[house.author])
    for article in Article.objects.filter(primary_specialty=house.specialty):
        article.tags.add(house.tag)
    add_kinds_of_articles(house)
    add_selections_and_dossiers(house)
    add_debates_and_polls(house)
    add_messages(house)
    for thing in (house.specialty, house.tag, house.author, house.dossier):
        following.follow(thing, by=house.camille)
    draft = ArticleFactory(title="À relire", status=Article.Status.DRAFT, published_at=None, thread=None)
    house.link = sharing.share(draft, "Pr Lambert", house.editor)
    sharing.comment(house.link, "Pr Lambert", "Préciser la dose.", passage="Un passage")
    sharing.sign_off(house.link, "Pr Lambert", note="Sous réserve.")
    house.passwordless = UserFactory(password="")
    house.passwordless.set_unusable_password()
    house.passwordless.save()
    return house


def confirm(*people):
    """Have their addresses confirmed, so that they may sign in."""
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def picture_of(house):
    picture = add_to_library(scene((640, 360)), by=house.editor, alt="Une salle d’attente", credit="AFP")
    develop(picture.pk)
    picture.refresh_from_db()
    return picture


def story_of(house):
    """Return an article with all that an article may have, and more conversations than stand on a page."""
    story = full_article(comments=MORE_THAN_A_PAGE)
    story.image, story.body, story.is_clinical = house.picture, BODY, True
    story.evidence_level, story.evidence_note = "A", "Deux essais.\n\nUne méta-analyse."
    story.review_by = date(2024, 1, 1)
    story.save()
    parent = story.thread.comments.first()
    comment_in(story.thread, parent=parent, text="Une réponse, <b>nette</b> & brève : https://exemple.example/")
    taken_back = Source.objects.create(
        doi="10.5555/retire",
        title="Un essai",
        state=Source.State.FOUND,
        looked_up_at=timezone.now(),
        notice_kind=NoticeKind.RETRACTION,
        notice_on=date(2026, 2, 3),
        notice_found_at=timezone.now(),
    )
    Reference.objects.create(
        article=story, position=2, text="Dupont J. Revue. 2024.", doi=taken_back.doi, source=taken_back
    )
    story.bylines.update(role="Envoyée spéciale", affiliation="CHU de Lyon", interests="Aucun.")
    story.bylines.first().author.__class__.objects.update(role="Rédactrice", biography="Médecin.\n\nJournaliste.")
    return story


def add_kinds_of_articles(house):
    """Add one article of every kind that has a look of its own."""
    house.podcast = ArticleFactory(
        format=Article.Format.PODCAST,
        audio_seconds=90,
        chapter_lines="00:00 Bonjour\n01:05 Le dépistage & la suite",
        transcript="Anne : Bonjour.\n\nPaul : Merci.",
    )
    house.podcast.audio.save("entretien.mp3", ContentFile(b"ID3" + bytes(64)))
    house.sponsored = ArticleFactory(sponsor="Laboratoire X", title="Un vaccin « neuf » & utile")
    house.opinion = ArticleFactory(format=Article.Format.OPINION, canonical_url="https://revue.example/insuline")
    house.registered = ArticleFactory(audience="registered", body=BODY)
    house.professional = ArticleFactory(audience="professionals", body=BODY, image=house.picture)
    house.bare = ArticleFactory(kicker="", standfirst="", body="")
    house.withdrawn = ArticleFactory(withdrawal_notice="L’étude a été retirée.")
    unpublish(house.withdrawn, by=house.chief)
    house.lonely = AuthorFactory(civility="", name="Sans texte")
    house.empty_specialty = SpecialtyFactory(name="Gériatrie", slug="geriatrie")


def add_selections_and_dossiers(house):
    now = timezone.now()
    stories = list(Article.objects.published().own().exclude(pk__in=[house.story.pk, house.podcast.pk])[:6])
    house.selection = SelectionFactory(title="La rédaction", slug="redaction")
    EditionFactory(
        selection=house.selection, starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=2), articles=stories
    )
    fill(house.selection, [house.story, house.podcast, *stories], by=User(is_superuser=True))
    house.partner = SelectionFactory(title="Une revue", slug="revue", is_partner=True)
    fill(house.partner, stories, by=User(is_superuser=True))
    house.empty_selection = SelectionFactory(title="Vide", slug="vide")
    house.dossier = DossierFactory(title="L’été & la chaleur", items=[house.story, PollFactory()], image=house.picture)
    place(house.dossier, 3, house.podcast, heading="À écouter")
    house.empty_dossier = DossierFactory(introduction="")


def add_debates_and_polls(house):
    """Add debates and consultations: open, answered, closed, hidden until one answers, with nobody in them."""
    house.debate = debate_of(introduction="Le cadre a changé.\n\nFaut-il suivre ?", specialty=house.specialty)
    house.debate.articles.add(house.story)
    for side in (0, 1):
        argument_in(house.debate, side=side)
        argument_in(house.debate, side=side, text="Un motif <b>long</b> & détaillé. " * 30)
    first = house.debate.arguments.first()
    comment_in(house.debate.thread, parent=first.comment, author=house.paul, text="Une réponse à l’argument.")
    take_position(house.debate, house.debate.poll.choices.first(), house.paul, text="Voir https://exemple.example")
    house.empty_debate = debate_of()
    house.closed_debate = closed_debate()
    argument_in(house.closed_debate)
    house.poll, house.closed_poll = PollFactory(introduction="Trois questions en une."), closed()
    house.answered_poll = PollFactory()
    for person in (house.camille, house.paul):
        vote(house.answered_poll, house.answered_poll.choices.first(), person)


def add_messages(house):
    """Add messages that wait, were turned down, were withdrawn, are reported; and what people are told of them."""
    thread = house.story.thread
    house.comment = comment_in(thread, author=house.paul, text="Un message de Paul.")
    house.fresh = comment_in(thread, author=house.paul, text="Un autre message de Paul.")
    house.own = comment_in(thread, author=house.camille, text="Un message de Camille.")
    house.held = posting.post(thread, text="Voir https://exemple.example", by=house.paul)
    posting.post(thread, text="Encore https://exemple.example", by=house.camille)
    removed = comment_in(thread, author=house.paul, text="Un message retiré par la modération.")
    comment_in(thread, parent=removed, text="Une réponse à ce qui a été retiré.")
    reject(removed, house.moderator, reason="attack", message="Restez courtois.")
    for number in range(2):
        Notification.objects.create(
            recipient=house.camille,
            kind="reply",
            key=f"reply:{number}",
            title="Paul vous répond",
            body="Merci & à vous.",
            path=thread.path,
            read_at=timezone.now() if number else None,
        )
    for reporter in (house.camille, UserFactory()):
        report(house.comment, reporter, reason="attack", text="ton agressif")
