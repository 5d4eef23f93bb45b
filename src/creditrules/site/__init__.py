"""Site: a catalogue as static pages in two languages, cross-linked and searchable without a server."""
