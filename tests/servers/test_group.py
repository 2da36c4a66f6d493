import sys

import pytest

from newsroom.servers import group as group_module
from newsroom.servers.group import DEATHS, Group, last_words
from newsroom.servers.guardian import members
from newsroom.servers.processes import alive, wait_until
from newsroom.servers.troubles import ServerTrouble


class Notebook:
    """Keeps what the guardian would be told."""

    def __init__(self):
        self.notes = []

    def note(self, *words):
        self.notes.append(words)


@pytest.fixture
def said():
    return []


@pytest.fixture
def group(tmp_path, said, monkeypatch):
    monkeypatch.setattr(group_module, "FIRST_PAUSE", 0.01)
    together = Group(tmp_path, {}, Notebook(), said.append)
    yield together
    together.stop()


def look_until(group, condition):
    def look():
        group.look()
        return condition()

    assert wait_until(look, 10)


def test_what_matters_in_a_log_is_shown_and_the_rest_is_not(group, said):
    lines = ["INFO rien", "ERROR le disque", '{"level": "error", "event": "x"}', "errors: 0"]
    code = f"import time; print(*{lines}, sep=chr(10), flush=True); time.sleep(60)"
    group.start("web", [sys.executable, "-c", code])

    look_until(group, lambda: len(said) == 2)

    assert said == ["web · ERROR le disque", 'web · {"level": "error", "event": "x"}']


def test_a_process_that_dies_again_and_again_ends_it_all_in_one_line(group, said):
    group.start("web", [sys.executable, "-c", "raise ValueError('plus de place')"])

    with pytest.raises(ServerTrouble, match="« web » s’est arrêté 5 fois en une minute") as trouble:
        look_until(group, lambda: False)

    assert "plus de place" in str(trouble.value)
    assert "\n" not in str(trouble.value)
    assert len(said) == DEATHS - 1


def test_children_of_a_dead_process_are_ended_before_it_starts_again(group, said, tmp_path):
    child = f"""
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path({str(tmp_path / "pids")!r}).open("a").write(str(child.pid) + chr(10))
sys.exit(3)
"""
    group.start("worker", [sys.executable, "-c", child])

    look_until(group, lambda: said)

    pid = int((tmp_path / "pids").read_text().split()[0])
    assert not alive(pid)
    assert "état 3" in said[0]


def test_a_process_that_ignores_sigterm_is_killed_after_a_grace(group, monkeypatch):
    monkeypatch.setattr("newsroom.servers.guardian.GRACE", 0.3)
    code = "from signal import *; signal(SIGTERM, SIG_IGN); print(1, flush=True); import time; time.sleep(60)"
    group.start("web", [sys.executable, "-c", code])
    pid = group.members[0].process.pid
    look_until(group, lambda: group.members[0].read_up_to)

    group.stop()

    assert members([pid]) == []
    assert group.guardian.notes == [("group", pid), ("gone", pid)]


def test_the_last_words_of_a_traceback_are_its_error(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("Traceback (most recent call last):\n  x\na.b.OperationalError: plus de serveur\nDETAIL\n")

    assert last_words(log) == "plus de serveur"
    assert last_words(tmp_path / "missing") == "rien au journal"
