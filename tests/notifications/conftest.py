"""A real SMTP server for the tests, which answers as it is told."""

import email
import email.policy
import socket

import pytest
from aiosmtpd.controller import Controller

HOST = "127.0.0.1"
ACCEPTED = "250 OK"


class PostOffice:
    """Keeps what it accepts. ``answers`` are given to the next messages in turn; then everything is accepted.

    An answer is a line of SMTP, or ``HANG_UP``: take the message and close the connection without a word.
    ``recipient_answers`` do the same for recipients, ``sender_answers`` for who it is from.
    """

    HANG_UP = "hang up"

    def __init__(self):
        self.received = []
        self.answers = []
        self.recipient_answers = []
        self.sender_answers = []

    @property
    def messages(self):
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.received]

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        answer = self.sender_answers.pop(0) if self.sender_answers else ACCEPTED
        if answer == ACCEPTED:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        answer = self.recipient_answers.pop(0) if self.recipient_answers else ACCEPTED
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        answer = self.answers.pop(0) if self.answers else ACCEPTED
        if answer in {ACCEPTED, self.HANG_UP}:
            self.received.append(envelope.content)
        if answer == self.HANG_UP:
            server.transport.close()
        return answer


def free_port():
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def no_post_office(settings):
    """Mail goes over SMTP to a port where nobody listens; return it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, free_port()
    settings.EMAIL_TIMEOUT = 5
    return settings.EMAIL_PORT


@pytest.fixture
def post_office(no_post_office):
    """A running SMTP server that the settings name."""
    office = PostOffice()
    controller = Controller(office, hostname=HOST, port=no_post_office, ready_timeout=20)
    controller.start()
    yield office
    controller.stop()
