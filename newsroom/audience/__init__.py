"""Audience: how often articles are read, counted by article and hour, without a cookie or a trace of a person."""
