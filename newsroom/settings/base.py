"""Settings that every environment shares, safe by default. Nothing here starts or contacts a server."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom.settings import env
from newsroom.settings.crawlers import FOR_LANGUAGE_MODELS

# Generic classes of Django (ModelAdmin[...], QuerySet[...]) may be subscripted at run time.
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"

# The house
SITE_NAME = env.text("SITE_NAME", "L’Observance")
SITE_TAGLINE = env.text("SITE_TAGLINE", "L’information des médecins, débattue par les médecins")
ADMIN_PATH = env.text("ADMIN_PATH", "admin").strip("/")
# The page that closes the site while it exists (``manage.py maintenance``); a web server in front looks for it too.
MAINTENANCE_FILE = env.text("MAINTENANCE_FILE", str(VAR / "maintenance" / "index.html"))
# What is announced beforehand on every page, in a sentence, and until when (ISO 8601; empty: as long as it is set).
MAINTENANCE_NOTICE = env.text("MAINTENANCE_NOTICE", "")
MAINTENANCE_NOTICE_UNTIL = env.moment("MAINTENANCE_NOTICE_UNTIL")
# How many of our own proxies stand in front: that many addresses of X-Forwarded-For are believed, no more.
PROXIES = env.number("PROXIES", 0)
# Whether the demo newsroom may be loaded here, and its mailbox read.
DEMO_ALLOWED = False
DEMO = False
DEMO_MAIL_FOLDER = VAR / "mail"

DEBUG = False
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "newsroom.core",
    "newsroom.redirects",
    "newsroom.audience",
    "newsroom.events",
    "newsroom.scheduling",
    "newsroom.accounts",
    "newsroom.pages",
    "newsroom.taxonomy",
    "newsroom.discussions",
    "polls",
    "articles",
    "debates",
    "newsroom.moderation",
    "newsroom.notifications",
    "newsroom.frontpage",
    "newsroom.demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_ckeditor_5",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "newsroom.core.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.core.maintenance.maintenance",
    "csp.middleware.CSPMiddleware",
    "newsroom.core.admin_policy.admin_policy",
    "newsroom.core.middleware.dressed",
    "newsroom.core.middleware.sound_address",
    "newsroom.core.middleware.Outage",
    "newsroom.core.middleware.member_cookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Next to the views: what it answers passes through everything else.
    "newsroom.redirects.middleware.redirected",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # `auth` and `messages` only work where a request is: public pages never ask for them.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.core.context.site",
                "csp.context_processors.nonce",
            ],
        },
    },
]
FORM_RENDERER = "newsroom.core.form_rendering.FormRenderer"
INSTALLED_APPS.append("django.forms")

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "frontpage:home"
ACCOUNT_ADAPTER = "newsroom.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "newsroom.accounts.forms.IdentityForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "frontpage:home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME

# Sessions stay in the database: Redis away, readers stay signed in.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "newsroom.core.failures.forbidden_origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Language and place
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French"))]
LOCALE_PATHS = [ROOT / "newsroom" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Files
# Where static and media files come from when it is not this site: a host such as https://cdn.example.org.
STATIC_HOST = env.text("STATIC_HOST", "").rstrip("/")
STATIC_URL = f"{STATIC_HOST}/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "newsroom" / "static"]
MEDIA_URL = env.text("MEDIA_URL", "/media/")
_STATIC = [SELF, STATIC_HOST] if STATIC_HOST else [SELF]
_MEDIA = _STATIC if MEDIA_URL.startswith("/") else [*_STATIC, MEDIA_URL]
MEDIA_ROOT = VAR / "media"
# A whole book pasted into the desk is answered by the form, in words, and not by the server.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
# Six fields a row: a thousand signatures and a thousand references are counted by the form, too.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
# Source maps are never compressed: collectstatic would take more than a minute over them.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *("jpg", "jpeg", "png", "gif", "webp", "avif", "zip", "gz", "br", "woff", "woff2", "map", "mp3"),
]

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Whose players a page shows once a reader asked for one: the providers of newsroom.core.players, by js/embeds.js.
PLAYER_HOSTS = [
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://geo.dailymotion.com",
    "https://embed.acast.com",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [*_STATIC, NONCE],
        "style-src": [*_STATIC, NONCE],
        "img-src": [*_MEDIA, "data:"],
        "font-src": [*_STATIC],
        "media-src": [*_MEDIA],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF, *PLAYER_HOSTS],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}

# Tasks. On Redis these are what keeps a task that a killed worker held (measured: without them it is lost).
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 110
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    # What kombu does before it gives up on a dead broker: by default it waits 2, 4, 6… seconds in the reader's request.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
# A dead broker must not hold a reader's request: the outbox delivers later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-events": {"task": "events.sweep", "schedule": timedelta(seconds=3)},
    "carry-out-actions": {"task": "scheduling.sweep", "schedule": timedelta(seconds=1)},
    "prune-actions": {"task": "scheduling.prune", "schedule": timedelta(hours=6)},
    "prune-events": {"task": "events.prune", "schedule": timedelta(hours=6)},
    "forget-sessions": {"task": "accounts.forget_sessions", "schedule": timedelta(hours=6)},
    "sweep-mail": {"task": "notifications.sweep_mail", "schedule": timedelta(seconds=10)},
    "read-partner-feeds": {"task": "articles.read_partner_feeds", "schedule": crontab(minute="7")},
    "look-up-sources": {"task": "articles.look_up_due_sources", "schedule": timedelta(minutes=10)},
    # At night, in short runs: each asks about some sources, those not asked about for longest first.
    "check-sources": {"task": "articles.check_sources", "schedule": crontab(hour="2-5", minute="*/10")},
    "work-batches": {"task": "articles.work_batches", "schedule": timedelta(seconds=20)},
    "sweep-renditions": {"task": "articles.develop_due", "schedule": timedelta(seconds=30)},
    "tell-of-ending-rights": {"task": "articles.tell_of_ending_rights", "schedule": crontab(hour="3", minute="10")},
    "thin-revisions": {"task": "articles.thin_revisions", "schedule": crontab(hour="3", minute="30")},
    "empty-bin": {"task": "articles.empty_bin", "schedule": crontab(hour="3", minute="30")},
    "gather-views": {"task": "audience.gather", "schedule": timedelta(minutes=1)},
    "rank-articles": {"task": "audience.rank", "schedule": timedelta(minutes=5)},
    "thin-views": {"task": "audience.thin", "schedule": crontab(hour="3", minute="40")},
    "refresh-vocabulary": {"task": "articles.refresh_vocabulary", "schedule": crontab(hour="3", minute="50")},
    "purge-images": {"task": "articles.purge_images", "schedule": crontab(hour="3", minute="20")},
}

# The outbox
EVENT_LISTENERS = "newsroom.wiring.LISTENERS"
EVENT_ATTEMPTS = 8
EVENT_KEPT = timedelta(days=30)
# Whether a worker is asked at once; without, the sweeps do everything, a few seconds later.
EVENT_ALARM = True

# Whole public pages, kept in front of Django (newsroom.core.page_cache)
PAGE_CACHE = env.flag("PAGE_CACHE", default=True)
# A page changes when what it was made from changes; this long it may show what no fact tells of (hours, ages).
PAGE_FRESH = timedelta(seconds=60)
# And this long it is at hand while it is being made anew, or while the site is in trouble; never past a release.
PAGE_STALE = timedelta(hours=6)
# How long caches in front, which hear of no change, may keep a page without asking; they may hear: PAGE_PURGE_URLS.
PAGE_SHARED_SECONDS = env.number("PAGE_SHARED_SECONDS", 1)
# Caches in front that are told what to let go: each gets a POST with the names in a Surrogate-Key header.
PAGE_PURGE_URLS = env.listed("PAGE_PURGE_URLS", "")
PAGE_RELEASES = "newsroom.wiring.next_release"
PAGE_CACHE_MISSED = "newsroom.events.pages.purge_later"
PAGE_CACHES_IN_FRONT = "newsroom.events.pages.tell_caches_in_front"
# What is never the same for everybody.
PAGE_CACHE_NEVER = ["moi", "compte", "moderation", "sante", "demo", "ckeditor5", "relecture"]

# What is done at its moment
SCHEDULED_ACTIONS = "newsroom.wiring.ACTIONS"
ACTION_ATTEMPTS = 8
ACTIONS_KEPT = timedelta(days=90)

# Mail
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "ne-pas-repondre@observance.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Who reads answers to rejections; empty: "moderation@" at the domain that the site writes from.
MODERATION_EMAIL = env.text("MODERATION_EMAIL", "")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10

# Whether crawlers that gather texts for language models are welcome: "refuse" or "allow".
AI_CRAWLERS = env.one_of("AI_CRAWLERS", ["refuse", "allow"])
AI_CRAWLER_AGENTS = env.listed("AI_CRAWLER_AGENTS", ",".join(FOR_LANGUAGE_MODELS))
# Whom researchers tell of a weakness; without, the contact page alone. And where the rules of the game stand.
SECURITY_EMAIL = env.text("SECURITY_EMAIL", "")
SECURITY_POLICY_URL = env.text("SECURITY_POLICY_URL", "")

# Registers of science, which are asked about the works that articles cite
CROSSREF_URL = env.web_address("CROSSREF_URL", "https://api.crossref.org")
PUBMED_URL = env.web_address("PUBMED_URL", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils")
# Whom they may write to when we ask too much.
REGISTERS_CONTACT = env.text("REGISTERS_CONTACT", DEFAULT_FROM_EMAIL)

# Hosts of a private network from which partners' feeds may be read; every other one must be on the public internet.
PARTNER_PRIVATE_HOSTS = env.listed("PARTNER_PRIVATE_HOSTS", "")

# The podcast: whom directories write to, and its cover (1,400 to 3,000 pixels square); without one the house's own.
PODCAST_EMAIL = env.text("PODCAST_EMAIL", DEFAULT_FROM_EMAIL)
PODCAST_IMAGE = env.text("PODCAST_IMAGE", "")

# Rich text
CK_EDITOR_5_UPLOAD_FILE_VIEW_NAME = "articles-upload"
CKEDITOR_5_UPLOAD_FILE_TYPES = ["jpeg", "png", "webp", "gif"]
# What the renderer shows (newsroom.core.players), as the editor is told it: each a pattern in slashes, without scheme.
CKEDITOR_5_PLAYERS = {
    "YouTube": r"/^((m\.)?youtube\.com\/(watch\?|embed\/|shorts\/|live\/)|youtu\.be\/)/",
    "Vimeo": r"/^(player\.)?vimeo\.com\//",
    "Dailymotion": r"/^(dailymotion\.com\/(embed\/)?video|dai\.ly)\//",
    "Acast": r"/^shows\.acast\.com\/[\w-]+\/episodes\//",
}
CKEDITOR_5_CONFIGS = {
    "article": {
        "language": "fr",
        "licenseKey": "GPL",
        "toolbar": [
            *("heading", "|", "bold", "italic", "link", "superscript", "subscript", "|"),
            *("bulletedList", "numberedList", "blockQuote", "|"),
            *("insertTable", "imageUpload", "mediaEmbed", "specialCharacters", "|"),
            *("findAndReplace", "removeFormat", "undo", "redo", "sourceEditing"),
        ],
        # What an article never holds: pasted from elsewhere it does not even enter the editor.
        "removePlugins": [
            *("Alignment", "CKFinderUploadAdapter", "CodeBlock", "Font", "FullPage", "GeneralHtmlSupport"),
            *("Highlight", "HtmlEmbed", "ImageResize", "ImageStyle", "IndentBlock", "ListProperties", "Markdown"),
            *("PageBreak", "Strikethrough", "Style", "TableCellProperties", "TableProperties", "TodoList", "Underline"),
        ],
        "image": {"toolbar": ["imageTextAlternative", "toggleImageCaption"]},
        "table": {
            "contentToolbar": ["tableColumn", "tableRow", "mergeTableCells", "toggleTableCaption"],
            "defaultHeadings": {"rows": 1},
        },
        # Without a preview: nothing of theirs is loaded in the newsroom either.
        "mediaEmbed": {
            "previewsInData": False,
            "providers": [{"name": name, "url": pattern} for name, pattern in CKEDITOR_5_PLAYERS.items()],
        },
        "wordCount": {"displayWords": True, "displayCharacters": True},
        "heading": {
            "options": [
                {"model": "paragraph", "title": "Paragraphe", "class": "ck-heading_paragraph"},
                {
                    "model": "heading2",
                    "view": "h2",
                    "title": "Intertitre",
                    "class": "ck-heading_heading2",
                },
                {
                    "model": "heading3",
                    "view": "h3",
                    "title": "Intertitre second",
                    "class": "ck-heading_heading3",
                },
            ],
        },
    },
}

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "newsroom.taxonomy.tagging.tags_from_text"
TAGGIT_STRING_FROM_TAGS = "newsroom.taxonomy.tagging.text_from_tags"

# A member's first messages that a moderator reads before everybody does.
FIRST_MESSAGES_READ = 2

# A house rule, see newsroom.core.access: a mutation by one person, so many times a minute.
# A view is counted by address: a hospital behind one has many readers.
LIMITS_PER_MINUTE = {"write": 10, "vote": 30, "report": 10, "view": 120}

LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "newsroom.core.logs.json_formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
