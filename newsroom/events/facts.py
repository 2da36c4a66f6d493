"""Facts: what happened, as small frozen records that travel through the outbox as JSON."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self


class UnknownFactError(LookupError):
    """A stored event names a kind of fact that the code no longer knows."""


@dataclass(frozen=True)
class Fact:
    """A fact in the past tense (``ArticlePublished``), holding ids and plain values only.

    Subclasses live in each app's ``events.py`` and register themselves under "app.ClassName".
    """

    kinds: ClassVar[dict[str, type["Fact"]]] = {}

    def __init_subclass__(cls) -> None:
        """Register the subclass under its kind."""
        super().__init_subclass__()
        Fact.kinds[cls.kind()] = cls

    @classmethod
    def kind(cls) -> str:
        """Return the stable name of this kind of fact: the app's last module part and the class name."""
        app = cls.__module__.removesuffix(".events").rpartition(".")[2]
        return f"{app}.{cls.__name__}"

    def payload(self) -> dict[str, Any]:
        """Return the fact's values for JSON."""
        return asdict(self)

    def touches(self) -> tuple[str, ...]:
        """Return the names of what public pages are made from and this fact has changed (newsroom.core.page_cache)."""
        return ()

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Return the fact from its stored values."""
        return cls(**payload)


def fact_of(kind: str, payload: dict[str, Any]) -> Fact:
    """Return the fact that an event stored; raises UnknownFactError for a kind the code does not know."""
    try:
        fact = Fact.kinds[kind]
    except KeyError as error:
        raise UnknownFactError(kind) from error
    return fact.from_payload(payload)
