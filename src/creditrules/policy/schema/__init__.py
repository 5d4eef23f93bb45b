"""Policy: JSON Schemas (draft 2020-12) of every kind of document, so that editors complete and explain."""
