"""Procedure: who owes what to whom by when, and how a subject gets out, under the law of the day."""
