"""What the forms of the newsroom's desk send."""


def rows(prefix, *contents, kept=0):
    """Return what a form sends for rows of an inline."""
    sent = {
        f"{prefix}-TOTAL_FORMS": len(contents),
        f"{prefix}-INITIAL_FORMS": kept,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, content in enumerate(contents):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in content.items()}
    return sent


def typed(**fields):
    """Return what an editor typed into the article's form."""
    return {
        "kicker": "",
        "title": "Vaccins au cabinet",
        "slug": "",
        "standfirst": "Deux phrases.",
        "format": "article",
        "primary_specialty": "",
        "tags": "",
        "image": "",
        "key_points": "",
        "body": "<p>Le texte.</p>",
        "audio_seconds": "0",
        "poll": "",
        "audience": "public",
        "sponsor": "",
        "published_at_0": "01/03/2026",
        "published_at_1": "08:00:00",
        "embargo_until_0": "",
        "embargo_until_1": "",
        **rows("bylines"),
        **rows("references"),
        **rows("corrections"),
        **fields,
    }
