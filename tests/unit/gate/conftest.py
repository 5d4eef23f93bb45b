"""The databases of these tests."""

from tests.support.databases import databases, store

__all__ = ["databases", "store"]
