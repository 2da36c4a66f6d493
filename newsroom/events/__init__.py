"""The outbox: facts recorded with the change that made them, delivered to listeners afterwards."""
