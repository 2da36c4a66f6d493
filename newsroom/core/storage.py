"""Where static files are kept in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """Hashed and compressed once, at collectstatic; rewrites ES module imports and CSS ``@import`` too."""

    support_js_module_import_aggregation = True
