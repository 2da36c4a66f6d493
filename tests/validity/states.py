"""Every page that readers see, in every state that looks different: by whom it is asked, and where.

``tests/validity/test_states.py`` fails when an address of the site has none, so whoever adds one says here in which
states it is seen. The Nu checker reads all of them; axe looks at all of them in a browser.
"""

from typing import NamedTuple

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from articles import sharing
from newsroom.pages.models import SLUGS

NOBODY, READER, PHYSICIAN, MODERATOR = "nobody", "lea", "camille", "moderator"
# A reader with a second factor, signed in; the same one before the code was given; one who never chose a password.
SECURED, HALFWAY, PASSWORDLESS = "nadia", "halfway", "passwordless"

FACTORS = "/compte/double-authentification/"


class State(NamedTuple):
    """Who asks for which address, or sends what there, and the status of the answer."""

    who: str
    path: str
    status: int = 200
    sent: dict[str, str] | None = None

    @property
    def is_part(self):
        """Say whether the answer is a part that a script puts into a page."""
        return self.path.startswith("/moi/ici/") or self.path.endswith("/en-ligne/")


def states_of(house):
    """Return the states of a furnished site (``tests.validity.furnishing``)."""
    return [state for part in PARTS.values() for state in part(house)]


def lists(house):
    paths = [
        *("/", "/articles/", "/articles/?page=2", "/articles/?format=podcast", "/articles/?format=article"),
        *("/specialites/", "/specialites/cardiologie/", "/specialites/cardiologie/?page=2"),
        *("/specialites/cardiologie/?format=debat", "/specialites/geriatrie/", "/specialites/geriatrie/?format=debat"),
        *(f"/specialites/cardiologie/?format={kind}" for kind in ("article", "podcast")),
        *(house.tag.get_absolute_url(), f"{house.tag.get_absolute_url()}?page=2"),
        *(house.author.get_absolute_url(), f"{house.author.get_absolute_url()}?page=2"),
        *("/debats/", "/consultations/", "/dossiers/", "/corrections/", "/plan-du-site/"),
        *("/selections/redaction/", "/selections/redaction/editions/", "/selections/revue/", "/selections/vide/"),
        f"/selections/redaction/editions/{house.selection.editions.order_by('starts_at').first().number}/",
        "/selections/revue/editions/",
        *("/recherche/", "/recherche/?q=article", "/recherche/?q=article&page=2", "/recherche/?q=zzzyx"),
        *("/recherche/?q=artcle", "/recherche/?q=vaccins&type=debats", "/recherche/?q=marielle&type=auteurs"),
        "/recherche/?q=article&specialite=cardiologie&format=podcast&periode=30-jours&tri=date",
        *("/recherche/?q=%22%3Cscript%3E%26%22", "/recherche/?q=-"),
    ]
    return [State(NOBODY, path) for path in paths]


def things(house):
    articles = [house.story, house.podcast, house.sponsored, house.opinion, house.registered, house.professional]
    debates = [house.debate, house.empty_debate, house.closed_debate]
    polls = [house.poll, house.closed_poll, house.answered_poll]
    shown = [*articles, house.bare, house.dossier, house.empty_dossier, *debates, *polls]
    thread = house.story.get_absolute_url()
    paths = [
        *(thing.get_absolute_url() for thing in shown),
        *(f"{thread}?{query}" for query in ("page=2", "tri=anciens", "tri=recents&page=2")),
        *(reverse(f"debates:{name}", args=[one.slug]) for one in debates for name in ("discussion", "frame", "online")),
        *(reverse("polls:frame", args=[one.slug]) for one in polls),
        sharing.address_of(house.link),
        reverse("discussions:comment", args=[house.comment.pk]),
    ]
    return [State(NOBODY, path) for path in paths]


def others(house):
    """Return the pages of text, those of the account that are open to the signed-out, and refusals."""
    number, token = user_pk_to_url_str(house.lea), default_token_generator.make_token(house.lea)
    address, _made = EmailAddress.objects.get_or_create(user=house.lea, email="autre@example.org")
    paths = [
        *(reverse("frontpage:page", args=[slug]) for slug in SLUGS),
        reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key]),
        reverse("account_reset_password_from_key", args=[number, token]),
        *("/compte/connexion/", "/compte/connexion/?next=/moi/", "/compte/inscription/", "/compte/inactif/"),
        *("/compte/courriel/envoye/", "/compte/courriel/rien/", "/compte/mot-de-passe/oublie/"),
        *("/compte/mot-de-passe/oublie/envoye/", "/compte/mot-de-passe/nouveau/1-rien/"),
        "/compte/mot-de-passe/nouveau/fait/",
    ]
    refusals = [
        *(("/absent/", 404), ("/articles/absent/", 404), ("/recherche/?q=article&page=999", 404)),
        *(("/recherche/?q=%00", 400), (house.withdrawn.get_absolute_url(), 410), ("/relecture/faux/", 410)),
    ]
    return [*(State(NOBODY, path) for path in paths), *(State(NOBODY, path, status) for path, status in refusals)]


def refused_forms(house):
    """Return forms that come back with what is wrong in them."""
    write = reverse("discussions:write", args=[house.story.thread_id])
    decide, report = (reverse(f"moderation:{name}", args=[house.comment.pk]) for name in ("decide", "report"))
    token = sharing.address_of(house.link).split("/")[2]
    return [
        State(NOBODY, "/compte/connexion/", 200, {"login": "personne", "password": ""}),
        State(NOBODY, "/compte/connexion/", 200, {"login": "personne@example.org", "password": "faux"}),
        State(NOBODY, "/compte/inscription/", 200, {"email": "faux", "password1": "1", "rpps": "12"}),
        State(NOBODY, "/compte/mot-de-passe/oublie/", 200, {"email": ""}),
        State(NOBODY, reverse("articles:shared-remark", args=[token]), 422, {"name": "", "text": ""}),
        State(NOBODY, reverse("articles:shared-sign", args=[token]), 422, {"name": ""}),
        State(PHYSICIAN, write, 200, {"text": ""}),
        State(PHYSICIAN, reverse("debates:position", args=[house.debate.slug]), 200, {"argument": "Un."}),
        State(PHYSICIAN, reverse("polls:vote", args=[house.poll.slug]), 200, {"choix": ""}),
        State(PHYSICIAN, "/compte/mot-de-passe/", 200, {"oldpassword": "", "password1": "a", "password2": "b"}),
        State(READER, report, 422, {"reason": ""}),
        State(MODERATOR, decide, 422, {"action": "reject"}),
    ]


def seen_by_a_reader(house):
    """Return what somebody without a verified title sees: what he lacks, and empty pages of his own."""
    seen = [
        *((path, 200) for path in ("/moi/", "/moi/notifications/", "/moi/preferences/", "/")),
        (house.registered.get_reserved_url(), 200),
        (house.professional.get_reserved_url(), 403),
        (house.debate.get_absolute_url(), 200),
        (reverse("debates:position", args=[house.debate.slug]), 200),
        (reverse("polls:vote", args=[house.poll.slug]), 200),
        (reverse("discussions:write", args=[house.story.thread_id]), 403),
        (reverse("discussions:mine", args=[house.story.thread_id]), 200),
        (reverse("moderation:queue"), 403),
    ]
    return [State(READER, path, status) for path, status in seen]


def seen_by_a_physician(house):
    thread, debate = house.story.thread_id, house.debate
    following = [(kind, getattr(house, name).slug) for kind, name in FOLLOWED.items()]
    paths = [
        *("/moi/", "/moi/notifications/", "/moi/preferences/", "/", house.story.get_absolute_url()),
        *(house.professional.get_reserved_url(), house.registered.get_reserved_url(), debate.get_absolute_url()),
        *(reverse("articles:follow", args=one) for one in following),
        reverse("articles:follow", args=["specialites", house.empty_specialty.slug]),
        *(reverse("debates:position", args=[one.slug]) for one in (debate, house.empty_debate, house.closed_debate)),
        *(reverse("polls:vote", args=[one.slug]) for one in (house.poll, house.answered_poll, house.closed_poll)),
        *(reverse("discussions:write", args=[thread]) + query for query in ("", f"?reponse={house.comment.pk}")),
        reverse("discussions:mine", args=[thread]),
        reverse("discussions:withdraw", args=[house.own.pk]),
        *(reverse("moderation:report", args=[pk]) for pk in (house.comment.pk, house.fresh.pk)),
        reverse("notifications:open", args=[house.camille.notifications.first().pk]),
        reverse("frontpage:here") + f"?fil={thread}&debat={debate.pk}&consultation={house.poll.pk}",
        reverse("frontpage:here") + f"?fil={debate.thread_id}&suivi=specialites/cardiologie",
        *("/compte/courriel/", "/compte/mot-de-passe/", "/compte/deconnexion/", "/compte/confirmer-identite/"),
        *(f"{FACTORS}{path}" for path in ("", "totp/activate/")),
    ]
    return [State(PHYSICIAN, path) for path in paths]


FOLLOWED = {"specialites": "specialty", "themes": "tag", "auteurs": "author", "dossiers": "dossier"}


def seen_by_a_moderator(house):
    queues = ("", "?file=attente", "?file=arguments", "?file=rien", "?q=zzz")
    decisions = [reverse("moderation:decide", args=[one.pk]) for one in (house.held, house.comment)]
    paths = [*(f"/moderation/{query}" for query in queues), *decisions, "/moderation/journal/"]
    return [State(MODERATOR, path) for path in paths]


def seen_on_the_way_in(house):
    """Return the pages of a second factor, and of a first password."""
    del house
    factors = ("", "totp/deactivate/", "reauthenticate/", "recovery-codes/", "recovery-codes/generate/")
    return [
        *(State(SECURED, f"{FACTORS}{path}") for path in factors),
        State(HALFWAY, f"{FACTORS}authenticate/"),
        State(PASSWORDLESS, "/compte/mot-de-passe/creer/"),
    ]


PARTS = {
    "lists": lists,
    "things": things,
    "others": others,
    "forms": refused_forms,
    "reader": seen_by_a_reader,
    "physician": seen_by_a_physician,
    "moderator": seen_by_a_moderator,
    "ways in": seen_on_the_way_in,
}


# What an empty site shows.
EMPTY = [
    *(State(NOBODY, path) for path in ("/", "/articles/", "/articles/?format=podcast", "/debats/", "/consultations/")),
    *(
        State(NOBODY, path)
        for path in ("/dossiers/", "/corrections/", "/specialites/", "/recherche/", "/plan-du-site/")
    ),
    *(State(NOBODY, path) for path in ("/recherche/?q=coeur", "/recherche/?q=coeur&type=auteurs")),
    *(State(MODERATOR, path) for path in ("/moderation/", "/moderation/?file=attente", "/moderation/journal/")),
    *(State(READER, path) for path in ("/", "/moi/", "/moi/notifications/")),
]
