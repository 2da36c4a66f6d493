"""Where static files are kept in production."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_ANY_SCRIPT, _IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined] # noqa: SLF001 - narrowed, not rewritten


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """Hashed and compressed once, at collectstatic; rewrites the module imports of our own scripts (``js/``) too.

    Others' bundles are left as they are: some keep sources beside them whose imports point nowhere.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTS)
