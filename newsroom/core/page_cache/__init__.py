"""Whole public pages, kept in Redis with the names of what they were made from, and answered before Django is asked.

A view declares its page (``declaring.cached_page``); rows that are read while it is made name themselves
(``sources``); a change names what it touched, and after commit the pages made from that are gone (``purging``).
"""
