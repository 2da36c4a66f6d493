"""What is set between the paragraphs of an article: players of other houses, and our own debates and consultations."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, pgettext

from newsroom.core.markup import Element, Node, is_blank, text_of
from newsroom.core.players import Piece, recognised

_OWN = re.compile(r"/(?P<kind>consultations|debats)/[-\w]+/", re.ASCII)
_MEDIA = frozenset({"media", "embed"})


def set_players(nodes: list[Node]) -> None:
    """Write each media embed of the tree as a block that loads nothing until a reader asks for it, in place.

    A provider that we do not know becomes a plain link; an address that the sanitiser refused goes with its figure.
    """
    nodes[:] = [written for node in nodes for written in _player_or(node)]


def set_invitations(nodes: list[Node]) -> None:
    """Make a card of each paragraph that holds nothing but a link to a debate or a consultation of ours, in place.

    Only between paragraphs, never in a list, a quotation or a table; the words of the link are the editor's.
    """
    nodes[:] = [_invitation_or(node) for node in nodes]


def own_path(address: str) -> str | None:
    """Return the path of a debate or a consultation of ours that the address names, None for any other."""
    parts = urlsplit(address)
    is_ours = not parts.netloc or parts.netloc == urlsplit(settings.SITE_URL).netloc
    return parts.path if is_ours and _OWN.fullmatch(parts.path) else None


def _player_or(node: Node) -> Iterator[Node]:
    if isinstance(node, str):
        yield node
    elif node.tag == "oembed":
        yield from _player(node.attributes.get("url", ""))
    elif node.tag == "figure" and _MEDIA & set(node.classes):
        yield from _player(_address_of_media(node))
    else:
        set_players(node.children)
        yield node


def _address_of_media(figure: Element) -> str:
    """Return the address in a figure as CKEditor writes it (``<oembed url>``) or as we do (a link); may be empty."""
    for child in figure.children:
        if isinstance(child, Element) and child.tag in {"oembed", "a"}:
            return child.attributes.get("url") or child.attributes.get("href", "")
    return ""


def _player(address: str) -> Iterator[Node]:
    piece = recognised(address)
    if piece is not None:
        yield _block(piece)
    elif address:
        yield Element("p", children=[Element("a", {"href": address}, [address])])


def _block(piece: Piece) -> Element:
    provider = {"provider": piece.provider.name}
    verb = gettext("Listen on %(provider)s") if piece.provider.is_audio else gettext("Watch on %(provider)s")
    notice = gettext("The player belongs to %(provider)s: it is loaded only when you ask for it.")
    link = Element("a", {"href": piece.address}, [verb % provider])
    return Element("figure", {"class": "box embed"}, [link, Element("figcaption", children=[notice % provider])])


def _invitation_or(node: Node) -> Node:
    if isinstance(node, str) or node.tag != "p":
        return node
    held = [child for child in node.children if not is_blank(child)]
    if "insert" in node.classes:
        # The label of a card that was rendered before is ours, and written anew.
        held = [child for child in held if isinstance(child, Element) and child.tag == "a"]
    node.attributes.pop("class", None)
    if len(held) != 1 or not isinstance(link := held[0], Element) or link.tag != "a":
        return node
    path = own_path(link.attributes.get("href", ""))
    question = text_of(*link.children).strip()
    if path is None or not question:
        return node
    label = gettext("Debate") if path.startswith("/debats/") else pgettext("poll", "Consultation")
    words = [Element("b", children=[label]), Element("br"), Element("a", {"href": path}, [question])]
    return Element("p", {"class": "box insert"}, [*words])
