"""Policy: lay documents out in one way, comments kept and meaning unchanged."""
