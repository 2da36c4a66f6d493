"""A feed's third way of being written, beside Django's RSS and Atom."""

import json
from typing import IO, Any

from django.utils.feedgenerator import SyndicationFeed


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[bytes] | Any, encoding: str) -> None:
        """Write the feed as one JSON object."""
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))

    @staticmethod
    def _item(item: dict[str, Any]) -> dict[str, Any]:
        entry = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["description"],
            "date_published": item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "authors": [{"name": item["author_name"]}] if item["author_name"] else [],
            "tags": list(item["categories"]),
            "attachments": [
                {"url": one.url, "mime_type": one.mime_type, "size_in_bytes": int(one.length)}
                for one in item["enclosures"]
            ],
        }
        return {name: value for name, value in entry.items() if value != []}
