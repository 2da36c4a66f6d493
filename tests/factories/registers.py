"""A register of science on this machine, and answers of the shape that Crossref and PubMed give; all invented."""

import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

DOI = "10.5555/essai.2025.1"
PMID = "39000001"
NOTICE = "10.5555/essai.2025.1r"


def crossref_message(**changes):
    """Return the ``message`` of Crossref's ``/works/{doi}`` for an article of an invented journal."""
    return {
        "indexed": {"date-parts": [[2026, 1, 5]], "date-time": "2026-01-05T10:00:00Z", "timestamp": 1767607200000},
        "publisher": "Presses inventées",
        "issue": "3",
        "content-domain": {"domain": ["example.org"], "crossmark-restriction": True},
        "short-container-title": ["Rev Inventee Med"],
        "DOI": DOI,
        "type": "journal-article",
        "created": {"date-parts": [[2025, 2, 20]], "date-time": "2025-02-20T08:00:00Z", "timestamp": 1740038400000},
        "page": "1183-1190",
        "source": "Crossref",
        "title": ["Effet d’un traitement <i>inventé</i> sur l’hypertension &amp; le sommeil"],
        "prefix": "10.5555",
        "volume": "12",
        "author": [
            {"given": "Jean-Paul", "family": "Dupont", "sequence": "first", "affiliation": []},
            {"given": "Anne", "family": "de La Tour", "sequence": "additional", "affiliation": [{"name": "Essai"}]},
        ],
        "member": "7822",
        "container-title": ["Revue inventée de médecine"],
        "language": "en",
        "published-print": {"date-parts": [[2025, 3]]},
        "published-online": {"date-parts": [[2024, 12, 30]]},
        "issued": {"date-parts": [[2024, 12, 30]]},
        "URL": f"https://doi.org/{DOI}",
        "ISSN": ["0000-0000"],
        "subject": [],
        "published": {"date-parts": [[2024, 12, 30]]},
        **changes,
    }


def crossref_answer(**changes):
    """Return Crossref's whole answer."""
    return {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
        "message": crossref_message(**changes),
    }


def update(kind, doi=NOTICE, parts=(2025, 9, 1), source="retraction-watch"):
    """Return an entry of ``updated-by``."""
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.replace("_", " ").capitalize(),
        "source": source,
        "updated": {"date-parts": [list(parts)], "date-time": "2025-09-01T00:00:00Z", "timestamp": 1756684800000},
        "record-id": 4321,
    }


def pubmed_summary(**changes):
    """Return PubMed's summary of the same article."""
    return {
        "uid": PMID,
        "pubdate": "2025 Mar",
        "epubdate": "2024 Dec 30",
        "source": "Rev Inv Med",
        "authors": [
            {"name": "Dupont JP", "authtype": "Author", "clusterid": ""},
            {"name": "de La Tour A", "authtype": "Author", "clusterid": ""},
        ],
        "lastauthor": "de La Tour A",
        "title": "Effect of an invented treatment on hypertension.",
        "sorttitle": "effect of an invented treatment on hypertension",
        "volume": "12",
        "issue": "3",
        "pages": "1183-90",
        "lang": ["eng"],
        "nlmuniqueid": "0000000",
        "pubtype": ["Journal Article", "Randomized Controlled Trial"],
        "recordstatus": "PubMed - indexed for MEDLINE",
        "articleids": [
            {"idtype": "pubmed", "idtypen": 1, "value": PMID},
            {"idtype": "doi", "idtypen": 3, "value": DOI},
        ],
        "history": [{"pubstatus": "entrez", "date": "2025/01/02 06:00"}],
        "references": [],
        "attributes": ["Has Abstract"],
        "fulljournalname": "Revue inventée de médecine",
        "elocationid": f"doi: {DOI}",
        "doctype": "citation",
        "booktitle": "",
        "publishername": "",
        "sortpubdate": "2025/03/01 00:00",
        **changes,
    }


def pubmed_answer(pmid=PMID, **changes):
    """Return PubMed's whole answer for one PMID."""
    return {
        "header": {"type": "esummary", "version": "0.3"},
        "result": {"uids": [pmid], pmid: pubmed_summary(uid=pmid, **changes)},
    }


class Register:
    """What a server of the two registers answers, and what it was asked.

    ``answers`` maps a DOI in lower case, or a PMID, to a JSON value (200), a status (an empty answer), or a function
    that gets the request handler and does as it likes. What is not there is 404.
    """

    def __init__(self, address):
        self.address = address
        self.answers = {}
        self.asked = []

    def answer(self, handler):
        parts = urlsplit(handler.path)
        if parts.path.endswith("/esummary.fcgi"):
            key = parse_qs(parts.query)["id"][0]
        else:
            key = unquote(parts.path.removeprefix("/works/")).lower()
        self.asked.append((key, handler.headers["User-Agent"]))
        answer = self.answers.get(key, 404)
        if callable(answer):
            answer(handler)
        elif isinstance(answer, int):
            say(handler, answer)
        else:
            say(handler, 200, json.dumps(answer).encode())


def say(handler, status, body=b"", kind="application/json", **headers):
    """Answer a request."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def running_register(certificate=None):
    """Run a register on a free port of this machine while the block runs; over TLS with a certificate and its key."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            register.answer(self)

        def log_message(self, *_args):
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    register = Register(f"{scheme}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield register
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
