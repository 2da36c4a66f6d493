"""Addresses of what the newsroom publishes."""

from django.urls import URLPattern, path

from articles.views import (
    corrections,
    dossiers,
    following,
    lists,
    previewing,
    references,
    selections,
    share_images,
    sharing,
    stories,
)

app_name = "articles"
urlpatterns: list[URLPattern] = [
    path("articles/", lists.articles, name="list"),
    path("articles/<slug:slug>/", stories.article, name="article"),
    path("articles/<slug:slug>/partage-<slug:digest>.png", share_images.share_image, name="share-image"),
    path("articles/<slug:slug>/texte/", stories.reserved, name="reserved"),
    path("articles/<slug:slug>/apercu/", previewing.preview, name="preview"),
    path("relecture/<str:token>/", sharing.shared, name="shared"),
    path("relecture/<str:token>/remarque/", sharing.remark_by_link, name="shared-remark"),
    path("relecture/<str:token>/accord/", sharing.sign_by_link, name="shared-sign"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("articles/<slug:slug>/references.ris", references.export, {"ending": "ris"}, name="references-ris"),
    path("articles/<slug:slug>/references.bib", references.export, {"ending": "bib"}, name="references-bib"),
    path("specialites/", lists.specialties, name="specialties"),
    path("specialites/<slug:slug>/", lists.specialty, name="specialty"),
    path("themes/<slug:slug>/", lists.tag, name="tag"),
    path("auteurs/<slug:slug>/", lists.author, name="author"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/<slug:slug>/", dossiers.dossier, name="dossier"),
    path("suivre/<str:kind>/<slug:slug>/", following.follow, name="follow"),
    path("selections/<slug:slug>/", selections.selection, name="selection"),
    path("selections/<slug:slug>/editions/", selections.editions, name="selection-editions"),
    path("selections/<slug:slug>/editions/<int:number>/", selections.edition, name="selection-edition"),
]
