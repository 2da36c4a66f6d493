"""Lists as Word pastes them: paragraphs of a class, with the bullet or the number typed before the text."""

import re

from newsroom.core.markup import Element, Node, elements, text_of

_CLASS = re.compile(r"MsoListParagraph", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list\s*:\s*[^;]*?\blevel(?P<level>\d)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
# "1.", "12)", "a.", "iv)": a number. Everything else before the text is a bullet.
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
#: The deepest level that Word knows.
_DEEPEST = 9


def gather_lists(nodes: list[Node]) -> list[Node]:
    """Return the nodes with runs of Word's list paragraphs made into lists, nested by their level."""
    gathered: list[Node] = []
    open_lists: list[Element] = []
    for node in nodes:
        level = _level(node)
        if level:
            _put(gathered, open_lists, node, level)  # type: ignore[arg-type] # a text has no level
        elif isinstance(node, Element) or node.strip():
            open_lists.clear()
            if isinstance(node, Element):
                node.children = gather_lists(node.children)
            gathered.append(node)
        elif not open_lists:
            gathered.append(node)
    return gathered


def _level(node: Node) -> int:
    """Return the level of a list paragraph, from 1; 0 for anything else."""
    if isinstance(node, str) or node.tag != "p":
        return 0
    match = _LEVEL.search(node.attributes.get("style", ""))
    if match:
        return min(int(match["level"]), _DEEPEST)
    return 1 if _CLASS.search(node.attributes.get("class", "")) and _marker(node) else 0


def _put(gathered: list[Node], open_lists: list[Element], paragraph: Element, level: int) -> None:
    """Add the paragraph as an item at its level, opening and closing lists as needed."""
    del open_lists[level:]
    kind = "ol" if _NUMBER.fullmatch(_marker(paragraph)) else "ul"
    if len(open_lists) == level and open_lists[-1].tag != kind:
        open_lists.pop()
    while len(open_lists) < level:
        new = Element(kind)
        if open_lists:
            items = open_lists[-1].children
            if not items:
                items.append(Element("li"))
            items[-1].children.append(new)  # type: ignore[union-attr] # a list of ours holds items
        else:
            gathered.append(new)
        open_lists.append(new)
    open_lists[-1].children.append(Element("li", children=_without_marker(paragraph.children)))


def _marker(paragraph: Element) -> str:
    """Return what Word has typed before the text: "·", "1.", "a)"."""
    ignored = next((held for held in elements(paragraph.children) if _is_ignored(held)), None)
    return text_of(ignored).strip() if ignored else ""


def _without_marker(nodes: list[Node]) -> list[Node]:
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            if _is_ignored(node):
                continue
            node.children = _without_marker(node.children)
        kept.append(node)
    return kept


def _is_ignored(element: Element) -> bool:
    return bool(_IGNORED.search(element.attributes.get("style", "")))
