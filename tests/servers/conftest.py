"""Clusters of their own for these tests, which kill them; all they start is ended, whatever happened."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

from newsroom.servers import places
from newsroom.servers.places import postgres_place, redis_place
from newsroom.servers.postgres import FAST_SETTINGS, EmbeddedPostgres
from newsroom.servers.redis import EmbeddedRedis
from tests.servers.project import Project

ROOT = places.ROOT


@pytest.fixture(autouse=True)
def _no_real_servers(monkeypatch):
    """These tests are about the embedded servers, whatever the rest of the suite runs on."""
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def open_folder():
    """A folder that any user may walk to, unlike tmp_path."""
    folder = Path(tempfile.mkdtemp(prefix="observance-test-", dir=places.OUTSIDE))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def var(open_folder):
    """A `var` folder that does not exist yet; servers started in it are ended."""
    folder = open_folder / "var"
    yield folder
    _end(folder)


@pytest.fixture
def clean_up():
    """Take note of further `var` folders whose servers must be ended."""
    folders: list[Path] = []
    yield folders.append
    for folder in folders:
        _end(folder)


@pytest.fixture(scope="session")
def shared_cluster():
    """A cluster for all the tests that do not damage it, stopped between them: making one takes a second or two."""
    folder = Path(tempfile.mkdtemp(prefix="observance-test-", dir=places.OUTSIDE))
    folder.chmod(0o755)
    server = EmbeddedPostgres(postgres_place(folder / "var"), FAST_SETTINGS)
    server.ensure()
    server.stop()
    yield server
    _end(folder / "var")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(shared_cluster):
    """A PostgreSQL that is not started; what a test writes there stays for the others."""
    yield shared_cluster
    shared_cluster.stop()


@pytest.fixture
def own_postgres(var, shared_cluster):
    """A PostgreSQL that is not started and may be damaged."""
    var.mkdir()
    copy_cluster(shared_cluster, var)
    return EmbeddedPostgres(postgres_place(var), FAST_SETTINGS)


@pytest.fixture
def redis(var):
    """A Redis of our own, not started."""
    return EmbeddedRedis(redis_place(var))


def copy_cluster(server, var):
    """Copy a stopped cluster into another `var`."""
    subprocess.run(["cp", "-Rp", str(server.place.folder), str(var)], check=True)


def _end(var):
    EmbeddedPostgres(postgres_place(var)).stop()
    EmbeddedRedis(redis_place(var)).stop()
    shutil.rmtree(places.outside(var), ignore_errors=True)


def run_python(code, *arguments, **options):
    """Run a piece of Python that can import the servers; answer the finished process."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        **options,
    )


def as_nobody(verb):
    """Run `verb` in a child process of the user nobody; answer what it returns, or its trouble, as text.

    A fork, because this Python itself may live where nobody cannot read.
    """
    account = pwd.getpwnam("nobody")
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of xdist, which the child does not use
        child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            said = str(verb())
        except BaseException as trouble:  # noqa: BLE001 - the child must never go on as a second pytest
            said = f"{type(trouble).__name__}: {trouble}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        said = answers.read()
    os.waitpid(child, 0)
    return said


only_root = pytest.mark.skipif(
    os.geteuid() != 0 or not places.open_to_others(ROOT / ".venv"),
    reason="only root can become somebody else, who must be able to read the checkout",
)


@pytest.fixture
def project(open_folder):
    """A small checkout in a folder with a space in its name; nothing of it runs on."""
    checkout = Project(open_folder / "mon projet")
    yield checkout
    checkout.close()


@pytest.fixture
def ready_project(project, shared_cluster):
    """The same with a cluster made beforehand, to save the time of making one."""
    copy_cluster(shared_cluster, project.var)
    return project
