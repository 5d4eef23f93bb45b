"""Load: the only stage that reads; it turns documents into a catalogue and a file into a dossier."""
