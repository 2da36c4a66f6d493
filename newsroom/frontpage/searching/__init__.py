"""Searching in French: what is asked for, what answers, what was meant by a slip or by a beginning."""
