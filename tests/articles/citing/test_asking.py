import json
import socket
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from articles.citing import asking
from articles.citing.asking import UnknownWorkError, UnreachableError, ask
from tests.factories.registers import running_register, say


@pytest.fixture
def quick(monkeypatch):
    """Time-outs of a tenth of their length, so that tests do not wait for them."""
    monkeypatch.setattr(asking, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(asking, "READ_SECONDS", 0.3)
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.6)


@pytest.fixture
def certificate(tmp_path):
    """A key and a certificate for this machine, in one file, signed by nobody else."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Registre")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "registre.pem"
    unlocked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(unlocked + built.public_bytes(Encoding.PEM))
    return path


def address(register, key="a"):
    return f"{register.address}/works/{key}"


def test_json_is_answered_and_the_register_is_told_who_asks(register, settings):
    settings.SITE_URL, settings.REGISTERS_CONTACT = "https://observance.example", "bonjour@observance.example"
    register.answers["a"] = {"message": {"title": ["Été"]}}

    assert ask(address(register)) == {"message": {"title": ["Été"]}}
    assert register.asked == [("a", "Observance/1 (https://observance.example; mailto:bonjour@observance.example)")]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_unknown(register, status):
    register.answers["a"] = status

    with pytest.raises(UnknownWorkError):
        ask(address(register))


@pytest.mark.parametrize("status", [400, 401, 500, 502])
def test_a_fault_of_the_register_is_unreachable(register, status):
    register.answers["a"] = status

    with pytest.raises(UnreachableError, match=f"HTTP {status}") as caught:
        ask(address(register))

    assert caught.value.wait is None


@pytest.mark.parametrize(
    ("told", "wait"),
    [("120", 120), ("999999999", 86_400), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("", None), ("-5", None)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_register_says_how_long_to_wait(register, status, told, wait):
    register.answers["a"] = lambda handler: say(handler, status, Retry_After=told)

    with pytest.raises(UnreachableError) as caught:
        ask(address(register))

    assert caught.value.wait == wait
    assert caught.value.is_of_the_register


def test_a_redirection_within_the_register_is_followed(register):
    register.answers["a"] = lambda handler: say(handler, 301, Location="/works/b")
    register.answers["b"] = {"ok": True}

    assert ask(address(register)) == {"ok": True}


def test_a_redirection_to_another_host_is_refused(register):
    with running_register() as other:
        other.answers["a"] = {"ok": True}
        register.answers["a"] = lambda handler: say(handler, 302, Location=f"{other.address}/works/a")

        with pytest.raises(UnreachableError, match="HTTP 302 to another host"):
            ask(address(register))

        assert other.asked == []


@pytest.mark.parametrize("target", ["file:///etc/hostname", "http://169.254.169.254/works/a", "//example.org/works/a"])
def test_a_redirection_out_of_the_register_is_refused_whatever_its_form(register, target):
    register.answers["a"] = lambda handler: say(handler, 307, Location=target)

    with pytest.raises(UnreachableError, match="HTTP 307 to another host"):
        ask(address(register))


def test_redirections_end(register):
    register.answers["a"] = lambda handler: say(handler, 302, Location="/works/a")

    with pytest.raises(UnreachableError, match="more than 3 redirections"):
        ask(address(register))

    assert len(register.asked) == 3


def test_a_register_that_does_not_answer_in_time_is_unreachable(register, quick):
    register.answers["a"] = lambda _handler: time.sleep(5)
    begun = time.monotonic()

    with pytest.raises(UnreachableError, match=r"TimeoutError|timed out"):
        ask(address(register))

    assert time.monotonic() - begun < 4


def test_a_register_that_answers_drop_by_drop_is_unreachable(register, quick):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _piece in range(12):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    register.answers["a"] = drip

    with pytest.raises(UnreachableError, match="slower than"):
        ask(address(register))


def test_broken_json_is_no_answer(register):
    register.answers["a"] = lambda handler: say(handler, 200, b'{"message": ')

    with pytest.raises(UnreachableError, match="broken JSON") as caught:
        ask(address(register))

    assert not caught.value.is_of_the_register


def test_json_nested_without_end_is_no_answer(register):
    register.answers["a"] = lambda handler: say(handler, 200, b"[" * 200_000)

    with pytest.raises(UnreachableError, match="broken JSON"):
        ask(address(register))


def test_a_huge_answer_is_not_read_to_its_end(register, monkeypatch):
    monkeypatch.setattr(asking, "LARGEST_ANSWER", 100_000)
    register.answers["a"] = lambda handler: say(handler, 200, json.dumps("x" * 300_000).encode())

    with pytest.raises(UnreachableError, match="more than 100000 bytes"):
        ask(address(register))


def test_a_page_for_people_is_no_answer(register):
    register.answers["a"] = lambda handler: say(handler, 200, b"<html>Portail captif</html>", kind="text/html")

    with pytest.raises(UnreachableError, match="text/html instead of JSON"):
        ask(address(register))


def test_a_kind_of_json_is_json(register):
    register.answers["a"] = lambda handler: say(handler, 200, b"{}", kind="application/vnd.citationstyles.csl+json")

    assert ask(address(register)) == {}


def test_a_register_that_hangs_up_is_unreachable(register):
    register.answers["a"] = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(UnreachableError):
        ask(address(register))


def test_a_register_that_is_away_is_unreachable(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(UnreachableError, match="ConnectionRefusedError"):
        ask(f"http://127.0.0.1:{port}/works/a")


def test_a_name_that_nobody_has_is_unreachable():
    with pytest.raises(UnreachableError):
        ask("https://registre.invalid/works/a")


def test_a_register_that_proves_its_name_is_asked(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("NO_PROXY", "*")

    with running_register(certificate) as secure:
        secure.answers["a"] = {"ok": True}

        assert ask(address(secure)) == {"ok": True}


def test_a_register_that_proves_another_name_is_unreachable(certificate, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")

    with running_register(certificate) as secure, pytest.raises(UnreachableError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(address(secure))

    assert secure.asked == []


def test_a_stranger_who_cannot_prove_his_name_is_unreachable(register):
    # Plain HTTP where TLS is expected: the handshake fails.
    with pytest.raises(UnreachableError, match="SSL"):
        ask(address(register).replace("http://", "https://"))
