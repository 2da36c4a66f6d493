"""The people of the demo newsroom: who can sign in and with what. They exist only where its data is."""

from typing import NamedTuple

PASSWORD = "demo-observance"  # noqa: S105 - published on purpose; production refuses to load these accounts


class Login(NamedTuple):
    """One demo account; `who` is French, for the terminal and the demo's pages."""

    email: str
    who: str
    password: str = PASSWORD


LOGINS = (
    Login("admin@demo.test", "administration"),
    Login("chef@demo.test", "rédaction en chef : publie, compose les sélections"),
    Login("redaction@demo.test", "rédaction : écrit, soumet"),
    Login("moderation@demo.test", "modération"),
    Login("responsable@demo.test", "responsable de la modération : règles, sanctions, recours"),
    Login("medecin@demo.test", "médecin vérifié"),
    Login("medecin2@demo.test", "médecin vérifié"),
    Login("lecteur@demo.test", "lectrice, adresse confirmée, sans titre professionnel vérifié"),
)
