"""Evaluate: which rules of a rulebook reach whom. Several engines, one answer; `reference` is the meaning."""
