"""What the tests of the audience's figures share."""

import pytest

from newsroom.audience.marks import mark

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def say_seen(client):
    """Return what a page does when an article was read; other headers and another body may be given."""

    def send(article_id=1, *, body=None, headers=None, **extra):
        content = mark(article_id) if body is None else body
        headers = {"User-Agent": BROWSER, **(headers or {})}
        return client.post("/audience/vue/", content, content_type="text/plain", headers=headers, **extra)

    return send
