"""What can go wrong before Django exists, in one French line: there is no catalogue to translate with yet."""

import errno

REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération refusée",
    errno.EROFS: "système de fichiers en lecture seule",
    errno.ENOSPC: "disque plein",
    errno.ENOTDIR: "un fichier est à la place d’un dossier",
    errno.EEXIST: "un fichier est à sa place",
    errno.EADDRINUSE: "déjà pris",
    errno.ECONNREFUSED: "connexion refusée",
    errno.EHOSTUNREACH: "machine injoignable",
    errno.ENETUNREACH: "réseau injoignable",
}


class ServerTrouble(Exception):  # noqa: N818 - a trouble of the house, not an error of the program
    """A start that cannot go on; its text is the one line a person needs. Entry points print it, exit 1."""


class WrongArgument(ServerTrouble):
    """A value given by the person is not usable, `PORT=abc` for one. Entry points print it and exit 2."""


def reason(error: OSError) -> str:
    """Say in French why the system refused."""
    if isinstance(error, TimeoutError):
        return "pas de réponse"
    return REASONS.get(error.errno or 0, error.strerror or str(error))
