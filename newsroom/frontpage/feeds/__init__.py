"""What the newsroom publishes, for programs that follow it: RSS 2.0, Atom and JSON Feed of every list, and the podcast.

``lists`` say which items a feed has, ``telling`` what an item says, ``rss``, ``atom``, ``jsonfeed`` and ``podcast`` how
it is written, ``storing`` keeps what was written of an article, ``answering`` answers who asks.
"""
