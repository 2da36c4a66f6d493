"""Which sentences the interface is made of: read from the source, without gettext's tools.

Python files are read through ``ast``, templates through Django's own ``templatize``.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import templatize

FOLDERS = ("newsroom", "articles", "debates", "polls", "templates")
SIMPLE = {"gettext", "gettext_lazy", "_", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
# What templatize writes for the tags of a template.
TEMPLATE_CALL = re.compile(
    r"\b(_|gettext|ngettext|pgettext|npgettext)\(((?:\s*u?'(?:[^'\\]|\\.)*'\s*,?|\s*u?\"(?:[^\"\\]|\\.)*\"\s*,?)+)",
)


class Sentence(NamedTuple):
    """A source sentence: context and plural are empty where it has none."""

    singular: str
    plural: str = ""
    context: str = ""


def sentences(root: Path) -> Iterator[tuple[Sentence, str]]:
    """Yield every translatable sentence below ``root`` and the file it stands in (relative), in order of files."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = str(path.relative_to(root))
            if path.suffix == ".py" and "migrations" not in path.parts:
                for sentence in _of_python(path.read_text(encoding="utf-8")):
                    yield sentence, name
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                for sentence in _of_template(path.read_text(encoding="utf-8"), name):
                    yield sentence, name


def _of_python(source: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(_called(node.func), [_constant(argument) for argument in node.args])


def _of_template(source: str, name: str) -> Iterator[Sentence]:
    for match in TEMPLATE_CALL.finditer(templatize(source, origin=name)):
        arguments = ast.literal_eval(f"[{match[2]}]")
        yield from _of_call(match[1], [" ".join(text.split()) if "\n" in text else text for text in arguments])


def _of_call(function: str, texts: list[str | None]) -> Iterator[Sentence]:
    known = [text for text in texts if text is not None]
    if function in SIMPLE and known and known[0]:
        yield Sentence(known[0])
    elif function in PLURAL and len(known) > 1:
        yield Sentence(known[0], known[1])
    elif function in CONTEXT and len(known) > 1:
        yield Sentence(known[1], context=known[0])
    elif function in CONTEXT_PLURAL and len(known) > 2:  # noqa: PLR2004 - context, singular, plural
        yield Sentence(known[1], known[2], known[0])


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
