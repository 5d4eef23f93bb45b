"""Population, impact: whose actions differ between two catalogues, or between two days."""
