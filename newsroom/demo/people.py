"""The people of the demo: the eight logins and sixty readers."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from newsroom.accounts.models import User
from newsroom.accounts.professions import Assurance
from newsroom.core.folding import slugged
from newsroom.demo.content import read
from newsroom.demo.moments import Clock
from newsroom.servers.logins import LOGINS

DOMAIN = "demo.test"
ASSURANCES = {"declared": Assurance.DECLARED, "verified": Assurance.VERIFIED}
# The register's numbers have eleven digits; these are of no real person.
FIRST_RPPS = 10_000_001_000

People = Mapping[str, User]


def load_people(clock: Clock) -> People:
    """Create who is missing, and return everybody by the part of the address before the @."""
    known = {user.email: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    people = [known.get(user.email) or user for user in (*_logins(clock), *_readers(clock))]
    new = [user for user in people if user.pk is None]
    User.objects.bulk_create(new)
    _confirm(new)
    _put_in_groups(new)
    return {user.email.partition("@")[0]: user for user in people}


def _logins(clock: Clock) -> Iterable[User]:
    """Yield the accounts of `servers.logins`, with a password and, for the house, the editors' desk."""
    described = read("people")
    # One hash for one password: hashing is slow on purpose.
    hashes = {password: make_password(password) for password in {login.password for login in LOGINS}}
    for login in LOGINS:
        who = dict(described[login.email.partition("@")[0]])
        is_staff = "group" in who
        who.pop("group", None)
        yield User(
            email=login.email,
            password=hashes[login.password],
            is_staff=is_staff,
            joined_at=clock.now - timedelta(days=400),
            **who,
        )


def _readers(clock: Clock) -> Iterable[User]:
    """Yield the sixty readers; nobody signs in as one of them, so they have no password."""
    for number, row in enumerate(read("readers")["readers"]):
        civility, first_name, last_name, profession, specialty, assurance = row
        yield User(
            email=f"{slugged(first_name)}.{slugged(last_name)}@{DOMAIN}",
            password=make_password(None),
            civility=civility,
            first_name=first_name,
            last_name=last_name,
            profession=profession,
            specialty=specialty,
            assurance=ASSURANCES[assurance],
            rpps=str(FIRST_RPPS + number) if assurance == "verified" else "",
            shows_presence=number % 3 == 0,
            joined_at=clock.now - timedelta(days=20 + number * 6),
        )


def _confirm(users: Iterable[User]) -> None:
    """Confirm their addresses, as signing in demands."""
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )


def _put_in_groups(users: Iterable[User]) -> None:
    described: dict[str, dict[str, Any]] = read("people")
    for user in users:
        name = described.get(user.email.partition("@")[0], {}).get("group")
        if name:
            user.groups.add(Group.objects.get(name=name))
