"""What a page tells machines, read as they read it: with a parser, not with a pattern."""

import json
from html.parser import HTMLParser


class Facts(HTMLParser):
    """Metas by name or property, links by relation, data blocks, and the classes that stand in the page."""

    def __init__(self, html):
        super().__init__()
        self.metas, self.links, self.blocks, self.classes, self.language = {}, [], [], set(), None
        self._in_block = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.classes.update((values.get("class") or "").split())
        if tag == "html":
            self.language = values["lang"]
        if tag == "meta" and (values.get("property") or values.get("name")):
            self.metas.setdefault(values.get("property") or values["name"], []).append(values["content"])
        if tag == "link":
            self.links.append(values)
        self._in_block = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._in_block:
            told = json.loads(data)
            self.blocks += told if isinstance(told, list) else told.get("@graph", [told])
            self._in_block = False

    def of_type(self, kind):
        """Return the one block of a type."""
        (found,) = [block for block in self.blocks if block["@type"] == kind]
        return found

    def linked(self, relation):
        """Return the addresses of links with a relation."""
        return [link["href"] for link in self.links if link["rel"] == relation]


def facts_of(client, address):
    """Return the facts of the page at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Facts(answer.content.decode())
