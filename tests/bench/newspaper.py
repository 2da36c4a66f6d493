"""What fills a home page and an article: stories with pictures like photographs, a debate, a thread of 200 comments."""

import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageChops

from articles.developing import develop
from articles.models import Article, Image
from articles.selecting import fill
from articles.uploading import add_to_library
from newsroom.accounts.models import User
from newsroom.discussions.posting import bring_in
from tests.factories.articles import ArticleFactory, SelectionFactory, SpecialtyFactory
from tests.factories.debates import argument_in, debate_of
from tests.factories.polls import PollFactory

STORIES = 40
PICTURES = 4
CONVERSATIONS = 100
WIDE = (1920, 1080)
# How fast a picture's finer grain weakens: at 0.6, 1920 pixels in AVIF weigh 108 kB, as a photograph's do.
FALL = 0.6
TEXT = "Un avis mesuré, avec assez de mots pour ressembler à un vrai commentaire de médecin. " * 3
PARAGRAPH = f"<p>{'Une phrase ordinaire de la presse médicale, ni longue ni courte, avec son chiffre. ' * 8}</p>"
NAMED = "<p>Une souche d’<em>Escherichia coli</em> résistante, comme on en trouve <strong>partout</strong>.</p>"


def newspaper() -> Article:
    """Publish a newspaper of one day and return its lead: with a picture, a debate and 200 comments."""
    chief = User.objects.create(email="une@bench.test", is_superuser=True)
    specialties = SpecialtyFactory.create_batch(4)
    pictures = [photograph(number, chief) for number in range(PICTURES)]
    stories = [
        ArticleFactory(
            title=f"Insuffisance cardiaque : ce que l’essai n° {number} change pour le médecin traitant",
            standfirst="Une cohorte de 12 000 patients, suivie cinq ans, précise à qui profite le traitement. " * 2,
            body=NAMED + PARAGRAPH * 9,
            primary_specialty=specialties[number % 4],
            image=pictures[number % PICTURES],
            format=Article.Format.PODCAST if number % 10 == 9 else Article.Format.NEWS,
        )
        for number in range(STORIES)
    ]
    lead = stories[0]
    fill(SelectionFactory(title="La sélection de la rédaction", slug="redaction"), stories[:14], by=chief)
    fill(SelectionFactory(title="La Revue du Praticien", is_partner=True), stories[14:17], by=chief)
    PollFactory()
    debate = debate_of()
    debate.articles.add(lead)
    argument_in(debate, text=TEXT)
    argument_in(debate, side=1, text=TEXT)
    with transaction.atomic():
        for number in range(CONVERSATIONS):
            said = bring_in(lead.thread, text=f"{number}. {TEXT}", author_name="Dre Anne B.", at=timezone.now())
            bring_in(lead.thread, text=TEXT, author_name="Dr Paul S.", at=timezone.now(), parent=said)
    return lead


def photograph(number: int, by: User) -> Image:
    """Add a picture to the library, with all its renditions, that is as hard to compress as a photograph.

    Noise whose strength falls with its fineness, as the grain of pictures of nature does.
    """
    chance = random.Random(number)  # noqa: S311 - the same pictures in each run
    pixels = Pillow.new("RGB", WIDE, (128, 128, 128))
    for octave in range(1, 11):
        size = (2**octave, max(1, 2**octave * WIDE[1] // WIDE[0]))
        strength = 2 * 0.5 ** (octave * FALL)
        grain = Pillow.frombytes("RGB", size, chance.randbytes(3 * size[0] * size[1]))
        weak = grain.resize(WIDE, Pillow.Resampling.BICUBIC).point(
            [128 + int((v - 128) * strength) for v in range(256)] * 3
        )
        pixels = ImageChops.add(pixels, weak, 1, -128)
    content = BytesIO()
    pixels.save(content, "WEBP", quality=95)
    image = add_to_library(SimpleUploadedFile("photo.webp", content.getvalue()), by, alt="Une image d’essai.")
    develop(image.pk)
    image.refresh_from_db()
    assert image.sources, image.renditions_error
    return image
