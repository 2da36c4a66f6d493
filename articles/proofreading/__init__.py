"""Reading an article before readers do: what forbids publishing it, and what an editor may want to mend."""

from articles.proofreading.checklist import remarks
from articles.proofreading.facts import Illustration, Level, Remark, Source, Story

__all__ = ["Illustration", "Level", "Remark", "Source", "Story", "remarks"]
