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
        "short_title": "",
        "slug": "",
        "standfirst": "Deux phrases.",
        "format": "news",
        "primary_specialty": "",
        "tags": "",
        "image": "",
        "image_alt": "",
        "evidence_level": "",
        "evidence_note": "",
        "key_points": "",
        "body": "<p>Le texte.</p>",
        "audio_seconds": "0",
        "poll": "",
        "audience": "public",
        "sponsor": "",
        "canonical_url": "",
        "review_by": "",
        "base": "",
        "form_key": "",
        "published_at_0": "01/03/2026",
        "published_at_1": "08:00:00",
        "embargo_until_0": "",
        "embargo_until_1": "",
        "unpublish_at_0": "",
        "unpublish_at_1": "",
        **rows("bylines"),
        **rows("references"),
        **rows("corrections"),
        **fields,
    }
