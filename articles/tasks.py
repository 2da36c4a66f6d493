"""Celery's part: renditions of pictures, their terms, their end; what registers say of sources."""

from articles import batching, developing, emptying, looking_up, picturing, revising, rights, vocabulary
from articles.importing import partner_feeds
from newsroom.celery import app


@app.task(name="articles.develop")
def develop(image_id: int) -> None:
    """Make the renditions of one picture, right after it was sent."""
    developing.develop(image_id)


@app.task(name="articles.develop_due", expires=60)
def develop_due() -> None:
    """Make the renditions that a dead broker, a killed worker or a fault left behind."""
    developing.develop_due()


@app.task(name="articles.tell_of_ending_rights", expires=3600)
def tell_of_ending_rights() -> None:
    """Tell, at night, of pictures whose term is near or over."""
    rights.tell_of_ending_rights()


@app.task(name="articles.purge_images", expires=3600)
def purge_images() -> None:
    """Delete pictures that were removed 30 days ago and that nothing can bring back."""
    picturing.purge()


@app.task(name="articles.look_up_sources")
def look_up_sources(source_ids: list[int]) -> None:
    """Look up sources that an article has just cited for the first time."""
    looking_up.look_up_all(source_ids)


@app.task(name="articles.look_up_due_sources", expires=300)
def look_up_due_sources() -> None:
    """Look up what a dead broker, a killed worker or a register that was away left behind."""
    looking_up.look_up_due()


@app.task(name="articles.check_sources", expires=300)
def check_sources() -> None:
    """Ask, at night, whether sources that readers see were retracted."""
    looking_up.check_cited()


@app.task(name="articles.read_partner_feeds", expires=1800)
def read_partner_feeds() -> None:
    """Have every partner's feed read, each on its own: a slow server holds up nobody else's stories."""
    for feed_id in partner_feeds.active_feeds():
        read_partner_feed.delay(feed_id)


@app.task(name="articles.read_partner_feed", expires=1800)
def read_partner_feed(feed_id: int) -> None:
    """Read one partner's feed into the partner's selection."""
    partner_feeds.read_feed(feed_id)


@app.task(name="articles.thin_revisions", expires=3600)
def thin_revisions() -> None:
    """Thin, at night, old saves, and drop what forms kept and nobody came back for."""
    revising.thin()


@app.task(name="articles.work_batches", expires=60)
def work_batches() -> None:
    """Do a round of what was asked for on many articles, and ask for the next one while something waits."""
    if batching.work():
        work_batches.delay()


@app.task(name="articles.empty_bin", expires=3600)
def empty_bin() -> None:
    """Delete, at night, what has lain in the bin for 30 days."""
    emptying.empty_bin()


@app.task(name="articles.refresh_vocabulary", expires=3600)
def refresh_vocabulary() -> None:
    """Write down, at night, which words published texts hold."""
    vocabulary.refresh()
