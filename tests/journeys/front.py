"""Debian's nginx with `docs/deploy/nginx.conf`, in front of a site on this machine."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess

from newsroom.servers.commands import commands
from newsroom.servers.preflight import free_port
from tests.audience.conftest import BROWSER
from tests.journeys.conftest import ROOT, wait_until

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
HOST = "www.observance.example"

FRAME = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{}}
http {{
    types {{ text/html html; text/css css; text/javascript js; audio/mpeg mp3; }}
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Front:
    """The web server with a stand-in for each port and path, and the site behind it."""

    def __init__(self, stage, folder):
        self.stage, self.folder = stage, folder
        self.ports = {name: free_port() for name in ("site", "http", "https")}

    def write_configuration(self):
        """Write what nginx reads: our file, with the places of this machine put in."""
        text = (ROOT / "docs/deploy/nginx.conf").read_text()
        for old, new in (
            ("127.0.0.1:8000", f"127.0.0.1:{self.ports['site']}"),
            ("listen 80;", f"listen 127.0.0.1:{self.ports['http']};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.ports['https']} "),
            ("/var/cache/nginx/observance", f"{self.folder}/cache"),
            ("/etc/ssl/observance", str(self.folder)),
            ("/srv/observance", f"{self.folder}/srv"),
        ):
            assert old in text
            text = text.replace(old, new)
        (self.folder / "site.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(FRAME.format(folder=self.folder, user=user))
        for place, source in (("var/static", "newsroom/static"), ("docs/deploy", "docs/deploy")):
            target = self.folder / "srv" / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(ROOT / source)
        (self.folder / "srv/var/media").mkdir()
        (self.folder / "srv/var/media/a.mp3").write_bytes(bytes(range(100)))
        files = ("-keyout", f"{self.folder}/privkey.pem", "-out", f"{self.folder}/fullchain.pem")
        certificate = (OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}")
        subprocess.run([*certificate, *files], check=True, capture_output=True)

    def command(self, *arguments):
        places = ("-p", self.folder, "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf")
        return [NGINX, *map(str, places), *arguments]

    def start(self):
        """Start both; return when the site answers through nginx."""
        self.site = self.stage.start(
            *commands(self.ports["site"])["web"][1:],
            JOURNEY_HOSTS=HOST,
            JOURNEY_PAGE_CACHE="1",
            PAGE_SHARED_SECONDS="5",
            PROXIES="1",
        )
        self.start_nginx()

    def start_nginx(self):
        """Start nginx alone, in front of a site that is there already."""
        self.nginx = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, start_new_session=True)
        wait_until(lambda: accepts(self.ports["https"]) and self.get("/sante/vivant").status == 200, seconds=60)

    def ask(self, method, path, body=None, headers=None, *, port="https"):
        """Ask nginx and return the answer with its ``body`` read."""
        address = ("127.0.0.1", self.ports[port])
        if port == "https":
            # The certificate was made a moment ago, for a name that is not this machine's.
            context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
            context.check_hostname = False
            connection = http.client.HTTPSConnection(*address, context=context, timeout=20)
        else:
            connection = http.client.HTTPConnection(*address, timeout=20)
        try:
            connection.request(method, path, body, {"Host": HOST, "User-Agent": BROWSER, **(headers or {})})
            answer = connection.getresponse()
            answer.text = answer.read()
        finally:
            connection.close()
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def end(self):
        if hasattr(self, "nginx"):
            self.nginx.terminate()
            self.nginx.wait(timeout=20)
        log = self.folder / "error.log"
        print(log.read_text()[-3000:] if log.exists() else "")


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
