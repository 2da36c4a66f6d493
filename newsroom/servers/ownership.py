"""The folders that the embedded servers write: created with care, refused in one line when not ours."""

import contextlib
import fcntl
import os
import pwd
from collections.abc import Iterator
from pathlib import Path

from newsroom.servers.troubles import ServerTrouble, reason

UNPRIVILEGED = "nobody"
"""Who runs PostgreSQL when root starts it."""


def unprivileged() -> pwd.struct_passwd | None:
    """Answer the account PostgreSQL has to run under, None when we may run it ourselves.

    Raises ServerTrouble when we are root and there is no such account.
    """
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        message = (
            f"PostgreSQL ne tourne pas sous root et le compte « {UNPRIVILEGED} » n’existe pas : "
            f"lancez la commande sous un autre compte."
        )
        raise ServerTrouble(message) from None


def prepare(folder: Path, *, mode: int = 0o755, owner: pwd.struct_passwd | None = None) -> None:
    """Create `folder` with this mode and owner, or check that it is usable; parents keep their modes.

    Raises ServerTrouble in one line when it cannot be created, belongs to another user or is not writable.
    """
    expected = owner.pw_uid if owner else os.geteuid()
    try:
        _create(folder, mode, owner)
        state = folder.stat()
    except OSError as error:
        message = f"Le dossier {folder} ne peut pas être utilisé ({reason(error)}) : vérifiez ses droits."
        raise ServerTrouble(message) from None
    if state.st_uid != expected:
        raise ServerTrouble(left_by_another(folder, state.st_uid))
    if not os.access(folder, os.W_OK | os.X_OK):
        message = f"Le dossier {folder} n’est pas accessible en écriture : vérifiez ses droits."
        raise ServerTrouble(message)


def _create(folder: Path, mode: int, owner: pwd.struct_passwd | None) -> None:
    """Create the folder and those missing above it; set the mode of what was created, whatever the umask."""
    if folder.exists():
        return
    if not folder.parent.exists():
        _create(folder.parent, 0o755, None)
    try:
        folder.mkdir()
    except FileExistsError:
        return  # another process was faster
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(mode)


def left_by_another(path: Path, uid: int) -> str:
    """Say that `path` belongs to somebody else, and what to do."""
    who = str(uid)
    with contextlib.suppress(KeyError):
        who = pwd.getpwuid(uid).pw_name
    return (
        f"Le dossier {path} appartient à un autre utilisateur ({who}) : "
        f"supprimez-le, ou lancez la commande sous ce compte."
    )


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path` alone, waiting for it; raises ServerTrouble when it cannot be opened."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        message = f"Le fichier {path} ne peut pas être écrit ({reason(error)}) : vérifiez ses droits."
        raise ServerTrouble(message) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
