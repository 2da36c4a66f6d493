"""Asking for states, signed in through the form as everybody is."""

from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils import timezone

from newsroom.core import failures, maintenance
from tests.factories.accounts import PASSWORD
from tests.validity.states import HALFWAY, NOBODY, SECURED


def browsers_of(house):
    """Return what gives the browser of a state's ``who``, each signed in once."""
    signed_in = {NOBODY: Client(raise_request_exception=False)}

    def browser_of(who):
        if who not in signed_in:
            signed_in[who] = client = Client(raise_request_exception=False)
            if who == HALFWAY:
                browser_of(SECURED)
            person = getattr(house, SECURED if who == HALFWAY else who)
            sign_in(client, person)
            if who == SECURED:
                TOTP.activate(person, generate_totp_secret())
                RecoveryCodes.activate(person)
        return signed_in[who]

    return browser_of


def sign_in(client, person):
    """Sign in through the form, which remembers when it was; without a password, as another site's door would."""
    if not person.has_usable_password():
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return
    answer = client.post("/compte/connexion/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302, person


def answer_to(browser_of, state):
    """Return the answer to a state as its reader gets it, after redirects of an address that only leads on."""
    client = browser_of(state.who)
    return client.get(state.path, follow=True) if state.sent is None else client.post(state.path, state.sent)


def pages_without_an_address():
    """Return, by name, the pages that no address of a site in order gives."""
    request = RequestFactory().get("/")
    tomorrow = timezone.now() + timedelta(days=1)
    what, still = "Nous changeons de serveur.", "Le podcast reste dans vos applications."
    return {
        "403, form": failures.forbidden_origin(request).content.decode(),
        "403, no reason": failures.forbidden(request, PermissionDenied()).content.decode(),
        "405": failures.senseless(request, 405).content.decode(),
        "416": failures.senseless(request, 416).content.decode(),
        "429": render(request, "429.html", {"minutes": 1}, status=429).content.decode(),
        "500": failures.server_error(request).content.decode(),
        "503, reading": failures.away(request).content.decode(),
        "503, nothing": failures.away(request, reading=False).content.decode(),
        "maintenance": maintenance.page(tomorrow, what, still),
        "maintenance, no more": maintenance.page(tomorrow, what, ""),
    }
