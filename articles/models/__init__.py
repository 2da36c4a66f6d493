"""What the newsroom publishes."""

from articles.models.articles import Article, ArticleQuerySet
from articles.models.authors import Author
from articles.models.batches import Batch, BatchItem
from articles.models.cited_works import Source
from articles.models.corrections import Correction
from articles.models.dossiers import Dossier, DossierItem
from articles.models.editions import SelectionEdition, SelectionItem
from articles.models.following import Following
from articles.models.images import Image
from articles.models.locks import EditingLock
from articles.models.parts import ArticleTag, Byline
from articles.models.references import Reference
from articles.models.related import Related
from articles.models.remarks import Remark, ShareLink, ShareVisit, SignOff
from articles.models.renditions import Rendition
from articles.models.reviews import ReviewRequest
from articles.models.revisions import ArticleRevision
from articles.models.saved_views import SavedView
from articles.models.selections import PartnerFeed, Selection
from articles.models.words import Word
from articles.models.working_words import WorkingWords

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleRevision",
    "ArticleTag",
    "Author",
    "Batch",
    "BatchItem",
    "Byline",
    "Correction",
    "Dossier",
    "DossierItem",
    "EditingLock",
    "Following",
    "Image",
    "PartnerFeed",
    "Reference",
    "Related",
    "Remark",
    "Rendition",
    "ReviewRequest",
    "SavedView",
    "Selection",
    "SelectionEdition",
    "SelectionItem",
    "ShareLink",
    "ShareVisit",
    "SignOff",
    "Source",
    "Word",
    "WorkingWords",
]
