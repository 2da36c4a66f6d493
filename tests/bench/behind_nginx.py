"""A kept page behind nginx as `docs/deploy/nginx.conf` has it, beside the same bytes as a file: the CPU of nginx alone.

Both go over TLS and kept connections, so what differs is the cache. Requests a second would measure who asks.
"""

import socket
import ssl
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import psutil
from django.db import transaction
from django.utils import timezone

from newsroom.discussions.posting import bring_in
from tests.bench.measuring import at_least, at_most
from tests.bench.serving import _cpu_of, _read, serving
from tests.factories.articles import ArticleFactory
from tests.journeys.front import HOST, NGINX, OPENSSL, Front

CONNECTIONS = 4
REQUESTS = 4_000
ROUNDS = 5


def pages_behind_nginx():
    """An article with 200 comments from the micro-cache, over the same bytes from a file; nothing without nginx."""
    if not NGINX or not OPENSSL:
        print("nginx ou openssl n'est pas installé : ses mesures sont sautées.")
        return
    article = ArticleFactory()
    with transaction.atomic():
        for number in range(200):
            bring_in(article.thread, text=f"Message {number}", author_name="Anne", at=timezone.now())
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("newsroom.wsgi", JOURNEY_HOSTS=f"{HOST},127.0.0.1", PROXIES="1", PAGE_SHARED_SECONDS="60") as port,
    ):
        front = Front(None, Path(folder))
        front.ports["site"] = port
        front.write_configuration()
        front.start_nginx()
        try:
            page = front.get(article.get_absolute_url())
            media = Path(folder) / "srv/var/media/page.mp3"
            media.write_bytes(page.text)
            spent = {path: _cpu_ms(front, path) for path in (article.get_absolute_url(), "/media/page.mp3")}
        finally:
            # It tells what nginx has noted, which is for tests that fail.
            with redirect_stdout(StringIO()):
                front.end()
    cached, file = spent.values()
    yield at_most("site.behind_nginx_cpu", cached, "ms", 1)
    yield at_least("site.behind_nginx_of_a_file", file / cached, "ratio", 0.7)


def _cpu_ms(front, path):
    """Return the CPU milliseconds of nginx for one request, in the best of some rounds."""
    asked = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    context = ssl.create_default_context(cafile=front.folder / "fullchain.pem")
    context.check_hostname = False
    connections = [
        context.wrap_socket(socket.create_connection(("127.0.0.1", front.ports["https"])))
        for _one in range(CONNECTIONS)
    ]
    main = psutil.Process(front.nginx.pid)
    processes = [main, *main.children(recursive=True)]
    rounds = []
    for _round in range(ROUNDS):
        cpu = _cpu_of(processes)
        for _turn in range(REQUESTS // CONNECTIONS // ROUNDS):
            for connection in connections:
                connection.sendall(asked)
            for connection in connections:
                _read(connection)
        rounds.append(1000 * (_cpu_of(processes) - cpu) / (REQUESTS / ROUNDS))
    for connection in connections:
        connection.close()
    return min(rounds)
