"""Citing works: recognising what was pasted, asking the registers of science, writing citations and exports.

Nothing here knows a model.
"""
