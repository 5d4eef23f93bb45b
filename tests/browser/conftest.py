"""The pages in a real browser."""

from __future__ import annotations

from tests.support.browser import browser, opened, phone, site_root

__all__ = ["browser", "opened", "phone", "site_root"]
