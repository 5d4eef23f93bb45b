"""Evaluate: the names of the engines, for whoever offers a choice of them and need not wait for them."""

NAMES = ("checked", "durable", "indexed", "reference")
