import signal
import smtplib
import socket
import subprocess
import sys

import pytest

from newsroom.servers.places import ROOT
from newsroom.servers.processes import wait_until
from tests.servers.project import free_port


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def mailbox(tmp_path):
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "newsroom.servers.mailbox",
        "--port",
        str(port),
        "--folder",
        str(tmp_path / "mail"),
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    assert wait_until(lambda: listens(port), 10)
    yield process, port, tmp_path / "mail"
    process.kill()
    process.wait()


def test_each_message_is_a_file_and_names_sort_by_arrival(mailbox):
    _process, port, folder = mailbox

    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(3):
            server.sendmail("a@example.org", ["b@example.org", "c@example.org"], f"Subject: n{number}\r\n\r\nMot")

    texts = [path.read_text() for path in sorted(folder.iterdir())]
    assert [text.count("\n") > 3 and text.split("Subject: ")[1][:2] for text in texts] == ["n0", "n1", "n2"]
    assert "X-Envelope-To: b@example.org, c@example.org" in texts[0]
    assert all(path.suffix == ".eml" for path in folder.iterdir())


def test_an_address_with_accents_is_kept_as_it_is(mailbox):
    _process, port, folder = mailbox

    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail(
            "hôpital@example.org", ["élan@example.org"], b"Subject: x\r\n\r\nMot", mail_options=["SMTPUTF8"]
        )

    [path] = folder.iterdir()
    assert path.read_text("utf-8").splitlines()[1:3] == ["X-Envelope-To: élan@example.org", "Subject: x"]


def test_it_stops_when_told(mailbox):
    process, port, _folder = mailbox

    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
    assert not listens(port)


def test_a_taken_port_is_one_line(mailbox, tmp_path):
    _process, port, _folder = mailbox
    command = [
        sys.executable,
        "-m",
        "newsroom.servers.mailbox",
        "--port",
        str(port),
        "--folder",
        str(tmp_path),
    ]

    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=20)

    assert done.returncode == 1
    assert done.stderr == f"Le port {port} ne peut pas être écouté (déjà pris).\n"
