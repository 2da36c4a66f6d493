import os
import signal
import smtplib
import socket
import subprocess
import sys
import urllib.request
from email import message_from_bytes

import pytest

from newsroom.servers.logins import LOGINS
from newsroom.servers.processes import alive, wait_until
from tests.servers.project import lines_until


def get(project):
    with urllib.request.urlopen(f"http://127.0.0.1:{project.port}/sante/vivant", timeout=5) as answer:
        return answer.read().decode()


def named(project, word):
    return [process for process in project.processes() if word in " ".join(process.cmdline())]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_ready_and_the_logins_then_stops_all_of_it(ready_project, number):
    demo = ready_project.run()

    lines = lines_until(demo, "Ctrl-C")
    demo.send_signal(number)
    rest, errors = demo.communicate(timeout=30)

    assert f"ready http://127.0.0.1:{ready_project.port}" in lines
    assert sum(login.email in line and login.password in line for login in LOGINS for line in lines) == 8
    assert (demo.returncode, errors) == (0, "")
    assert "Traceback" not in rest
    assert ready_project.is_quiet(1)


def test_its_mail_is_delivered_to_a_folder(ready_project):
    demo = ready_project.run()
    lines_until(demo, "ready")
    host, port = get(ready_project).removeprefix("smtp://").split(":")

    with smtplib.SMTP(host, int(port)) as server:
        server.sendmail("journal@example.org", ["lea@example.org"], "Subject: Bonjour\r\n\r\nUn mot.")

    [message] = (ready_project.var / "mail").glob("*.eml")
    assert message_from_bytes(message.read_bytes())["Subject"] == "Bonjour"


def test_killed_outright_it_leaves_nothing_and_can_start_again_at_once(ready_project):
    demo = ready_project.run()
    lines_until(demo, "ready")

    demo.kill()
    again = ready_project.run()

    lines_until(again, "ready")
    again.terminate()
    assert again.wait(30) == 0
    assert ready_project.is_quiet()


def test_a_killed_supervisor_takes_everything_along(ready_project):
    demo = ready_project.run()
    lines_until(demo, "ready")
    assert len(ready_project.processes()) > 8

    demo.kill()

    assert ready_project.is_quiet()


def test_a_second_one_in_the_same_checkout_is_refused_in_one_line(ready_project):
    first = ready_project.run()
    lines_until(first, "ready")

    second = ready_project.run(PORT=ready_project.port + 1)
    output, errors = second.communicate(timeout=10)

    assert (second.returncode, output) == (1, "")
    assert errors.count("\n") == 1
    assert f"http://127.0.0.1:{ready_project.port}" in errors
    assert get(ready_project)


def test_a_process_that_dies_is_started_again_with_a_line(ready_project):
    demo = ready_project.run()
    lines_until(demo, "ready")
    [master] = [process for process in named(ready_project, "gunicorn") if process.ppid() == demo.pid]

    master.kill()

    lines_until(demo, "« web » s’est arrêté")
    assert wait_until(lambda: len(named(ready_project, "gunicorn")) == 3, 15)
    assert not alive(master.pid)


def test_servers_that_ran_before_go_on_running(ready_project):
    by_hand = [sys.executable, "-m", "newsroom.servers"]
    options = {"cwd": ready_project.folder, "env": ready_project.environment(), "capture_output": True}
    subprocess.run([*by_hand, "start"], check=True, **options)
    demo = ready_project.run()
    lines_until(demo, "ready")

    demo.terminate()

    assert demo.wait(30) == 0
    subprocess.run([*by_hand, "status"], check=True, **options)
    subprocess.run([*by_hand, "erase"], check=True, **options)
    assert ready_project.is_quiet(1)


def test_a_taken_port_is_one_line_before_anything_starts(project):
    with socket.socket() as other:
        other.bind(("127.0.0.1", project.port))
        other.listen()
        demo = project.run()
        output, errors = demo.communicate(timeout=10)

    assert (demo.returncode, output) == (1, "")
    assert errors.count("\n") == 1
    assert f"Le port {project.port} est déjà pris" in errors
    assert "PORT=9000 make demo" in errors
    assert not (project.var / "redis").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", "٣"])
def test_a_port_that_is_none_is_a_bad_argument(project, port):
    demo = project.run(PORT=port)
    output, errors = demo.communicate(timeout=10)

    assert (demo.returncode, output) == (2, "")
    assert errors.count("\n") == 1
    assert f"PORT={port}" in errors


def test_what_the_settings_refuse_is_shown_as_their_one_line(ready_project):
    demo = ready_project.run(FAILING_COMMAND="demo_data")
    _output, errors = demo.communicate(timeout=30)

    assert demo.returncode == 1
    assert errors == "DATABASE_URL: not an address such as postgres://user@host/name.\n"
    assert ready_project.is_quiet(1)


@pytest.mark.parametrize(
    ("name", "address"),
    [("REDIS_URL", "redis://:secret@127.0.0.1:1/0"), ("DATABASE_URL", "postgres://me:secret@127.0.0.1:1/x")],
)
def test_a_server_that_does_not_answer_is_named_without_its_password(project, name, address):
    demo = project.run(**{name: address})
    output, errors = demo.communicate(timeout=10)

    assert (demo.returncode, output) == (1, "")
    assert errors.count("\n") == 1
    assert errors.startswith(f"{name} : aucun serveur ne répond à 127.0.0.1:1")
    assert "secret" not in errors


def test_a_place_left_by_another_user_is_one_line(project):
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(project.var, 65534, 65534)

    demo = project.run()
    output, errors = demo.communicate(timeout=10)

    assert (demo.returncode, output) == (1, "")
    assert errors.count("\n") == 1
    assert "appartient à un autre utilisateur" in errors


def test_serve_fills_in_what_production_asks_for(ready_project):
    serve = ready_project.run("serve")
    lines = lines_until(serve, "ready")
    key = ready_project.var / "secret_key"

    serve.terminate()

    assert serve.wait(30) == 0
    assert lines[0] == "Fichiers statiques…"
    assert len(key.read_text()) > 50
    assert key.stat().st_mode & 0o777 == 0o600
