"""`make serve`: the production settings on the same data, `python -m newsroom.servers.serve`.

What production asks for and the environment does not give comes from the embedded servers; the secret key is
made once and kept in `var/secret_key`, readable by its owner alone.
"""

import contextlib
import os
import secrets
import sys
from pathlib import Path

from newsroom.servers import ensure
from newsroom.servers.places import VAR, postgres_place, redis_place
from newsroom.servers.preflight import HOST
from newsroom.servers.site import Site, run
from newsroom.servers.steps import Step
from newsroom.servers.troubles import ServerTrouble, reason

KEY_BYTES = 50


def secret_key(path: Path) -> str:
    """Answer the key kept in `path`, made at the first call; raises ServerTrouble when it cannot be kept."""
    try:
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(KEY_BYTES))
        key = path.read_text().strip()
    except OSError as error:
        message = f"La clé secrète {path} ne peut pas être utilisée ({reason(error)}) : vérifiez ses droits."
        raise ServerTrouble(message) from None
    if not key:  # we were killed between making the file and writing it
        path.unlink()
        return secret_key(path)
    return key


def missing_variables(port: int) -> dict[str, str]:
    """Answer what the environment lacks for the production settings."""
    found: dict[str, str] = {}
    if not ensure.given("SECRET_KEY"):
        found["SECRET_KEY"] = secret_key(VAR / "secret_key")
    if not ensure.given("SITE_URL"):
        found["SITE_URL"] = f"http://{HOST}:{port}"
    if not ensure.given("ALLOWED_HOSTS"):
        found["ALLOWED_HOSTS"] = f"{HOST},localhost"
    if not ensure.given("DATABASE_URL"):
        found["DATABASE_URL"] = postgres_place(VAR).url()
    if not ensure.given("REDIS_URL"):
        found["REDIS_URL"] = redis_place(VAR).url()
    return found


SERVE = Site(
    command="serve",
    settings="newsroom.settings.production",
    steps=(
        Step(["collectstatic", "--noinput"], "Fichiers statiques…"),
        Step(["migrate", "--noinput"], "Mise à jour de la base…", unless=["migrate", "--check"]),
    ),
    variables=missing_variables,
)

if __name__ == "__main__":
    sys.exit(run(SERVE))
